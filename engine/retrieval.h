// Candidates of a query: looked up in each language, merged, translations
// arranged.
#ifndef KBSEARCH_ENGINE_RETRIEVAL_H_
#define KBSEARCH_ENGINE_RETRIEVAL_H_

#include <xapian.h>

#include <cstdint>
#include <string>
#include <vector>

#include "engine/open_corpus.h"
#include "engine/query_languages.h"
#include "engine/query_restriction.h"
#include "engine/query_words.h"
#include "engine/search.h"

namespace kbsearch::engine {

// A document found.
struct Candidate {
  std::string hit_id;
  std::string version;         // language of the article found
  Xapian::docid document = 0;  // in the database of `language`
  size_t language = 0;         // index of the lookup that found it
  double score = 0;
};

// A query in one of its languages.
struct LanguageLookup {
  QueryLanguage language;
  QueryWords words;
  Restriction restriction;  // what its clauses demand beside the words
};

// Every document of the lookup's language that answers it and passes.
Xapian::Query MatchingQuery(const LanguageLookup& lookup,
                            const SearchFilter& filter);

struct Candidates {
  std::vector<Candidate>
      best;                 // best first, as ArrangeTranslations() left them
  uint64_t total_size = 0;  // an estimate, all languages
};

// The best `limit` candidates. `preferred` is the language shown when an
// article is found in several. Throws Xapian errors; DeadlineExceeded.
absl::StatusOr<Candidates> Retrieve(const SearchQuery& query,
                                    const std::vector<LanguageLookup>& lookups,
                                    const std::string& preferred, size_t limit,
                                    OpenCorpus& corpus);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RETRIEVAL_H_
