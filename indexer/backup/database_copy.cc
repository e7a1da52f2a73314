#include "indexer/backup/database_copy.h"

#include <sqlite3.h>

#include <memory>

#include "absl/strings/str_cat.h"

namespace kbsearch::indexer {
namespace {

constexpr int kBusyMs = 30000;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, Close>;

absl::Status ToStatus(int code, const std::string& path, const char* text) {
  const std::string message =
      absl::StrCat("database ", path, ": ", text == nullptr ? "" : text);
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
      return absl::OkStatus();
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError(message);
    case SQLITE_FULL:
      return absl::ResourceExhaustedError(message);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return absl::PermissionDeniedError(message);
    default:
      return absl::UnavailableError(message);
  }
}

absl::Status Open(const std::string& path, int flags, Database* database) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
  database->reset(opened);
  if (code == SQLITE_OK) sqlite3_busy_timeout(opened, kBusyMs);
  return ToStatus(code, path, sqlite3_errmsg(opened));
}

}  // namespace

absl::Status CopySqliteDatabase(const std::string& from,
                                const std::string& to) {
  Database source;
  absl::Status status = Open(from, SQLITE_OPEN_READONLY, &source);
  if (!status.ok()) return status;
  Database copy;
  status = Open(to, SQLITE_OPEN_READWRITE, &copy);
  if (!status.ok()) return status;
  sqlite3_backup* const backup =
      sqlite3_backup_init(copy.get(), "main", source.get(), "main");
  if (backup == nullptr) {
    return ToStatus(sqlite3_errcode(copy.get()), to,
                    sqlite3_errmsg(copy.get()));
  }
  // All pages in one step: of one moment, whoever writes meanwhile.
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  return ToStatus(code, from, sqlite3_errstr(code));
}

absl::Status CheckDatabase(const std::string& path) {
  Database database;
  absl::Status status = Open(path, SQLITE_OPEN_READWRITE, &database);
  if (!status.ok()) return status;
  std::string found;
  const auto take = [](void* result, int, char** values, char**) {
    *static_cast<std::string*>(result) = values[0] == nullptr ? "" : values[0];
    return 1;  // the first is enough
  };
  const int code = sqlite3_exec(database.get(), "PRAGMA quick_check(1)", take,
                                &found, nullptr);
  if (code != SQLITE_OK && code != SQLITE_ABORT) {
    return ToStatus(code, path, sqlite3_errmsg(database.get()));
  }
  if (found == "ok") return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("database ", path, ": ", found));
}

}  // namespace kbsearch::indexer
