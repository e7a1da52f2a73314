// Why an article is not among the results of a search.
#ifndef KBSEARCH_ENGINE_SEARCH_ABSENCE_H_
#define KBSEARCH_ENGINE_SEARCH_ABSENCE_H_

#include <string>

#include "engine/search/explain.h"
#include "engine/search/search_trace.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// The first reason that holds, as a sentence for an operator: not in the
// corpus, internal, of a language not searched, outside the filter, hidden by a
// curation, no word in common, below the candidates. REQUIRES: the article
// asked about is not in trace.ranking. Throws Xapian errors.
std::string WhyAbsent(const ExplainQuery& query, const SearchTrace& trace,
                      SearchContext& context);

// Letters to change to make one word of the other (Levenshtein), or `limit`
// when it takes as many. Letters are code points.
size_t EditDistance(std::u32string_view a, std::u32string_view b, size_t limit);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_ABSENCE_H_
