// Of insights.h: what the comparison with the index needs.
#include <algorithm>
#include <map>

#include "server/events/insight_reader.h"
#include "server/events/insight_sql.h"
#include "server/events/insights.h"

namespace kbsearch::server::events {
namespace {

constexpr size_t kMaxLeads = 5;

}  // namespace

absl::StatusOr<std::vector<UnansweredQuery>> ReadUnansweredQueries(
    SqlDatabase& database, const InsightWindow& window) {
  InsightReader reader(database, window);
  const auto rows = reader.Read(With(
      {sql::kSearches, sql::kOutcomes, sql::kAnswers, sql::kUnanswered}, R"(
  SELECT language, cluster, SUM(unanswered) AS number FROM u
  GROUP BY language, cluster HAVING SUM(unanswered) > 0 AND SUM(own_clicks) = 0
  ORDER BY number DESC, language, cluster LIMIT $5)"));
  if (!rows.ok()) return rows.status();
  std::vector<UnansweredQuery> queries;
  std::vector<ClusterKey> keys;
  std::map<ClusterKey, size_t> places;
  for (const SqlRow& row : *rows) {
    keys.emplace_back(AsText(row[0]), AsText(row[1]));
    places[keys.back()] = queries.size();
    queries.push_back({AsText(row[0]), AsText(row[1]), "", AsInt(row[2]), {}});
  }
  std::map<ClusterKey, std::vector<std::string>> spellings;
  absl::Status status = reader.ReadSpellings(keys, &spellings);
  if (!status.ok()) return status;
  for (UnansweredQuery& query : queries) {
    const auto& found = spellings[{query.language, query.cluster}];
    if (!found.empty()) query.query = found.front();
  }
  const auto leads = reader.Read(With(
      {sql::kSearches, sql::kOutcomes, sql::kAnswers, sql::kUnanswered}, R"(,
  open AS (SELECT language, cluster FROM u
           GROUP BY language, cluster
           HAVING SUM(unanswered) > 0 AND SUM(own_clicks) = 0
           ORDER BY SUM(unanswered) DESC, language, cluster LIMIT $5),
  led AS (SELECT s.language, s.cluster, o.article_id, o.language AS found_in,
                 1 AS is_click
          FROM s JOIN o ON o.search_id = s.search_id AND o.type = 2
          UNION ALL
          SELECT s.language, s.cluster, h.article_id, h.language, 0
          FROM s JOIN shown h ON h.list_id = s.search_id)
  SELECT led.language, led.cluster, led.article_id, led.found_in
  FROM led JOIN open ON open.language = led.language
                    AND open.cluster = led.cluster
  WHERE led.found_in <> '' AND led.found_in <> led.language
  GROUP BY led.language, led.cluster, led.article_id, led.found_in
  ORDER BY led.language, led.cluster, SUM(led.is_click) DESC, COUNT(*) DESC,
           led.article_id, led.found_in)"));
  if (!leads.ok()) return leads.status();
  for (const SqlRow& row : *leads) {
    const auto place = places.find({AsText(row[0]), AsText(row[1])});
    if (place == places.end()) continue;
    auto& found = queries[place->second].leads;
    if (found.size() < kMaxLeads) {
      found.push_back({AsText(row[2]), AsText(row[3])});
    }
  }
  return queries;
}

absl::StatusOr<std::vector<ArticleCounts>> ReadArticleCounts(
    SqlDatabase& database, const InsightWindow& window) {
  InsightReader reader(database, window);
  const auto rows = reader.Read(With({sql::kOutcomes, sql::kSuggestions}, R"(,
  seen AS (
    SELECT list_id, article_id, language FROM shown
    WHERE corpus = $1 AND at >= $2 AND at < $3
      AND list_id NOT IN (SELECT suggestion_id FROM g WHERE suggestion_id NOT IN
                          (SELECT suggestion_id FROM v))
    UNION
    SELECT COALESCE(NULLIF(suggestion_id, ''), search_id), article_id, language
    FROM o WHERE type = 1 AND article_id <> '' AND at < $3),
  counted AS (
    SELECT article_id, language, 1 AS impressions, 0 AS clicks, 0 AS helpful,
           0 AS not_helpful FROM seen
    UNION ALL
    SELECT article_id, language, 0, CASE WHEN type = 2 THEN 1 ELSE 0 END,
           CASE WHEN type = 3 THEN 1 ELSE 0 END,
           CASE WHEN type = 4 THEN 1 ELSE 0 END
    FROM o WHERE type IN (2, 3, 4) AND article_id <> '' AND at < $3)
  SELECT article_id, language, SUM(impressions) AS number, SUM(clicks),
         SUM(helpful), SUM(not_helpful)
  FROM counted WHERE $4 = '' OR language = $4
  GROUP BY article_id, language ORDER BY number DESC, article_id, language)"));
  if (!rows.ok()) return rows.status();
  std::vector<ArticleCounts> counts;
  for (const SqlRow& row : *rows) {
    counts.push_back({AsText(row[0]), AsText(row[1]), AsInt(row[2]),
                      AsInt(row[3]), AsInt(row[4]), AsInt(row[5])});
  }
  return counts;
}

absl::StatusOr<std::vector<ArticlePair>> ReadArticlePairs(
    SqlDatabase& database, const InsightWindow& window, int64_t limit) {
  InsightWindow limited = window;
  limited.max_rows = limit;
  const auto rows = InsightReader(database, limited).Read(R"(
  SELECT a.article_id, b.article_id, a.language, COUNT(*) AS number
  FROM shown a JOIN shown b ON b.list_id = a.list_id
                           AND b.language = a.language
                           AND b.article_id > a.article_id
                           AND b.position <= 5
  WHERE a.position <= 5 AND a.corpus = $1 AND a.at >= $2 AND a.at < $3
    AND ($4 = '' OR a.language = $4)
  GROUP BY a.article_id, b.article_id, a.language
  ORDER BY number DESC, a.article_id, b.article_id LIMIT $5)");
  if (!rows.ok()) return rows.status();
  std::vector<ArticlePair> pairs;
  for (const SqlRow& row : *rows) {
    pairs.push_back(
        {AsText(row[0]), AsText(row[1]), AsText(row[2]), AsInt(row[3])});
  }
  return pairs;
}

}  // namespace kbsearch::server::events
