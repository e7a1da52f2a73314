// Candidates of a query: looked up in each language, ranked, merged,
// translations collapsed.
#ifndef KBSEARCH_ENGINE_SEARCH_RETRIEVAL_H_
#define KBSEARCH_ENGINE_SEARCH_RETRIEVAL_H_

#include <xapian.h>

#include <cstdint>
#include <string>
#include <vector>

#include "engine/index/language_preference.h"
#include "engine/search.h"
#include "engine/search/candidate.h"
#include "engine/search/explain.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Every document of the lookup's language that answers it and passes.
Xapian::Query MatchingQuery(const LanguageLookup& lookup,
                            const SearchFilter& filter);

struct Candidates {
  // Best first, as ArrangeTranslations() left them.
  std::vector<Candidate> best;
  uint64_t total_size = 0;  // an estimate, all languages
};

// The best `limit` candidates. `preferred` says which version is shown of an
// article that is found in several languages. Throws Xapian errors;
// DeadlineExceeded.
absl::StatusOr<Candidates> Retrieve(const SearchQuery& query,
                                    const std::vector<LanguageLookup>& lookups,
                                    const LanguagePreference& preferred,
                                    size_t limit, SearchContext& context);

// What each word of the query adds to a document's score, weighed by the very
// queries that Retrieve runs; words that add nothing are left out. Throws
// Xapian errors.
std::vector<ScorePart> ScoreParts(const LanguageLookup& lookup,
                                  Xapian::docid document,
                                  Xapian::Database& database);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_RETRIEVAL_H_
