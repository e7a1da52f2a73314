#include "engine/search_pipeline.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/hit_maker.h"
#include "engine/page_token.h"
#include "engine/query_languages.h"
#include "engine/query_words.h"
#include "engine/rescue/rescue.h"
#include "engine/rescue/translations.h"
#include "engine/retrieval.h"

namespace kbsearch::engine {
namespace {

// Pages beyond this many hits are not served; nobody reads them, and each costs
// as much as all before it.
constexpr uint32_t kMaxOffset = 10'000;
// Candidates beyond the page, so that collapsed translations leave it full.
constexpr size_t kSpareCandidates = 10;

absl::StatusOr<PageToken> ReadPageToken(const SearchQuery& query,
                                        uint64_t generation) {
  absl::StatusOr<PageToken> page = DecodePageToken(query);
  if (page.ok() && !query.page_token.empty() &&
      page->generation != generation) {
    return absl::InvalidArgumentError(
        "page_token: the index has been rebuilt since; start again without "
        "it");
  }
  return page;
}

// The query in each language it may be in. Tells its language in `result`.
std::vector<LanguageLookup> AnalyzeInLanguages(const SearchQuery& query,
                                               SearchContext& context,
                                               SearchResult* result) {
  std::vector<analyzers::LanguageGuess> guesses;
  std::vector<LanguageLookup> lookups;
  for (QueryLanguage& language :
       ChooseLanguages(query.text, query.language, query.languages,
                       context.corpus.Languages(query.audience),
                       context.registry(), &guesses)) {
    QueryWords words =
        AnalyzeQuery(query.text, context.analyzers.Of(language.language));
    lookups.push_back({std::move(language), std::move(words)});
  }
  if (!guesses.empty()) {
    result->language = guesses.front().language;
    result->language_confidence = guesses.front().probability;
  }
  return lookups;
}

}  // namespace

absl::StatusOr<SearchResult> RunSearch(const SearchQuery& query,
                                       SearchContext& context) {
  SearchResult result;
  result.generation = context.corpus.snapshot().info.generation;
  absl::StatusOr<PageToken> page = ReadPageToken(query, result.generation);
  if (!page.ok()) return page.status();

  std::vector<LanguageLookup> lookups =
      AnalyzeInLanguages(query, context, &result);
  RescueQuery(query.text, query, context, &lookups, &result);
  const auto page_size = static_cast<size_t>(query.page_size);
  const std::string locale = context.registry().Normalize(query.language);
  const size_t limit = page->offset + page_size + kSpareCandidates;
  absl::StatusOr<Candidates> found =
      Retrieve(query, lookups, locale, limit, context.corpus);
  if (found.ok() && found->best.empty() && !query.verbatim) {
    found = RetrieveByTranslation(query.text, query, locale, limit, context,
                                  &lookups, &result.rewrites);
  }
  if (!found.ok()) return found.status();
  result.total_size = std::max<uint64_t>(found->total_size, found->best.size());

  const size_t begin = std::min<size_t>(page->offset, found->best.size());
  const size_t end = std::min(begin + page_size, found->best.size());
  for (size_t i = begin; i < end; ++i) {
    const Candidate& candidate = found->best[i];
    absl::StatusOr<Hit> hit =
        MakeHit(candidate, lookups[candidate.language], query, context);
    if (!hit.ok()) return hit.status();
    result.hits.push_back(*std::move(hit));
  }
  if (end < found->best.size() && end <= kMaxOffset) {
    result.next_page_token =
        EncodePageToken({result.generation, static_cast<uint32_t>(end)}, query);
  }
  return result;
}

}  // namespace kbsearch::engine
