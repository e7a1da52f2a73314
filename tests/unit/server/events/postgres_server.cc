#include "tests/unit/server/events/postgres_server.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

namespace kbsearch::testing {
namespace {

namespace fs = std::filesystem;

// Debian keeps the programs of each version in a folder of its own.
std::string FindPrograms() {
  std::error_code none;
  std::string found;
  for (const auto& entry :
       fs::directory_iterator("/usr/lib/postgresql", none)) {
    const std::string folder = entry.path().string() + "/bin";
    if (fs::exists(folder + "/initdb") && folder > found) found = folder;
  }
  return found;
}

std::string MakeFolder() {
  std::string name = "/tmp/kbsearch-postgres-XXXXXX";
  return mkdtemp(name.data()) == nullptr ? "" : name;
}

}  // namespace

PostgresServer* PostgresServer::Get() {
  static const std::string programs = FindPrograms();
  static const std::unique_ptr<PostgresServer> server(
      programs.empty() ? nullptr : new PostgresServer(programs));
  if (server != nullptr) {
    EXPECT_TRUE(server->started_) << server->folder_;
  }
  return server.get();
}

PostgresServer::PostgresServer(std::string programs)
    : programs_(std::move(programs)), folder_(MakeFolder()) {
  if (geteuid() == 0) {
    as_ = "runuser -u postgres -- ";
    if (!Run("chown postgres " + folder_)) return;
  }
  started_ = Run(as_ + programs_ +
                 "/initdb --no-sync -A trust -U kbsearch -E UTF8 "
                 "--locale=C -D " +
                 folder_ + "/data") &&
             Run(as_ + programs_ + "/pg_ctl -w -t 120 -D " + folder_ +
                 "/data -l " + folder_ + "/log -o \"-k " + folder_ +
                 " -c listen_addresses='' -c fsync=off\" start");
}

PostgresServer::~PostgresServer() {
  if (started_) {
    Run(as_ + programs_ + "/pg_ctl -D " + folder_ + "/data -m immediate stop");
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

bool PostgresServer::Run(const std::string& command) const {
  const std::string quiet =
      "cd / && " + command + " >>" + folder_ + "/commands 2>&1 </dev/null";
  if (system(quiet.c_str()) == 0) return true;
  std::fprintf(stderr, "failed: %s\n", command.c_str());
  return false;
}

bool PostgresServer::Sql(const std::string& statement) const {
  return Run(programs_ + "/psql -h " + folder_ +
             " -U kbsearch -d postgres -c \"" + statement + "\"");
}

std::string PostgresServer::NewDatabase() {
  const std::string name = "events" + std::to_string(++databases_);
  EXPECT_TRUE(Sql("CREATE DATABASE " + name));
  return "postgresql:///" + name + "?host=" + folder_ + "&user=kbsearch";
}

void PostgresServer::DropConnections() {
  EXPECT_TRUE(
      Sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
          "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"));
}

StoreFixture::StoreFixture() : folder_(MakeFolder()) {}

StoreFixture::~StoreFixture() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void StoreFixture::SetUp() {
  if (!IsPostgres()) {
    location_ = folder_ + "/events.sqlite";
    return;
  }
  PostgresServer* const server = PostgresServer::Get();
  if (server == nullptr) {
    GTEST_SKIP() << "Debian's package postgresql is not installed";
  }
  location_ = server->NewDatabase();
}

}  // namespace kbsearch::testing
