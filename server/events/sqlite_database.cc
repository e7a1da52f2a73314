#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/events/sql_database.h"

namespace kbsearch::server::events {
namespace {

// How long a statement waits for another process that writes.
constexpr int kBusyMs = 5000;
// Steps of SQLite's machine between two looks at the clock: a fraction of a
// millisecond.
constexpr int kStepsBetweenLooks = 10000;

// "… VALUES ($1, $2)" → "… VALUES (?1, ?2)". To SQLite "$1" is a name, which it
// looks for among all others; with thousands in a statement that takes longer
// than storing the rows.
std::string WithNumbers(std::string sql) {
  for (size_t i = 0; i + 1 < sql.size(); ++i) {
    if (sql[i] == '$' && absl::ascii_isdigit(sql[i + 1])) sql[i] = '?';
  }
  return sql;
}

class SqliteDatabase final : public SqlDatabase {
 public:
  explicit SqliteDatabase(std::string path) : path_(std::move(path)) {}
  ~SqliteDatabase() override {
    for (const auto& [sql, statement] : statements_) {
      sqlite3_finalize(statement);
    }
    sqlite3_close(connection_);
  }

  absl::Status Open();
  using SqlDatabase::Run;
  absl::StatusOr<std::vector<SqlRow>> Run(
      const std::string& sql, std::span<const SqlValue> parameters) override;
  absl::Status SetDeadline(Deadline deadline) override;
  void Interrupt() override { sqlite3_interrupt(connection_); }
  absl::Status BeginExclusive() override {
    return Run("BEGIN IMMEDIATE").status();
  }
  // Others may write meanwhile: the log keeps what this connection sees.
  absl::Status BeginSnapshot() override { return Run("BEGIN").status(); }
  void Rollback() override {
    const Deadline kept = std::exchange(deadline_, Deadline::max());
    // SQLite undoes some failed transactions by itself; then this fails.
    (void)Execute("ROLLBACK", {});
    deadline_ = kept;
  }
  size_t max_parameters() const override {
    return static_cast<size_t>(
        sqlite3_limit(connection_, SQLITE_LIMIT_VARIABLE_NUMBER, -1));
  }

 private:
  absl::StatusOr<std::vector<SqlRow>> Execute(
      const std::string& sql, std::span<const SqlValue> parameters);
  absl::StatusOr<sqlite3_stmt*> Prepare(const std::string& sql);
  absl::Status Bind(sqlite3_stmt* statement,
                    std::span<const SqlValue> parameters);
  absl::Status Error(int code) const;
  static int IsLate(void* database) {
    const auto* self = static_cast<SqliteDatabase*>(database);
    return std::chrono::steady_clock::now() > self->deadline_ ? 1 : 0;
  }

  const std::string path_;
  sqlite3* connection_ = nullptr;
  // Compiled statements; there are a few dozen.
  std::map<std::string, sqlite3_stmt*> statements_;
  Deadline deadline_ = Deadline::max();
};

absl::Status SqliteDatabase::Error(int code) const {
  const std::string text =
      absl::StrCat("the events' database ", path_, ": ",
                   connection_ == nullptr ? sqlite3_errstr(code)
                                          : sqlite3_errmsg(connection_));
  switch (code & 0xff) {
    case SQLITE_INTERRUPT:
      return absl::DeadlineExceededError(text);
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
      return absl::InternalError(text);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError(absl::StrCat(
          text, "; move the file away, the server then begins a new one"));
    default:
      return absl::UnavailableError(text);
  }
}

absl::Status SqliteDatabase::Open() {
  // SQLite itself would make the file readable by all; its side files get the
  // rights of the first.
  const int fd = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot open the events' database ", path_, ": ",
                     std::strerror(errno), "; choose another with --events"));
  }
  close(fd);
  const int code =
      sqlite3_open_v2(path_.c_str(), &connection_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return Error(code);
  sqlite3_busy_timeout(connection_, kBusyMs);
  for (const char* pragma :
       {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"}) {
    if (auto rows = Run(pragma); !rows.ok()) return rows.status();
  }
  return absl::OkStatus();
}

absl::Status SqliteDatabase::SetDeadline(Deadline deadline) {
  deadline_ = deadline;
  const bool none = deadline == Deadline::max();
  sqlite3_progress_handler(connection_, none ? 0 : kStepsBetweenLooks,
                           none ? nullptr : &IsLate, this);
  return absl::OkStatus();
}

absl::StatusOr<sqlite3_stmt*> SqliteDatabase::Prepare(const std::string& sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) {
    return found->second;
  }
  sqlite3_stmt* statement = nullptr;
  const std::string numbered = WithNumbers(sql);
  const int code = sqlite3_prepare_v3(
      connection_, numbered.data(), static_cast<int>(numbered.size()),
      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return Error(code);
  statements_[sql] = statement;
  return statement;
}

absl::Status SqliteDatabase::Bind(sqlite3_stmt* statement,
                                  std::span<const SqlValue> parameters) {
  // The statement may not use the last ones.
  const size_t used =
      std::min(parameters.size(),
               static_cast<size_t>(sqlite3_bind_parameter_count(statement)));
  for (size_t i = 0; i < used; ++i) {
    const int index = static_cast<int>(i) + 1;
    const SqlValue& value = parameters[i];
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<int64_t>(&value)) {
      code = sqlite3_bind_int64(statement, index, *number);
    } else if (const auto* real = std::get_if<double>(&value)) {
      code = sqlite3_bind_double(statement, index, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      code = sqlite3_bind_text(statement, index, text->data(),
                               static_cast<int>(text->size()), SQLITE_STATIC);
    } else {
      code = sqlite3_bind_null(statement, index);
    }
    if (code != SQLITE_OK) return Error(code);
  }
  return absl::OkStatus();
}

SqlValue Column(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_NULL:
      return std::monostate();
    default: {
      const auto* text =
          reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(
          text, static_cast<size_t>(sqlite3_column_bytes(statement, column)));
    }
  }
}

absl::StatusOr<std::vector<SqlRow>> SqliteDatabase::Run(
    const std::string& sql, std::span<const SqlValue> parameters) {
  // Short statements end before the progress handler is asked.
  if (IsLate(this) != 0) {
    return absl::DeadlineExceededError(absl::StrCat(
        "the events' database ", path_, ": the time for the answer is over"));
  }
  return Execute(sql, parameters);
}

absl::StatusOr<std::vector<SqlRow>> SqliteDatabase::Execute(
    const std::string& sql, std::span<const SqlValue> parameters) {
  const absl::StatusOr<sqlite3_stmt*> prepared = Prepare(sql);
  if (!prepared.ok()) return prepared.status();
  sqlite3_stmt* const statement = *prepared;
  absl::Status status = Bind(statement, parameters);
  std::vector<SqlRow> rows;
  while (status.ok()) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) break;
    if (code != SQLITE_ROW) {
      status = Error(code);
      break;
    }
    SqlRow row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      row.push_back(Column(statement, i));
    }
    rows.push_back(std::move(row));
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (!status.ok()) return status;
  return rows;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqlDatabase>> OpenSqlite(
    const std::string& path) {
  auto database = std::make_unique<SqliteDatabase>(path);
  if (absl::Status status = database->Open(); !status.ok()) return status;
  return database;
}

}  // namespace kbsearch::server::events
