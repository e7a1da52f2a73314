#include "engine/rescue/translations.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "engine/index/schema.h"
#include "engine/query/long_query.h"
#include "engine/rescue/language_words.h"

namespace kbsearch::engine {
namespace {

constexpr double kProbability = 0.5;  // that the query is in such a language

// Whether the language knows every word that means something, and one at least.
bool KnowsAll(std::string_view text, LanguageWords words) {
  bool any = false;
  for (const QueryPiece& piece : words.Read(text)) {
    if (!piece.is_known) return false;
    any = any || !piece.token.is_stop;
  }
  return any;
}

size_t PlaceOf(const std::string& language,
               std::vector<LanguageLookup>* lookups) {
  const auto found = std::find_if(lookups->begin(), lookups->end(),
                                  [&](const LanguageLookup& lookup) {
                                    return lookup.language.language == language;
                                  });
  if (found != lookups->end()) {
    return static_cast<size_t>(found - lookups->begin());
  }
  lookups->push_back({{language, 0, 1}, {}, {}});
  lookups->back().words.language = language;
  return lookups->size() - 1;
}

// The document of a hit in a language, if there is one.
std::optional<Xapian::docid> FindVersion(const std::string& hit_id,
                                         const std::string& language,
                                         const SearchQuery& query,
                                         OpenCorpus& corpus) {
  Xapian::Database* database = corpus.Find(language, query.audience);
  if (database == nullptr) return std::nullopt;
  const std::string term = DocumentTerm(hit_id, language);
  const auto posting = database->postlist_begin(term);
  if (posting == database->postlist_end(term)) return std::nullopt;
  return *posting;
}

// The languages that have not been asked, with the query as they read it.
std::vector<LanguageLookup> OtherLanguages(
    std::string_view text, const SearchQuery& query, SearchContext& context,
    const std::vector<LanguageLookup>& asked) {
  std::vector<LanguageLookup> others;
  for (const std::string& language : context.corpus.Languages(query.audience)) {
    const bool is_asked = std::any_of(
        asked.begin(), asked.end(), [&](const LanguageLookup& lookup) {
          return lookup.language.language == language;
        });
    if (is_asked ||
        !KnowsAll(text, LanguageWords(language, query.audience, context))) {
      continue;
    }
    LanguageLookup& other = others.emplace_back();
    other.language = {language, kProbability, 1};
    other.words = AnalyzeQuery(text, context.analyzers.Of(language));
    PruneLongQuery(*context.corpus.Find(language, query.audience),
                   &other.words);
  }
  return others;
}

}  // namespace

absl::StatusOr<Candidates> RetrieveByTranslation(
    std::string_view text, const SearchQuery& query, const std::string& locale,
    size_t limit, SearchContext& context, std::vector<LanguageLookup>* lookups,
    std::vector<Rewrite>* rewrites) {
  const std::vector<LanguageLookup> others =
      OtherLanguages(text, query, context, *lookups);
  absl::StatusOr<Candidates> found =
      Retrieve(query, others, LanguagePreference({locale}), limit, context);
  if (!found.ok()) return found.status();
  std::vector<std::string> wanted = query.languages;
  if (wanted.empty() && !locale.empty()) wanted = {locale};
  std::vector<Candidate> kept;
  std::set<std::string> from;
  for (Candidate& candidate : found->best) {
    const LanguageLookup& source = others[candidate.language];
    bool shown = false;
    for (const std::string& language : wanted) {
      const auto version =
          FindVersion(candidate.hit_id, language, query, context.corpus);
      if (!version) continue;
      candidate.document = *version;
      candidate.version = language;
      candidate.language = PlaceOf(language, lookups);
      shown = true;
      break;
    }
    if (!shown && !query.languages.empty()) continue;
    if (!shown) {
      candidate.language = PlaceOf(source.language.language, lookups);
      (*lookups)[candidate.language].words = source.words;
    }
    from.insert(source.language.language);
    kept.push_back(std::move(candidate));
  }
  found->best = std::move(kept);
  found->total_size = found->best.size();
  for (const std::string& language : from) {
    rewrites->push_back({"translation", std::string(text), language, true});
  }
  return found;
}

}  // namespace kbsearch::engine
