#include <libpq-fe.h>

#include <chrono>
#include <mutex>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "server/events/sql_database.h"

namespace kbsearch::server::events {
namespace {

// Numbers of PostgreSQL's built-in types (its pg_type catalogue); the client
// library has no header for them.
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;
constexpr Oid kNumeric = 1700;

// Whoever makes or changes the tables holds this lock; any number will do.
constexpr int64_t kSchemaLock = 0x6b62736561726368;

// Of the connection, so that a database that does not answer is noticed.
constexpr const char* kConnectSeconds = "5";

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, FreeResult>;

class PostgresDatabase final : public SqlDatabase {
 public:
  explicit PostgresDatabase(std::string location)
      : location_(std::move(location)) {}
  ~PostgresDatabase() override { Close(); }

  absl::Status Connect();
  using SqlDatabase::Run;
  absl::StatusOr<std::vector<SqlRow>> Run(
      const std::string& sql, std::span<const SqlValue> parameters) override;
  absl::Status SetDeadline(Deadline deadline) override;
  void Interrupt() override;
  absl::Status BeginExclusive() override {
    if (auto rows = Run("BEGIN"); !rows.ok()) return rows.status();
    const SqlValue lock = kSchemaLock;
    return Run("SELECT pg_advisory_xact_lock($1)", {&lock, 1}).status();
  }
  absl::Status BeginSnapshot() override {
    return Run("BEGIN ISOLATION LEVEL REPEATABLE READ").status();
  }
  void Rollback() override;
  size_t max_parameters() const override { return 65535; }

 private:
  void Close();
  absl::Status Error(const PGresult* result) const;
  absl::Status SetTimeout(int64_t milliseconds);
  absl::StatusOr<std::vector<SqlRow>> Execute(
      const std::string& sql, std::span<const SqlValue> parameters);

