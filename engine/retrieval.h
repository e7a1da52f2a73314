// Candidates of a query: looked up in each language, ranked, merged,
// translations collapsed.
#ifndef KBSEARCH_ENGINE_RETRIEVAL_H_
#define KBSEARCH_ENGINE_RETRIEVAL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/candidate.h"
#include "engine/search.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

struct Candidates {
  std::vector<Candidate> best;  // best first, one a hit id
  uint64_t total_size = 0;      // an estimate, all languages
};

// The best `limit` candidates. `locale` is the language preferred when an
// article is found in several. Throws Xapian errors; DeadlineExceeded.
absl::StatusOr<Candidates> Retrieve(const SearchQuery& query,
                                    const std::vector<LanguageLookup>& lookups,
                                    const std::string& locale, size_t limit,
                                    SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RETRIEVAL_H_
