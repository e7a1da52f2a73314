// The statements behind GetInsights, in the SQL that both stores speak. Common
// parameters: $1 corpus, $2 since and $3 until (milliseconds), $4 language or
// '', $5 most rows. Numbers of outcomes: see OutcomeType.
#ifndef KBSEARCH_SERVER_EVENTS_INSIGHT_SQL_H_
#define KBSEARCH_SERVER_EVENTS_INSIGHT_SQL_H_

#include <string>

namespace kbsearch::server::events::sql {

// Common table expressions; each names those it needs before it.

// Searches of the window. A search whose session was not told is a session of
// its own.
inline constexpr char kSearches[] = R"(
  s AS (SELECT search_id, at, language, cluster, query, results, rescued,
               CASE WHEN session = '' THEN search_id ELSE session END
                 AS session_key
        FROM searches WHERE corpus = $1 AND at >= $2 AND at < $3))";

// Outcomes since the window began, each with its session (its own, else that of
// its list) and, of its article, the language shown.
inline constexpr char kOutcomes[] = R"(
  o AS (SELECT e.at, e.type, e.search_id, e.suggestion_id, e.article_id,
               e.position,
               COALESCE(NULLIF(e.session, ''), NULLIF(g.session, ''),
                        NULLIF(s.session, ''), NULLIF(e.suggestion_id, ''),
                        e.search_id) AS session_key,
               COALESCE(NULLIF(e.language, ''),
                        (SELECT MIN(h.language) FROM shown h
                         WHERE h.list_id = COALESCE(NULLIF(e.suggestion_id, ''),
                                                    e.search_id)
                           AND h.article_id = e.article_id), '') AS language
        FROM outcomes e
        LEFT JOIN suggestions g ON g.suggestion_id = e.suggestion_id
        LEFT JOIN searches s ON s.search_id = e.search_id
        WHERE e.corpus = $1 AND e.at >= $2))";

// Searches with their clicks. Needs: s, o.
inline constexpr char kAnswers[] = R"(
  c AS (SELECT search_id, COUNT(*) AS clicks, SUM(position) AS positions,
               SUM(CASE WHEN position > 0 THEN 1 ELSE 0 END) AS placed
        FROM o WHERE type = 2 AND search_id <> '' GROUP BY search_id),
  q AS (SELECT s.search_id, s.language, s.cluster, s.results, s.rescued,
               COALESCE(c.clicks, 0) AS clicks,
               COALESCE(c.positions, 0) AS positions,
               COALESCE(c.placed, 0) AS placed
        FROM s LEFT JOIN c ON c.search_id = s.search_id
        WHERE $4 = '' OR s.language = $4))";

// Searches and whether they were answered. `unanswered`: nothing of the query's
// language was found, or only after the query was changed and then nobody
// clicked. Needs: o, q.
inline constexpr char kUnanswered[] = R"(
  k AS (SELECT q.search_id,
               SUM(CASE WHEN o.language = q.language THEN 1 ELSE 0 END) AS own
        FROM o JOIN q ON q.search_id = o.search_id
        WHERE o.type = 2 GROUP BY q.search_id),
  h AS (SELECT q.search_id,
               SUM(CASE WHEN h.language = q.language THEN 1 ELSE 0 END) AS own
        FROM q JOIN shown h ON h.list_id = q.search_id GROUP BY q.search_id),
  u AS (SELECT q.search_id, q.language, q.cluster,
               COALESCE(k.own, 0) AS own_clicks,
               CASE WHEN COALESCE(h.own, 0) = 0
                      OR (q.rescued = 1 AND q.clicks = 0)
                    THEN 1 ELSE 0 END AS unanswered
        FROM q LEFT JOIN k ON k.search_id = q.search_id
               LEFT JOIN h ON h.search_id = q.search_id
        WHERE q.language <> ''))";

// Suggestions of the window as they stood: a draft's list that the same session
// replaced before it submitted is not among them. Needs: o.
inline constexpr char kSuggestions[] = R"(
  g AS (SELECT suggestion_id, at, language, cluster, query, draft, articles,
               CASE WHEN session = '' THEN suggestion_id ELSE session END
                 AS session_key
        FROM suggestions WHERE corpus = $1 AND at >= $2 AND at < $3),
  timeline AS (
    SELECT session_key, at, 0 AS kind, suggestion_id FROM g
    UNION ALL
    SELECT session_key, at, 1 AS kind, '' AS suggestion_id FROM o
    WHERE type = 7),
  successor AS (
    SELECT suggestion_id, kind,
           LEAD(kind) OVER (PARTITION BY session_key
                            ORDER BY at, kind, suggestion_id) AS next_kind
    FROM timeline),
  v AS (SELECT g.* FROM g
        JOIN successor n ON n.suggestion_id = g.suggestion_id AND n.kind = 0
        WHERE g.draft = 0 OR n.next_kind IS NULL OR n.next_kind = 1))";

// One row for each session that was shown suggestions, in the language and at
// the time of the first, with what became of it. Needs: o, v.
inline constexpr char kDeflection[] = R"(
  p AS (SELECT session_key,
               MAX(CASE WHEN type = 2 AND suggestion_id <> '' THEN at END)
                 AS clicked_at,
               MAX(CASE WHEN type = 5 THEN at END) AS solved_at,
               MAX(CASE WHEN type = 7 THEN at END) AS ticket_at
        FROM o GROUP BY session_key),
  first_list AS (
    SELECT session_key, language, at,
           ROW_NUMBER() OVER (PARTITION BY session_key
                              ORDER BY at, suggestion_id) AS number
    FROM v WHERE articles > 0),
  d AS (SELECT f.session_key, f.language, f.at,
               CASE WHEN p.clicked_at IS NOT NULL
                     AND (p.ticket_at IS NULL OR p.ticket_at < p.clicked_at)
                    THEN 1 ELSE 0 END AS implicit,
               CASE WHEN p.solved_at IS NOT NULL
                     AND (p.ticket_at IS NULL OR p.ticket_at < p.solved_at)
                    THEN 1 ELSE 0 END AS stated,
               CASE WHEN p.ticket_at >= f.at THEN 1 ELSE 0 END AS submitted
        FROM first_list f LEFT JOIN p ON p.session_key = f.session_key
        WHERE f.number = 1 AND ($4 = '' OR f.language = $4)))";

// The sessions of the window and the language and time of what they did first.
// Needs: s, g.
inline constexpr char kSessions[] = R"(
  act AS (SELECT session_key, language, at, search_id AS id FROM s
          UNION ALL
          SELECT session_key, language, at, suggestion_id AS id FROM g),
  first_act AS (
    SELECT session_key, language, at,
           ROW_NUMBER() OVER (PARTITION BY session_key ORDER BY at, id)
             AS number
    FROM act),
  y AS (SELECT session_key, language, at FROM first_act WHERE number = 1))";

// Days from a Monday to 1 January 1970, a Thursday: weeks are numbered from
// Monday, 29 December 1969.
inline constexpr int64_t kWeekMs = int64_t{7} * 24 * 3600 * 1000;
inline constexpr int64_t kMondayOffsetMs = int64_t{3} * 24 * 3600 * 1000;

// "(at + 259200000) / 604800000"
inline std::string WeekOf(const std::string& at) {
  return "(" + at + " + " + std::to_string(kMondayOffsetMs) + ") / " +
         std::to_string(kWeekMs);
}

}  // namespace kbsearch::server::events::sql

#endif  // KBSEARCH_SERVER_EVENTS_INSIGHT_SQL_H_