  const std::string location_;
  PGconn* connection_ = nullptr;
  Deadline deadline_ = Deadline::max();
  std::mutex cancel_mutex_;
  PGcancel* cancel_ = nullptr;  // guarded by cancel_mutex_
};

std::string Trimmed(const char* message) {
  return std::string(absl::StripAsciiWhitespace(message));
}

void PostgresDatabase::Close() {
  {
    const std::lock_guard lock(cancel_mutex_);
    PQfreeCancel(cancel_);
    cancel_ = nullptr;
  }
  PQfinish(connection_);
  connection_ = nullptr;
}

absl::Status PostgresDatabase::Connect() {
  Close();
  const char* const names[] = {"dbname", "connect_timeout", "application_name",
                               nullptr};
  const char* const values[] = {location_.c_str(), kConnectSeconds,
                                "kbsearch-server", nullptr};
  connection_ = PQconnectdbParams(names, values, /*expand_dbname=*/1);
  if (PQstatus(connection_) != CONNECTION_OK) {
    return absl::UnavailableError(
        absl::StrCat("the events' database cannot be reached: ",
                     Trimmed(PQerrorMessage(connection_)),
                     "; look at --events and at the database"));
  }
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  const std::lock_guard lock(cancel_mutex_);
  cancel_ = PQgetCancel(connection_);
  return absl::OkStatus();
}

absl::Status PostgresDatabase::Error(const PGresult* result) const {
  const std::string text =
      absl::StrCat("the events' database: ",
                   Trimmed(result == nullptr ? PQerrorMessage(connection_)
                                             : PQresultErrorMessage(result)));
  const char* field = result == nullptr
                          ? nullptr
                          : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string state = field == nullptr ? "" : field;
  if (state == "57014") return absl::DeadlineExceededError(text);
  // Classes of SQLSTATE: 42 is a wrong statement, 22 a value out of its type,
  // 23 a broken constraint. The rest (connection, resources, locks, the
  // operator's intervention) may pass.
  const std::string kind = state.substr(0, 2);
  if (kind == "42" || kind == "22" || kind == "23") {
    return absl::InternalError(text);
  }
  return absl::UnavailableError(text);
}

absl::Status PostgresDatabase::SetDeadline(Deadline deadline) {
  deadline_ = deadline;
  return deadline == Deadline::max() ? SetTimeout(0) : absl::OkStatus();
}

// Of each statement, from now on; 0: none.
absl::Status PostgresDatabase::SetTimeout(int64_t milliseconds) {
  return Execute(absl::StrCat("SET statement_timeout = ", milliseconds), {})
      .status();
}

void PostgresDatabase::Interrupt() {
  const std::lock_guard lock(cancel_mutex_);
  if (cancel_ == nullptr) return;
  // What fails here is told by the statement, or ends at the deadline.
  char error[256];
  (void)PQcancel(cancel_, error, sizeof(error));
}

void PostgresDatabase::Rollback() {
  if (PQstatus(connection_) != CONNECTION_OK) return;
  // The last statement's timeout may end this one too; the transaction then
  // goes with the connection.
  if (!Execute("ROLLBACK", {}).ok()) Close();
}

// Parameters as libpq takes them; they point into the values.
struct Parameters {
  explicit Parameters(std::span<const SqlValue> given) {
    texts.reserve(given.size());
    for (const SqlValue& value : given) {
      Oid type = 0;
      const char* text = nullptr;
      if (const auto* number = std::get_if<int64_t>(&value)) {
        type = kInt8;
        text = texts.emplace_back(absl::StrCat(*number)).c_str();
      } else if (const auto* real = std::get_if<double>(&value)) {
        type = kFloat8;
        text = texts.emplace_back(absl::StrFormat("%.17g", *real)).c_str();
      } else if (const auto* string = std::get_if<std::string>(&value)) {
        type = kText;
        text = string->c_str();
      }
      types.push_back(type);
      values.push_back(text);
    }
  }
  std::vector<std::string> texts;
  std::vector<Oid> types;
  std::vector<const char*> values;
};

SqlValue Field(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return std::monostate();
  const std::string text(PQgetvalue(result, row, column),
                         static_cast<size_t>(PQgetlength(result, row, column)));
  int64_t number = 0;
  double real = 0;
  switch (PQftype(result, column)) {
    case kInt2:
    case kInt4:
    case kInt8:
    case kNumeric:
      if (absl::SimpleAtoi(text, &number)) return number;
      [[fallthrough]];
    case kFloat4:
    case kFloat8:
      if (absl::SimpleAtod(text, &real)) return real;
      return std::monostate();
    default:
      return text;
  }
}

// PostgreSQL's timeout is each statement's own: it is given what is left.
absl::StatusOr<std::vector<SqlRow>> PostgresDatabase::Run(
    const std::string& sql, std::span<const SqlValue> parameters) {
  if (deadline_ != Deadline::max()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline_ - std::chrono::steady_clock::now());
    absl::Status status = left.count() <= 0
                              ? absl::DeadlineExceededError(
                                    "the events' database: the time for "
                                    "the answer is over")
                              : SetTimeout(left.count());
    if (!status.ok()) return status;
  }
  return Execute(sql, parameters);
}

absl::StatusOr<std::vector<SqlRow>> PostgresDatabase::Execute(
    const std::string& sql, std::span<const SqlValue> parameters) {
  if (PQstatus(connection_) != CONNECTION_OK) {
    if (absl::Status status = Connect(); !status.ok()) return status;
  }
  const Parameters given(parameters);
  const Result result(PQexecParams(
      connection_, sql.c_str(), static_cast<int>(parameters.size()),
      given.types.data(), given.values.data(), nullptr, nullptr, 0));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    return Error(result.get());
  }
  std::vector<SqlRow> rows;
  for (int i = 0; i < PQntuples(result.get()); ++i) {
    SqlRow row;
    for (int j = 0; j < PQnfields(result.get()); ++j) {
      row.push_back(Field(result.get(), i, j));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqlDatabase>> OpenPostgres(
    const std::string& location) {
  auto database = std::make_unique<PostgresDatabase>(location);
  if (absl::Status status = database->Connect(); !status.ok()) return status;
  return database;
}

}  // namespace kbsearch::server::events
