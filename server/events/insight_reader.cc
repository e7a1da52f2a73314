#include "server/events/insight_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace kbsearch::server::events {
namespace {

constexpr size_t kMaxVariants = 5;

}  // namespace

std::string With(std::initializer_list<const char*> tables,
                 const std::string& select) {
  return absl::StrCat("WITH ", absl::StrJoin(tables, ","), " ", select);
}

absl::Status InsightReader::ReadSpellings(
    const std::vector<ClusterKey>& keys,
    std::map<ClusterKey, std::vector<std::string>>* spellings) {
  // A thousand clusters a list would be more parameters than SQLite is sure to
  // take at once.
  constexpr size_t kKeysAtOnce = 500;
  for (size_t begin = 0; begin < keys.size(); begin += kKeysAtOnce) {
    std::vector<SqlValue> parameters = parameters_;
    std::vector<std::string> names;
    for (size_t i = begin; i < std::min(keys.size(), begin + kKeysAtOnce);
         ++i) {
      parameters.emplace_back(keys[i].second);
      names.push_back(absl::StrCat("$", parameters.size()));
    }
    const auto rows = database_.Run(
        absl::StrCat(R"(
  WITH spelled AS (
    SELECT language, cluster, query, COUNT(*) AS number FROM (
      SELECT language, cluster, query FROM searches
      WHERE corpus = $1 AND at >= $2 AND at < $3 AND query <> ''
      UNION ALL
      SELECT language, cluster, query FROM suggestions
      WHERE corpus = $1 AND at >= $2 AND at < $3 AND query <> '') typed
    WHERE cluster IN ()",
                     absl::StrJoin(names, ", "), R"()
    GROUP BY language, cluster, query),
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
