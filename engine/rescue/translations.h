// The last step of the ladder: nothing was found in the languages asked for, so
// the query is put to the others, and what it finds there is shown in a
// language asked for where the article has such a version.
//
// "invoice" with only Greek asked for → the Greek version of the article whose
// English version speaks of invoices.
#ifndef KBSEARCH_ENGINE_RESCUE_TRANSLATIONS_H_
#define KBSEARCH_ENGINE_RESCUE_TRANSLATIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/search.h"
#include "engine/search/retrieval.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Candidates by way of other languages, at most `limit`; adds their languages
// to `lookups` (candidates name them by index) and tells in `rewrites`. With a
// hard filter (query.languages) only versions that pass it; without, the
// version in `locale` if there is one, else the one found. Errors as Retrieve.
absl::StatusOr<Candidates> RetrieveByTranslation(
    std::string_view text, const SearchQuery& query, const std::string& locale,
    size_t limit, SearchContext& context, std::vector<LanguageLookup>* lookups,
    std::vector<Rewrite>* rewrites);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_TRANSLATIONS_H_
