// A PostgreSQL server of the test's own, and the stores that tests run on.
#ifndef KBSEARCH_TESTS_UNIT_SERVER_EVENTS_POSTGRES_SERVER_H_
#define KBSEARCH_TESTS_UNIT_SERVER_EVENTS_POSTGRES_SERVER_H_

#include <gtest/gtest.h>

#include <string>

namespace kbsearch::testing {

// From Debian's package, in a temporary folder, on a Unix socket. Started when
// first asked for and stopped when the program ends.
class PostgresServer {
 public:
  // Null when the package is not installed. Fails the test when it is and the
  // server does not start.
  static PostgresServer* Get();
  ~PostgresServer();

  // A new, empty database: a location for OpenDatabase.
  std::string NewDatabase();

  // Drops every connection, as a server does that is restarted.
  void DropConnections();

 private:
  explicit PostgresServer(std::string programs);
  bool Run(const std::string& command) const;
  bool Sql(const std::string& statement) const;

  const std::string programs_;  // folder of initdb, pg_ctl, psql
  std::string folder_;
  std::string as_;  // prefix of commands: PostgreSQL refuses to run as root
  bool started_ = false;
  int databases_ = 0;
};

// Each test runs on SQLite and on PostgreSQL.
class StoreFixture : public ::testing::TestWithParam<const char*> {
 protected:
  StoreFixture();
  ~StoreFixture() override;
  void SetUp() override;

  bool IsPostgres() const { return std::string(GetParam()) == "postgres"; }

  std::string location_;
  std::string folder_;
};

inline constexpr const char* kStores[] = {"sqlite", "postgres"};
inline std::string StoreName(
    const ::testing::TestParamInfo<const char*>& info) {
  return info.param;
}

}  // namespace kbsearch::testing

#endif  // KBSEARCH_TESTS_UNIT_SERVER_EVENTS_POSTGRES_SERVER_H_
