// Of insights.h: what the comparison with the index needs.
#include <algorithm>
#include <map>

#include "server/events/insight_reader.h"
#include "server/events/insights.h"

namespace kbsearch::server::events {
namespace {

constexpr size_t kMaxLeads = 5;

}  // namespace

absl::StatusOr<std::vector<UnansweredQuery>> ReadUnansweredQueries(
    InsightReader& reader) {
  const auto rows = reader.Read(R"(
  SELECT language, cluster, number FROM window_gaps
  ORDER BY number DESC, language, cluster LIMIT $5)");
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
  const auto leads = reader.Read(R"(
  WITH open AS (SELECT language, cluster FROM window_gaps
                ORDER BY number DESC, language, cluster LIMIT $5),
  asked AS (SELECT s.search_id, s.language, s.cluster
            FROM open JOIN window_searches s ON s.language = open.language
                                            AND s.cluster = open.cluster),
  led AS (SELECT asked.language, asked.cluster, o.article_id,
                 o.language AS found_in, 1 AS is_click
          FROM asked JOIN window_outcomes o ON o.search_id = asked.search_id
                                           AND o.type = 2
          UNION ALL
          SELECT asked.language, asked.cluster, h.article_id, h.language, 0
          FROM asked JOIN shown h ON h.list_id = asked.search_id)
  SELECT language, cluster, article_id, found_in FROM led
  WHERE found_in <> '' AND found_in <> language
  GROUP BY language, cluster, article_id, found_in
  ORDER BY language, cluster, SUM(is_click) DESC, COUNT(*) DESC, article_id,
           found_in)");
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
    InsightReader& reader) {
  // An impression event counts where the list is not known to have shown the
  // article.
  const auto rows = reader.Read(R"(
  WITH told AS (
    SELECT DISTINCT COALESCE(NULLIF(suggestion_id, ''), search_id) AS list_id,
           article_id, language
    FROM window_outcomes WHERE type = 1 AND article_id <> '' AND at < $3),
  known AS (
    SELECT told.list_id, told.article_id, told.language
    FROM told JOIN shown h ON h.list_id = told.list_id
                          AND h.article_id = told.article_id
                          AND h.language = told.language
    WHERE told.list_id IN (
      SELECT search_id FROM window_searches
      UNION ALL SELECT suggestion_id FROM window_lists WHERE stands = 1)),
  seen AS (
    SELECT DISTINCT w.list_id, w.number, h.article_id, h.language
    FROM window_shown w JOIN shown h ON h.list_id = w.list_id
    UNION ALL
    SELECT list_id, 1, article_id, language
    FROM (SELECT * FROM told EXCEPT SELECT * FROM known) untold),
  counted AS (
    SELECT article_id, language, number AS impressions, 0 AS clicks,
           0 AS helpful, 0 AS not_helpful FROM seen
    UNION ALL
    SELECT article_id, language, 0, CASE WHEN type = 2 THEN 1 ELSE 0 END,
           CASE WHEN type = 3 THEN 1 ELSE 0 END,
           CASE WHEN type = 4 THEN 1 ELSE 0 END
    FROM window_outcomes
    WHERE type IN (2, 3, 4) AND article_id <> '' AND at < $3)
  SELECT article_id, language, SUM(impressions) AS number, SUM(clicks),
         SUM(helpful), SUM(not_helpful)
  FROM counted WHERE $4 = '' OR language = $4
  GROUP BY article_id, language ORDER BY number DESC, article_id, language)");
  if (!rows.ok()) return rows.status();
  std::vector<ArticleCounts> counts;
  for (const SqlRow& row : *rows) {
    counts.push_back({AsText(row[0]), AsText(row[1]), AsInt(row[2]),
                      AsInt(row[3]), AsInt(row[4]), AsInt(row[5])});
  }
  return counts;
}

absl::StatusOr<std::vector<ArticlePair>> ReadArticlePairs(InsightReader& reader,
                                                          int64_t limit) {
  const auto rows = reader.Read(R"(
  SELECT a.article_id, b.article_id, a.language, SUM(w.number) AS number
  FROM window_shown w
  JOIN shown a ON a.list_id = w.list_id AND a.position <= 5
  JOIN shown b ON b.list_id = w.list_id AND b.position <= 5
              AND b.language = a.language AND b.article_id > a.article_id
  WHERE $4 = '' OR a.language = $4
  GROUP BY a.article_id, b.article_id, a.language
  ORDER BY number DESC, a.article_id, b.article_id LIMIT $5)",
                                limit);
  if (!rows.ok()) return rows.status();
  std::vector<ArticlePair> pairs;
  for (const SqlRow& row : *rows) {
    pairs.push_back(
        {AsText(row[0]), AsText(row[1]), AsText(row[2]), AsInt(row[3])});
  }
  return pairs;
}

}  // namespace kbsearch::server::events
