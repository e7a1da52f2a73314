// A ticket → the articles that answer it, or none: clean → languages → words
// that say most → candidates → scores → probabilities → hits.
#ifndef KBSEARCH_ENGINE_SUGGESTION_SUGGEST_H_
#define KBSEARCH_ENGINE_SUGGESTION_SUGGEST_H_

#include "absl/status/statusor.h"
#include "engine/search_context.h"
#include "engine/suggestion/suggestion.h"

namespace kbsearch::engine {

// Synonyms widen what is found; what operators hide for a query is hidden from
// tickets with it for a subject. Customers get no procedures and no canned
// responses, whatever audience these are marked for. Errors as
// Searcher::Search; throws Xapian errors.
absl::StatusOr<SuggestResult> RunSuggest(const SuggestQuery& query,
                                         SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_SUGGEST_H_
