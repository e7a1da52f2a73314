// The articles shown beside completions.
#ifndef KBSEARCH_ENGINE_COMPLETION_INSTANT_HITS_H_
#define KBSEARCH_ENGINE_COMPLETION_INSTANT_HITS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/search.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// The query that an input stands for: itself when its last word is finished or
// is a word of the corpus, and when nothing completes it; else its best
// completion.
//   "wachtwoord" → "wachtwoord"     "wachtw" → "wachtwoord"
std::string InstantQuery(const AutocompleteQuery& query,
                         const std::vector<Completion>& completions,
                         SearchContext& context);

// What an ordinary search finds for it: query.max_hits at most, with curations
// and collapsed translations. Errors of RunSearch.
absl::StatusOr<std::vector<Hit>> FindInstantHits(
    const AutocompleteQuery& query, const std::vector<Completion>& completions,
    SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_INSTANT_HITS_H_
