// Reads the events of one window, for insights.
#ifndef KBSEARCH_SERVER_EVENTS_INSIGHT_READER_H_
#define KBSEARCH_SERVER_EVENTS_INSIGHT_READER_H_

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/events/insights.h"
#include "server/events/sql_database.h"

namespace kbsearch::server::events {

// A cluster of queries in one language.
using ClusterKey = std::pair<std::string, std::string>;  // language, cluster

// Not thread-safe.
class InsightReader {
 public:
  // `database` must outlive the reader.
  InsightReader(SqlDatabase& database, const InsightWindow& window)
      : database_(database),
        parameters_{window.corpus, window.since, window.until, window.language,
                    window.max_rows} {}

  // Runs a statement with the parameters of insight_sql.h.
  absl::StatusOr<std::vector<SqlRow>> Read(const std::string& sql) {
    return database_.Run(sql, parameters_);
  }

  // Spellings of each cluster, most frequent first, at most six.
  absl::Status ReadSpellings(
      const std::vector<ClusterKey>& keys,
      std::map<ClusterKey, std::vector<std::string>>* spellings);

 private:
  SqlDatabase& database_;
  const std::vector<SqlValue> parameters_;
};

// A statement over common table expressions of insight_sql.h. `select` may
// begin with a comma and further ones.
std::string With(std::initializer_list<const char*> tables,
                 const std::string& select);

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_INSIGHT_READER_H_
