// The operators' hand in a search: the stages that apply a corpus's synonyms
// and curations. Each is one call and does nothing when there are no rules.
#ifndef KBSEARCH_ENGINE_OPERATORS_APPLY_RULES_H_
#define KBSEARCH_ENGINE_OPERATORS_APPLY_RULES_H_

#include <string>
#include <vector>

#include "engine/operators/curations.h"
#include "engine/query/query_words.h"
#include "engine/search.h"
#include "engine/search/candidate.h"
#include "engine/search/retrieval.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Adds the synonyms of the query's language to its words.
void AddSynonyms(const SearchContext& context, QueryWords* words);

// Adds what the curations of the query in any of its languages say. Hidden ids
// go into SearchFilter::hidden_ids, so that they are not counted either; pinned
// ones into PinArticles.
void FindCurations(const std::vector<LanguageLookup>& lookups,
                   const SearchContext& context, CurationMatch* match);

// A ranking that articles are pinned in. Nothing is owned.
struct PinnableRanking {
  const SearchQuery& query;
  const std::string& preferred;  // language to show, may be empty
  std::vector<LanguageLookup>& lookups;
  Candidates& found;
};

// Puts the pinned articles first, in their order, each once: the whole ranking
// begins with them, so pages are cut from it as from any other. An article that
// is not there, that the audience must not see, or that the query's languages
// or filter exclude is left out. An article in none of the lookups' languages
// adds one, for its snippet. Throws Xapian errors.
void PinArticles(const CurationMatch& match, SearchContext& context,
                 const PinnableRanking& ranking);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_OPERATORS_APPLY_RULES_H_
