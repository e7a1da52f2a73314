// An article's language versions in a list of results: one hit an article, in
// the language that serves the user best, or each version a hit of its own.
#ifndef KBSEARCH_ENGINE_SEARCH_TRANSLATIONS_H_
#define KBSEARCH_ENGINE_SEARCH_TRANSLATIONS_H_

#include <string>
#include <vector>

#include "engine/article.h"
#include "engine/index/language_preference.h"
#include "engine/search.h"
#include "engine/search/retrieval.h"

namespace kbsearch::engine {

// Best first, one candidate a hit id (kCollapse) or a hit id and language
// (kSeparate). A collapsed candidate has the best score of its versions and is
// the one in the language that `preferred` names first of those found, else the
// best.
std::vector<Candidate> ArrangeTranslations(std::vector<Candidate> candidates,
                                           TranslationMode mode,
                                           const LanguagePreference& preferred);

// The version of a `candidate` that is shown when translations are collapsed:
// the one in the first `preferred` language, though it may not hold the words,
// that is among the `lookups` and in which it passes the query's filter; else
// the candidate itself. Entries of an FAQ page stay as they are: nothing says
// that their numbers agree between languages. Throws Xapian errors.
Candidate ShownVersion(const Candidate& candidate,
                       const LanguagePreference& preferred,
                       const std::vector<LanguageLookup>& lookups,
                       const SearchQuery& query, OpenCorpus& corpus);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_TRANSLATIONS_H_
