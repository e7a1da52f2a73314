// Counts what searchers made of the articles that lists showed them, for
// ranking (engine/ranking/article_prior.h).
#ifndef KBSEARCH_SERVER_EVENTS_ARTICLE_USE_H_
#define KBSEARCH_SERVER_EVENTS_ARTICLE_USE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/ranking/article_prior.h"
#include "server/events/event.h"
#include "server/events/sql_database.h"

namespace kbsearch::server::events {

// Of the articles of a corpus that were shown from `since` on and before
// `until`. Clicks and votes count when a list of that time showed the article
// (in the language that they name); several clicks in one list are one, and so
// are several equal votes of one session. Clicks are expected as
// often as articles at the same place were clicked on the whole: of 1,000 first
// places clicked 300 times, 40 first places of one article make 12. Errors as
// SqlDatabase::Run.
absl::StatusOr<std::vector<engine::ArticleUse>> ReadArticleUse(
    SqlDatabase& database, const std::string& corpus, TimeMs since,
    TimeMs until);

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_ARTICLE_USE_H_
