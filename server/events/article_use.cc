#include "server/events/article_use.h"

#include <array>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

namespace kbsearch::server::events {
namespace {

// $1 corpus, $2 since, $3 until.

constexpr char kShown[] = R"(
  SELECT article_id, language, position, COUNT(*)
  FROM shown WHERE corpus = $1 AND at >= $2 AND at < $3
  GROUP BY article_id, language, position)";

// Clicks and votes, each once in a list. Anybody who may search may send
// events, so only what a list of the window showed counts. The version meant is
// that of the language told, else the one at the position told, else the first
// by code.
constexpr char kGiven[] = R"(
  WITH told AS (
    SELECT DISTINCT type, COALESCE(NULLIF(suggestion_id, ''), search_id)
             AS list_id, article_id, language, position
    FROM outcomes
    WHERE corpus = $1 AND at >= $2 AND at < $3 AND type IN (2, 3, 4, 5)
      AND article_id <> ''),
  given AS (
    SELECT DISTINCT t.type, t.list_id, h.article_id, h.language, h.position
    FROM told t
         JOIN shown h ON h.list_id = t.list_id AND h.article_id = t.article_id
                     AND h.corpus = $1 AND h.at >= $2 AND h.at < $3
    WHERE h.language = COALESCE(
      NULLIF(t.language, ''),
      (SELECT p.language FROM shown p
       WHERE p.list_id = t.list_id AND p.position = t.position
         AND p.article_id = t.article_id),
      (SELECT MIN(p.language) FROM shown p
       WHERE p.list_id = t.list_id AND p.article_id = t.article_id))))";

constexpr char kClicked[] = R"(
  SELECT article_id, language, position, COUNT(*)
  FROM given WHERE type = 2
  GROUP BY article_id, language, position)";

// A session has one vote of each type on an article. It is the session that the
// list was made for: the one that the event names may be invented. "Solved" is
// the most helpful that an article can be.
constexpr char kRated[] = R"(
  SELECT article_id, language,
         COUNT(DISTINCT CASE WHEN type = 3 THEN voter END)
         + COUNT(DISTINCT CASE WHEN type = 5 THEN voter END),
         COUNT(DISTINCT CASE WHEN type = 4 THEN voter END)
  FROM (SELECT v.type, v.article_id, v.language,
               COALESCE(NULLIF(s.session, ''), NULLIF(g.session, ''),
                        v.list_id) AS voter
        FROM given v
             LEFT JOIN searches s ON s.search_id = v.list_id
             LEFT JOIN suggestions g ON g.suggestion_id = v.list_id
        WHERE v.type <> 2) votes
  GROUP BY article_id, language)";

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
  const auto clicked = database.Run(absl::StrCat(kGiven, kClicked), window);
  if (!clicked.ok()) return clicked.status();
  for (const SqlRow& row : *clicked) {
    const double count = AsDouble(row[3]);
    articles[{AsText(row[1]), AsText(row[0])}].clicks += count;
    places[AsInt(row[2])].clicked += count;
  }
  const auto rated = database.Run(absl::StrCat(kGiven, kRated), window);
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
