// A query → what is looked up in each language it may be in.
#ifndef KBSEARCH_ENGINE_SEARCH_LOOKUPS_H_
#define KBSEARCH_ENGINE_SEARCH_LOOKUPS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/language_identifier.h"
#include "engine/query/query_syntax.h"
#include "engine/search.h"
#include "engine/search/retrieval.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// ParseQuery() with the function words of all languages.
ParsedQuery ReadSyntax(std::string_view typed, AnalyzerSet& analyzers);

// The words of `query.text` (without marks) and the `clauses`, analysed in each
// language in play, likeliest first. `guesses` (out) are the identifier's own,
// of the words that are no codes; none when there is nothing else.
// DeadlineExceeded; throws Xapian errors.
absl::StatusOr<std::vector<LanguageLookup>> MakeLookups(
    const SearchQuery& query, const std::vector<QueryClause>& clauses,
    SearchContext& context, std::vector<analyzers::LanguageGuess>* guesses);

// Retrieve() with the lookups. When it finds nothing, once more without what
// the clauses demand (exclusions stay): a phrase that stands nowhere is still
// made of words. Then true in `relaxed`, and the lookups are relaxed too.
absl::StatusOr<Candidates> RetrieveOrRelax(const SearchQuery& query,
                                           const LanguagePreference& preferred,
                                           size_t limit, SearchContext& context,
                                           std::vector<LanguageLookup>* lookups,
                                           bool* relaxed);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_LOOKUPS_H_
