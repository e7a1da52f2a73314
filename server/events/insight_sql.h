// The temporary tables behind GetInsights, in the SQL that both stores speak:
// the events of one window, joined and indexed once, so that the lists are
// short statements over them. Common parameters: $1 corpus, $2 since and $3
// until (milliseconds), $4 language or '', $5 most rows. Numbers of outcomes:
// see OutcomeType.
#ifndef KBSEARCH_SERVER_EVENTS_INSIGHT_SQL_H_
#define KBSEARCH_SERVER_EVENTS_INSIGHT_SQL_H_

#include <cstdint>
#include <string>

namespace kbsearch::server::events::sql {

// A table is filled from those before it.
struct WindowTable {
  const char* name;
  const char* columns;
  const char* select;
  const char* indexes[2];  // columns of each; null: none
};

inline constexpr WindowTable kWindowTables[] = {
    // Outcomes since the window began, each with its session (its own, else
    // that of its list) and, of its article, the language shown.
    {"window_outcomes",
     "at BIGINT, type BIGINT, search_id TEXT, suggestion_id TEXT, "
     "article_id TEXT, position BIGINT, session_key TEXT, language TEXT",
     R"(
  SELECT e.at, e.type, e.search_id, e.suggestion_id, e.article_id, e.position,
         COALESCE(NULLIF(e.session, ''), NULLIF(g.session, ''),
                  NULLIF(s.session, ''), NULLIF(e.suggestion_id, ''),
                  e.search_id),
         CASE WHEN e.language <> '' OR e.article_id = '' THEN e.language
              ELSE COALESCE(
                (SELECT h.language FROM shown h
                 WHERE h.list_id = COALESCE(NULLIF(e.suggestion_id, ''),
                                            e.search_id)
                   AND h.position = e.position
                   AND h.article_id = e.article_id),
                (SELECT MIN(h.language) FROM shown h
                 WHERE h.list_id = COALESCE(NULLIF(e.suggestion_id, ''),
                                            e.search_id)
                   AND h.article_id = e.article_id), '') END
  FROM outcomes e
  LEFT JOIN suggestions g
    ON g.suggestion_id = CASE WHEN e.session = '' THEN e.suggestion_id END
  LEFT JOIN searches s
    ON s.search_id = CASE WHEN e.session = '' THEN e.search_id END
  WHERE e.corpus = $1 AND e.at >= $2)",
     {"session_key", "search_id"}},

