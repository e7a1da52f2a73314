// A query → a page of hits, stage by stage. Each stage is a file of its own;
// this one says in which order they run.
#ifndef KBSEARCH_ENGINE_SEARCH_SEARCH_PIPELINE_H_
#define KBSEARCH_ENGINE_SEARCH_SEARCH_PIPELINE_H_

#include "absl/status/statusor.h"
#include "engine/search.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Errors as Searcher::Search. Throws Xapian errors.
absl::StatusOr<SearchResult> RunSearch(const SearchQuery& query,
                                       SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_SEARCH_PIPELINE_H_
