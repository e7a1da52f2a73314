// How many of the articles found there are of each language, kind, category
// and tag.
#ifndef KBSEARCH_ENGINE_SEARCH_FACETS_H_
#define KBSEARCH_ENGINE_SEARCH_FACETS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/query/query_syntax.h"
#include "engine/search.h"
#include "engine/search/retrieval.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Documents counted in each language; the counts are exact up to there.
inline constexpr uint32_t kMaxCounted = 10'000;
// Values told of each facet, the most frequent.
inline constexpr size_t kMaxFacetValues = 100;

// The facets that `query` asks for, in its order, each counted without the
// query's own filter of that field. A hit (article, or version of one when
// translations are separate) counts once for a value; its language is that of
// the text found, which is what the filter of languages goes by. `lookups` are
// those of the search, made with `clauses`. DeadlineExceeded; throws Xapian
// errors.
absl::StatusOr<std::vector<Facet>> CountFacets(
    const SearchQuery& query, const std::vector<QueryClause>& clauses,
    const std::vector<LanguageLookup>& lookups, SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_FACETS_H_