    // Searches of the window with their clicks. A search whose session was not
    // told is a session of its own.
    {"window_searches",
     "search_id TEXT, at BIGINT, language TEXT, cluster TEXT, query TEXT, "
     "results BIGINT, rescued BIGINT, list_key TEXT, session_key TEXT, "
     "clicks BIGINT, positions BIGINT, placed BIGINT",
     R"(
  SELECT s.search_id, s.at, s.language, s.cluster, s.query, s.results,
         s.rescued, COALESCE(NULLIF(s.list_key, ''), s.search_id),
         COALESCE(NULLIF(s.session, ''), s.search_id), COALESCE(c.clicks, 0),
         COALESCE(c.positions, 0), COALESCE(c.placed, 0)
  FROM searches s
  LEFT JOIN (SELECT search_id, COUNT(*) AS clicks, SUM(position) AS positions,
                    SUM(CASE WHEN position > 0 THEN 1 ELSE 0 END) AS placed
             FROM window_outcomes WHERE type = 2 AND search_id <> ''
             GROUP BY search_id) c ON c.search_id = s.search_id
  WHERE s.corpus = $1 AND s.at >= $2 AND s.at < $3)",
     {"session_key", "cluster, language"}},

    // Suggestions of the window. `stands`: not a draft's list that the same
    // session replaced before it submitted.
    {"window_lists",
     "suggestion_id TEXT, at BIGINT, language TEXT, cluster TEXT, query TEXT, "
     "articles BIGINT, list_key TEXT, session_key TEXT, stands BIGINT",
     R"(
  WITH timeline AS (
    SELECT COALESCE(NULLIF(session, ''), suggestion_id) AS session_key, at,
           0 AS kind, suggestion_id
    FROM suggestions WHERE corpus = $1 AND at >= $2 AND at < $3
    UNION ALL
    SELECT session_key, at, 1, '' FROM window_outcomes WHERE type = 7),
  successor AS (
    SELECT suggestion_id, session_key, kind,
           LEAD(kind) OVER (PARTITION BY session_key
                            ORDER BY at, kind, suggestion_id) AS next_kind
    FROM timeline)
  SELECT g.suggestion_id, g.at, g.language, g.cluster, g.query, g.articles,
         COALESCE(NULLIF(g.list_key, ''), g.suggestion_id), n.session_key,
         CASE WHEN g.draft = 0 OR n.next_kind IS NULL OR n.next_kind = 1
              THEN 1 ELSE 0 END
  FROM successor n JOIN suggestions g ON g.suggestion_id = n.suggestion_id
  WHERE n.kind = 0)",
     {"session_key", nullptr}},

    // What became of each session.
    {"window_fates",
     "session_key TEXT, clicked_at BIGINT, solved_at BIGINT, ticket_at BIGINT",
     R"(
  SELECT session_key,
         MAX(CASE WHEN type = 2 AND suggestion_id <> '' THEN at END),
         MAX(CASE WHEN type = 5 THEN at END),
         MAX(CASE WHEN type = 7 THEN at END)
  FROM window_outcomes GROUP BY session_key)",
     {"session_key", nullptr}},

    // One row for each session that was shown suggestions, in the language and
    // at the time of the first, with what became of it.
    {"window_deflection",
     "session_key TEXT, language TEXT, at BIGINT, implicit BIGINT, "
     "stated BIGINT, submitted BIGINT",
     R"(
  WITH first_list AS (
    SELECT session_key, language, at,
           ROW_NUMBER() OVER (PARTITION BY session_key
                              ORDER BY at, suggestion_id) AS number
    FROM window_lists WHERE stands = 1 AND articles > 0)
  SELECT f.session_key, f.language, f.at,
         CASE WHEN p.clicked_at IS NOT NULL
               AND (p.ticket_at IS NULL OR p.ticket_at < p.clicked_at)
              THEN 1 ELSE 0 END,
         CASE WHEN p.solved_at IS NOT NULL
               AND (p.ticket_at IS NULL OR p.ticket_at < p.solved_at)
              THEN 1 ELSE 0 END,
         CASE WHEN p.ticket_at >= f.at THEN 1 ELSE 0 END
  FROM first_list f LEFT JOIN window_fates p ON p.session_key = f.session_key
  WHERE f.number = 1 AND ($4 = '' OR f.language = $4))",
     {"session_key", nullptr}},

    // The sessions of the window and the language and time of what they did
    // first.
    {"window_sessions",
     "session_key TEXT, language TEXT, at BIGINT",
     R"(
  WITH act AS (
    SELECT session_key, language, at, search_id AS id FROM window_searches
    UNION ALL
    SELECT session_key, language, at, suggestion_id FROM window_lists),
  numbered AS (
    SELECT session_key, language, at,
           ROW_NUMBER() OVER (PARTITION BY session_key ORDER BY at, id)
             AS number
    FROM act)
  SELECT session_key, language, at FROM numbered WHERE number = 1)",
     {"session_key", nullptr}},

    // Searches of one spelling and language that were answered alike.
    {"window_queries",
     "language TEXT, cluster TEXT, query TEXT, list_key TEXT, "
     "no_results BIGINT, rescued BIGINT, no_clicks BIGINT, number BIGINT, "
     "clicks BIGINT, positions BIGINT, placed BIGINT, list_id TEXT",
     R"(
  SELECT language, cluster, query, list_key,
         CASE WHEN results = 0 THEN 1 ELSE 0 END, rescued,
         CASE WHEN clicks = 0 THEN 1 ELSE 0 END,
         COUNT(*), SUM(clicks), SUM(positions), SUM(placed), MIN(search_id)
  FROM window_searches GROUP BY 1, 2, 3, 4, 5, 6, 7)",
     {"cluster", nullptr}},

    // What was shown: lists of the same articles, in the same order, are one
    // (`list_id`), shown `number` times: searches repeat, and so do their
    // lists. Drafts' lists that were replaced are left out.
    {"window_shown",
     "list_key TEXT, list_id TEXT, number BIGINT",
     R"(
  SELECT list_key, MIN(list_id), SUM(number)
  FROM (SELECT list_key, list_id, number FROM window_queries
        UNION ALL
        SELECT list_key, suggestion_id, 1 FROM window_lists
        WHERE stands = 1) lists
  GROUP BY list_key)",
     {"list_key", nullptr}},

    // Clusters of queries that were not answered, `number` times: nothing of
    // the query's language was found, or only after the query was changed and
    // then nobody clicked. Those where somebody clicked an article of the
    // language are left out.
    {"window_gaps",
     "language TEXT, cluster TEXT, number BIGINT",
     R"(
  WITH asked AS (
    SELECT language, cluster, list_key, SUM(number) AS number,
           SUM(rescued * no_clicks * number) AS changed
    FROM window_queries
    WHERE language <> '' AND ($4 = '' OR language = $4)
    GROUP BY language, cluster, list_key),
  unanswered AS (
    SELECT a.language, a.cluster,
           SUM(CASE WHEN EXISTS (SELECT 1 FROM shown h
                                 WHERE h.list_id = w.list_id
                                   AND h.language = a.language)
                    THEN a.changed ELSE a.number END) AS number
    FROM asked a JOIN window_shown w ON w.list_key = a.list_key
    GROUP BY a.language, a.cluster)
  SELECT n.language, n.cluster, n.number FROM unanswered n
  WHERE n.number > 0 AND NOT EXISTS (
    SELECT 1 FROM window_searches s
    JOIN window_outcomes o ON o.search_id = s.search_id AND o.type = 2
                          AND o.language = s.language
    WHERE s.language = n.language AND s.cluster = n.cluster))",
     {nullptr, nullptr}},
};

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
