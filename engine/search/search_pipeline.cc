#include "engine/search/search_pipeline.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/operators/apply_rules.h"
#include "engine/query/query_syntax.h"
#include "engine/rescue/rescue.h"
#include "engine/rescue/translations.h"
#include "engine/search/facets.h"
#include "engine/search/hit_maker.h"
#include "engine/search/lookups.h"
#include "engine/search/page_token.h"
#include "engine/search/retrieval.h"
#include "engine/search/search_trace.h"
#include "engine/search/translations.h"

namespace kbsearch::engine {
namespace {

// From this probability on the query's language is taken for the user's.
constexpr double kCertainLanguage = 0.5;
// Candidates beyond the page, so that collapsed translations leave it full.
constexpr size_t kSpareCandidates = 10;

absl::StatusOr<PageToken> ReadPageToken(const SearchQuery& query,
                                        uint64_t generation) {
  absl::StatusOr<PageToken> page = DecodePageToken(query);
  if (page.ok() && !query.page_token.empty() &&
      page->generation != generation) {
    return GenerationGoneError();
  }
  return page;
}

// The languages that the user is served best in: the locale's, else the
// query's. A code says nothing of a language: then all that is found is shown
// in the locale's, else in the corpus's main one, as far as it goes. Empty when
// the language of words is anybody's guess.
LanguagePreference Preferred(const SearchQuery& query,
                             const SearchResult& result,
                             SearchContext& context) {
  const std::string locale = context.registry().Normalize(query.language);
  if (result.language.empty()) {
    return PreferenceInCorpus({locale}, query.audience, context.corpus);
  }
  if (!locale.empty()) return LanguagePreference({locale});
  if (result.language_confidence < kCertainLanguage) return {};
  return LanguagePreference({result.language});
}

// The query as the stages after its reading see it.
struct Reading {
  SearchQuery query;  // its text without marks
  std::vector<QueryClause> clauses;
  std::vector<LanguageLookup> lookups;
  LanguagePreference preferred;  // languages to show
  CurationMatch curation;
};

absl::StatusOr<Reading> Read(const SearchQuery& typed, SearchContext& context,
                             SearchResult* result) {
  ParsedQuery parsed = ReadSyntax(typed.text, context.analyzers);
  Reading reading{typed, std::move(parsed.clauses), {}, {}, {}};
  reading.query.text = std::move(parsed.words);
  std::vector<analyzers::LanguageGuess> guesses;
  absl::StatusOr<std::vector<LanguageLookup>> lookups =
      MakeLookups(reading.query, reading.clauses, context, &guesses);
  if (!lookups.ok()) return lookups.status();
  if (context.trace != nullptr) TraceReading(guesses, *lookups, context.trace);
  reading.lookups = *std::move(lookups);
  if (!guesses.empty()) {
    result->language = guesses.front().language;
    result->language_confidence = guesses.front().probability;
  }
  return reading;
}

// Retrieves, with the words mended that the index lacks, and by other means
// when that finds nothing.
absl::StatusOr<Candidates> FindCandidates(const std::string& typed,
                                          size_t limit, SearchContext& context,
                                          Reading* reading,
                                          SearchResult* result) {
  // Operators may mean the query as it is typed or as it is mended.
  FindCurations(reading->lookups, context, &reading->curation);
  RescueQuery(reading->query.text, reading->query, context, &reading->lookups,
              result);
  // "kodikos" has turned out to be Greek.
  reading->preferred = Preferred(reading->query, *result, context);
  FindCurations(reading->lookups, context, &reading->curation);
  reading->query.filter.hidden_ids = reading->curation.hidden;
  bool relaxed = false;
  absl::StatusOr<Candidates> found =
      RetrieveOrRelax(reading->query, reading->preferred, limit, context,
                      &reading->lookups, &relaxed);
  if (found.ok() && found->best.empty() && !reading->query.verbatim) {
    return RetrieveByTranslation(reading->query.text, reading->query,
                                 reading->preferred.first(), limit, context,
                                 &reading->lookups, &result->rewrites);
  }
  if (!relaxed || !found.ok()) return found;
  std::string words = reading->query.text;
  absl::RemoveExtraAsciiWhitespace(&words);
  result->rewrites.push_back({"phrase", typed, std::move(words), true});
  std::erase_if(reading->clauses,
                [](const QueryClause& clause) { return !clause.is_excluded; });
  return found;
}

absl::Status AddHits(std::span<const Candidate> candidates,
                     const Reading& reading, SearchContext& context,
                     SearchResult* result) {
  std::map<size_t, HitMaker> makers;  // by lookup
  for (const Candidate& matched : candidates) {
    // Whoever asks for words by their form wants to see them.
    const Candidate shown =
        reading.clauses.empty()
            ? ShownVersion(matched, reading.preferred, reading.lookups,
                           reading.query, context.corpus)
            : matched;
    HitMaker& maker =
        makers
            .try_emplace(shown.language, reading.lookups[shown.language],
                         reading.query, context)
            .first->second;
    absl::StatusOr<Hit> hit = maker.Make(shown);
    if (!hit.ok()) return hit.status();
    if (shown.version != matched.version) {
      hit->matched_by.emplace_back("translation");
    }
    result->hits.push_back(*std::move(hit));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SearchResult> RunSearch(const SearchQuery& typed,
                                       SearchContext& context) {
  SearchResult result;
  result.generation = context.corpus.snapshot().info.generation;
  absl::StatusOr<PageToken> page = ReadPageToken(typed, result.generation);
  if (!page.ok()) return page.status();
  absl::StatusOr<Reading> reading = Read(typed, context, &result);
  if (!reading.ok()) return reading.status();

  const auto page_size = static_cast<size_t>(typed.page_size);
  size_t limit = page->offset + page_size + kSpareCandidates;
  if (context.trace != nullptr) limit = std::max(limit, SearchTrace::kDepth);
  absl::StatusOr<Candidates> found =
      FindCandidates(typed.text, limit, context, &*reading, &result);
  if (!found.ok()) return found.status();
  absl::StatusOr<std::vector<Facet>> facets =
      CountFacets(reading->query, reading->clauses, reading->lookups, context);
  if (!facets.ok()) return facets.status();
  result.facets = *std::move(facets);
  const std::string shown = reading->preferred.first();
  PinArticles(reading->curation, context,
              {reading->query, shown, reading->lookups, *found});
  const std::vector<Candidate>& best = found->best;
  if (best.empty()) {
    // "Searched for … instead" promises something.
    std::erase_if(result.rewrites, [](const Rewrite& rewrite) {
      return rewrite.stage == "relaxation";
    });
  }
  result.total_size = std::max<uint64_t>(found->total_size, best.size());

  const size_t begin = std::min<size_t>(page->offset, best.size());
  const size_t end = std::min(begin + page_size, best.size());
  if (context.trace != nullptr) {
    TraceRewrites(result.rewrites, reading->lookups, context.trace);
    TraceCuration(reading->curation, context.trace);
    TraceRanking(reading->lookups, *found, begin, context.trace);
  }
  absl::Status status = AddHits(std::span(best).subspan(begin, end - begin),
                                *reading, context, &result);
  if (!status.ok()) return status;
  if (end < best.size() && end <= kMaxOffset) {
    result.next_page_token =
        EncodePageToken({result.generation, static_cast<uint32_t>(end)}, typed);
  }
  return result;
}

}  // namespace kbsearch::engine
