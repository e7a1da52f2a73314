// An article → the articles on the same matter, in its language.
#ifndef KBSEARCH_ENGINE_SUGGESTION_RELATED_H_
#define KBSEARCH_ENGINE_SUGGESTION_RELATED_H_

#include <vector>

#include "absl/status/statusor.h"
#include "engine/search_context.h"
#include "engine/suggestion/suggestion.h"

namespace kbsearch::engine {

// Best first; never the article itself, its FAQ entries or its translations,
// and nothing that the audience must not see. Those that share most of their
// wording with the article are marked (Hit::near_duplicate). NotFound when the
// audience has no such article, otherwise errors as Searcher::Search; throws
// Xapian errors.
absl::StatusOr<RelatedResult> RunRelated(const RelatedQuery& query,
                                         SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_RELATED_H_
