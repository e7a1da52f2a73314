// Reads the events of one window, for insights.
#ifndef KBSEARCH_SERVER_EVENTS_INSIGHT_READER_H_
#define KBSEARCH_SERVER_EVENTS_INSIGHT_READER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/events/event.h"
#include "server/events/sql_database.h"

namespace kbsearch::server::events {

// What is asked for.
struct InsightWindow {
  std::string corpus;
  TimeMs since = 0;
  TimeMs until = 0;      // itself excluded
  std::string language;  // only this one; empty: all
  int64_t max_rows = 20;
};

// A cluster of queries in one language.
using ClusterKey = std::pair<std::string, std::string>;  // language, cluster

// A snapshot of the window's events, in the temporary tables of insight_sql.h,
// until it is destroyed. Not thread-safe; the database serves one reader at a
// time and nothing else meanwhile.
class InsightReader {
 public:
  // Joins the window's events once: most of the time that insights take.
  // `database` must outlive the reader. Errors: those of the database.
  static absl::StatusOr<std::unique_ptr<InsightReader>> Open(
      SqlDatabase& database, const InsightWindow& window);
  ~InsightReader();
  InsightReader(const InsightReader&) = delete;
  InsightReader& operator=(const InsightReader&) = delete;

  const InsightWindow& window() const { return window_; }

  // Runs a statement with the parameters of insight_sql.h; without `max_rows`
  // with those of the window.
  absl::StatusOr<std::vector<SqlRow>> Read(const std::string& sql);
  absl::StatusOr<std::vector<SqlRow>> Read(const std::string& sql,
                                           int64_t max_rows);

  // Spellings of each cluster, most frequent first, at most six.
  absl::Status ReadSpellings(
      const std::vector<ClusterKey>& keys,
      std::map<ClusterKey, std::vector<std::string>>* spellings);

 private:
  InsightReader(SqlDatabase& database, const InsightWindow& window)
      : database_(database), window_(window) {}
  absl::Status FillTables();
  std::vector<SqlValue> Parameters(int64_t max_rows) const;

  SqlDatabase& database_;
  const InsightWindow window_;
};

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_INSIGHT_READER_H_
