#include "server/events/insight_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/events/insight_sql.h"

namespace kbsearch::server::events {
namespace {

constexpr size_t kMaxVariants = 5;

}  // namespace

absl::StatusOr<std::unique_ptr<InsightReader>> InsightReader::Open(
    SqlDatabase& database, const InsightWindow& window) {
  if (absl::Status status = database.BeginSnapshot(); !status.ok()) {
    return status;
  }
  std::unique_ptr<InsightReader> reader(new InsightReader(database, window));
  if (absl::Status status = reader->FillTables(); !status.ok()) return status;
  return reader;
}

InsightReader::~InsightReader() {
  // The tables go with the transaction that made them.
  database_.Rollback();
}

absl::Status InsightReader::FillTables() {
  for (const sql::WindowTable& table : sql::kWindowTables) {
    absl::Status status =
        database_
            .Run(absl::StrCat("CREATE TEMPORARY TABLE ", table.name, " (",
                              table.columns, ")"))
            .status();
    if (status.ok()) {
      status =
          Read(absl::StrCat("INSERT INTO ", table.name, table.select)).status();
    }
    int number = 0;
    for (const char* columns : table.indexes) {
      if (columns == nullptr || !status.ok()) continue;
      status = database_
                   .Run(absl::StrCat("CREATE INDEX ", table.name, "_", ++number,
                                     " ON ", table.name, " (", columns, ")"))
                   .status();
    }
    // Plans are made for tables as large as they are; nobody else looks at
    // temporary ones.
    if (status.ok()) {
      status = database_.Run(absl::StrCat("ANALYZE ", table.name)).status();
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

std::vector<SqlValue> InsightReader::Parameters(int64_t max_rows) const {
  return {window_.corpus, window_.since, window_.until, window_.language,
          max_rows};
}

absl::StatusOr<std::vector<SqlRow>> InsightReader::Read(
    const std::string& sql) {
  return Read(sql, window_.max_rows);
}

absl::StatusOr<std::vector<SqlRow>> InsightReader::Read(const std::string& sql,
                                                        int64_t max_rows) {
  return database_.Run(sql, Parameters(max_rows));
}

absl::Status InsightReader::ReadSpellings(
    const std::vector<ClusterKey>& keys,
    std::map<ClusterKey, std::vector<std::string>>* spellings) {
  // A thousand clusters a list would be more parameters than SQLite is sure to
  // take at once.
  constexpr size_t kKeysAtOnce = 500;
  for (size_t begin = 0; begin < keys.size(); begin += kKeysAtOnce) {
    std::vector<SqlValue> parameters;
    std::vector<std::string> names;
    for (size_t i = begin; i < std::min(keys.size(), begin + kKeysAtOnce);
         ++i) {
      parameters.emplace_back(keys[i].second);
      names.push_back(absl::StrCat("$", parameters.size()));
    }
    const std::string those =
        absl::StrCat("cluster IN (", absl::StrJoin(names, ", "), ")");
    const auto rows = database_.Run(
        absl::StrCat(R"(
  WITH spelled AS (
    SELECT language, cluster, query, SUM(number) AS number FROM (
      SELECT language, cluster, query, number
      FROM window_queries WHERE )",
                     those, R"(
      UNION ALL
      SELECT language, cluster, query, COUNT(*) FROM window_lists WHERE )",
                     those, R"( GROUP BY language, cluster, query) typed
    WHERE query <> '' GROUP BY language, cluster, query),
  numbered AS (
    SELECT language, cluster, query,
           ROW_NUMBER() OVER (PARTITION BY language, cluster
                              ORDER BY number DESC, query) AS place
    FROM spelled)
  SELECT language, cluster, query FROM numbered
  WHERE place <= )",
                     kMaxVariants + 1, " ORDER BY language, cluster, place"),
        parameters);
    if (!rows.ok()) return rows.status();
    for (const SqlRow& row : *rows) {
      (*spellings)[{AsText(row[0]), AsText(row[1])}].push_back(AsText(row[2]));
    }
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::server::events
