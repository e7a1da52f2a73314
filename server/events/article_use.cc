#include "server/events/article_use.h"

#include <array>
#include <map>
#include <utility>

namespace kbsearch::server::events {
namespace {

// $1 corpus, $2 since, $3 until.

constexpr char kShown[] = R"(
  SELECT article_id, language, position, COUNT(*)
  FROM shown WHERE corpus = $1 AND at >= $2 AND at < $3
  GROUP BY article_id, language, position)";

constexpr char kClicked[] = R"(
  SELECT h.article_id, h.language, h.position, COUNT(*)
  FROM (SELECT DISTINCT COALESCE(NULLIF(suggestion_id, ''), search_id)
                 AS list_id, article_id
        FROM outcomes
        WHERE corpus = $1 AND at >= $2 AND at < $3 AND type = 2) c
       JOIN shown h ON h.list_id = c.list_id AND h.article_id = c.article_id
                   AND h.at >= $2 AND h.at < $3
  GROUP BY h.article_id, h.language, h.position)";

// "Solved" is the most helpful that an article can be.
constexpr char kRated[] = R"(
  SELECT e.article_id, COALESCE(h.language, e.language),
         SUM(CASE WHEN e.type = 4 THEN 0 ELSE 1 END),
         SUM(CASE WHEN e.type = 4 THEN 1 ELSE 0 END)
  FROM outcomes e
       LEFT JOIN shown h
         ON h.list_id = COALESCE(NULLIF(e.suggestion_id, ''), e.search_id)
        AND h.article_id = e.article_id
  WHERE e.corpus = $1 AND e.at >= $2 AND e.at < $3 AND e.type IN (3, 4, 5)
    AND e.article_id <> ''
  GROUP BY e.article_id, COALESCE(h.language, e.language))";

struct PlaceCounts {
  double shown = 0;
  double clicked = 0;
};

struct Counts {
  std::map<int64_t, double> shown;  // by place
  double clicks = 0;
  double helpful = 0;
  double not_helpful = 0;
};

using ArticleKey = std::pair<std::string, std::string>;  // language, id

}  // namespace

absl::StatusOr<std::vector<engine::ArticleUse>> ReadArticleUse(
    SqlDatabase& database, const std::string& corpus, TimeMs since,
    TimeMs until) {
  const std::array<SqlValue, 3> window = {corpus, since, until};
  std::map<ArticleKey, Counts> articles;
  std::map<int64_t, PlaceCounts> places;
  const auto shown = database.Run(kShown, window);
  if (!shown.ok()) return shown.status();
  for (const SqlRow& row : *shown) {
    const double count = AsDouble(row[3]);
    articles[{AsText(row[1]), AsText(row[0])}].shown[AsInt(row[2])] = count;
    places[AsInt(row[2])].shown += count;
  }
  const auto clicked = database.Run(kClicked, window);
  if (!clicked.ok()) return clicked.status();
  for (const SqlRow& row : *clicked) {
    const double count = AsDouble(row[3]);
    articles[{AsText(row[1]), AsText(row[0])}].clicks += count;
    places[AsInt(row[2])].clicked += count;
  }
  const auto rated = database.Run(kRated, window);
  if (!rated.ok()) return rated.status();
  for (const SqlRow& row : *rated) {
    Counts& counts = articles[{AsText(row[1]), AsText(row[0])}];
    counts.helpful = AsDouble(row[2]);
    counts.not_helpful = AsDouble(row[3]);
  }
  std::vector<engine::ArticleUse> uses;
  uses.reserve(articles.size());
  for (const auto& [key, counts] : articles) {
    double expected = 0;
    for (const auto& [place, count] : counts.shown) {
      expected += count * places[place].clicked / places[place].shown;
    }
    uses.push_back({key.second, key.first, counts.clicks, expected,
                    counts.helpful, counts.not_helpful});
  }
  return uses;
}

}  // namespace kbsearch::server::events
