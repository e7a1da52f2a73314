// One connection to the database that holds the events. SQLite and PostgreSQL
// stand behind it; statements are written in what both of them speak.
#ifndef KBSEARCH_SERVER_EVENTS_SQL_DATABASE_H_
#define KBSEARCH_SERVER_EVENTS_SQL_DATABASE_H_

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch::server::events {

// std::monostate is NULL.
using SqlValue = std::variant<std::monostate, int64_t, double, std::string>;
using SqlRow = std::vector<SqlValue>;

// A value as a number or text; NULL is 0 or empty. Sums are integers in one
// database and decimals in the other: both are read by AsInt.
int64_t AsInt(const SqlValue& value);
double AsDouble(const SqlValue& value);
std::string AsText(const SqlValue& value);

// Not thread-safe, but for Interrupt.
class SqlDatabase {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  virtual ~SqlDatabase() = default;

  // Runs one statement; `$1`, `$2`, … stand for the parameters. Texts must be
  // UTF-8 without NUL. Errors: Unavailable (the database is gone, locked or
  // full: try again later), DeadlineExceeded, Internal (the statement is
  // wrong). A lost connection is opened again by the next call.
  virtual absl::StatusOr<std::vector<SqlRow>> Run(
      const std::string& sql, std::span<const SqlValue> parameters) = 0;
  absl::StatusOr<std::vector<SqlRow>> Run(const std::string& sql) {
    return Run(sql, {});
  }

  // The statements that follow, however many, give up at this time
  // (DeadlineExceeded).
  virtual absl::Status SetDeadline(Deadline deadline) = 0;

  // Ends the statement that is running, if one is: it returns
  // DeadlineExceeded. From any thread.
  virtual void Interrupt() = 0;

  // Begins a transaction that no other connection's BeginExclusive overlaps.
  virtual absl::Status BeginExclusive() = 0;

  // Begins a transaction whose statements all see the database as it stands at
  // the first of them.
  virtual absl::Status BeginSnapshot() = 0;

  // Undoes the transaction, also after the deadline. Never fails: none is open
  // afterwards.
  virtual void Rollback() = 0;

  // Most parameters that a statement may have.
  virtual size_t max_parameters() const = 0;
};

// Makes the file when there is none (readable by its owner only). Write-ahead
// log, synced at every commit.
absl::StatusOr<std::unique_ptr<SqlDatabase>> OpenSqlite(
    const std::string& path);

// `location`: a connection URI, "postgresql://user@host/database". A password
// is better left to PGPASSFILE.
absl::StatusOr<std::unique_ptr<SqlDatabase>> OpenPostgres(
    const std::string& location);

// By the location's form: "postgresql:…" or "postgres:…", else a file.
absl::StatusOr<std::unique_ptr<SqlDatabase>> OpenDatabase(
    const std::string& location);
bool IsPostgres(std::string_view location);

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_SQL_DATABASE_H_
