#include "engine/search/lookups.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzers/characters.h"
#include "engine/operators/apply_rules.h"
#include "engine/query/long_query.h"
#include "engine/query/query_builder.h"
#include "engine/query/vocabulary_evidence.h"

namespace kbsearch::engine {
namespace {

bool IsFunctionWord(std::string_view word, AnalyzerSet& analyzers) {
  for (const analyzers::LanguageInfo& language :
       analyzers.registry().languages()) {
    const std::vector<analyzers::Token> tokens =
        analyzers.Of(std::string(language.code)).Analyze(word);
    if (!tokens.empty() && tokens.front().is_stop &&
        tokens.back().position == tokens.front().position) {
      return true;
    }
  }
  return false;
}

bool IsNumber(const analyzers::Token& token) {
  return token.is_protected &&
         std::all_of(token.exact.begin(), token.exact.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

bool IsOneLetter(const analyzers::Token& token) {
  return !token.is_protected && analyzers::ToUtf32(token.exact).size() == 1;
}

// What is left of a text to tell its language by. Codes, numbers and addresses
// are the same in all, and so is a letter beside a number, half a code:
//   "error E-04" → "error ", "e 04" → " "
std::string WithoutCodes(std::string_view text, analyzers::Analyzer& analyzer) {
  std::vector<analyzers::Token> tokens = analyzer.Analyze(text);
  std::erase_if(tokens, [](const analyzers::Token& token) {
    return token.role != analyzers::TokenRole::kWhole;
  });
  std::string left;
  uint32_t copied = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const bool half_a_code =
        IsOneLetter(tokens[i]) &&
        ((i > 0 && IsNumber(tokens[i - 1])) ||
         (i + 1 < tokens.size() && IsNumber(tokens[i + 1])));
    if (!tokens[i].is_protected && !half_a_code) continue;
    if (tokens[i].begin < copied) continue;
    left += text.substr(copied, tokens[i].begin - copied);
    copied = tokens[i].end;
  }
  return left.append(text.substr(copied));
}

// Whether there was anything to drop.
bool DropRequired(std::vector<LanguageLookup>* lookups) {
  bool any = false;
  for (LanguageLookup& lookup : *lookups) {
    any = any || !lookup.restriction.required.empty();
    lookup.restriction.required.clear();
  }
  return any;
}

}  // namespace

ParsedQuery ReadSyntax(std::string_view typed, AnalyzerSet& analyzers) {
  return ParseQuery(typed, [&](std::string_view word) {
    return IsFunctionWord(word, analyzers);
  });
}

absl::StatusOr<std::vector<LanguageLookup>> MakeLookups(
    const SearchQuery& query, const std::vector<QueryClause>& clauses,
    SearchContext& context, std::vector<analyzers::LanguageGuess>* guesses) {
  const std::vector<std::string> available =
      context.corpus.Languages(query.audience);
  const std::string words =
      available.empty()
          ? query.text
          : WithoutCodes(query.text, context.analyzers.Of(available.front()));
  const std::string locale = context.registry().Normalize(query.language);
  const std::vector<analyzers::LanguageGuess> of_text =
      context.registry().identifier().Identify(words, locale, available);
  *guesses =
      IdentifyByVocabulary(words, locale, available, query.audience, context);
  std::vector<LanguageLookup> lookups;
  for (QueryLanguage& language :
       ChooseLanguagesOf(of_text, *guesses, query.language, query.languages,
                         available, context.registry())) {
    analyzers::Analyzer& analyzer = context.analyzers.Of(language.language);
    Xapian::Database& database =
        *context.corpus.Find(language.language, query.audience);
    LanguageLookup lookup;
    lookup.words = AnalyzeQuery(query.text, analyzer);
    PruneLongQuery(database, &lookup.words);
    AddSynonyms(context, &lookup.words);
    if (!clauses.empty()) {
      const RestrictedIndex index{
          database,
          context.corpus.ForwardIndexes(language.language, query.audience),
          analyzer};
      absl::StatusOr<Restriction> restriction = MakeRestriction(
          clauses, BuildQuery(lookup.words), query.deadline, index);
      if (!restriction.ok()) return restriction.status();
      lookup.restriction = *std::move(restriction);
    }
    lookup.language = std::move(language);
    lookups.push_back(std::move(lookup));
  }
  return lookups;
}

absl::StatusOr<Candidates> RetrieveOrRelax(const SearchQuery& query,
                                           const LanguagePreference& preferred,
                                           size_t limit, SearchContext& context,
                                           std::vector<LanguageLookup>* lookups,
                                           bool* relaxed) {
  absl::StatusOr<Candidates> found =
      Retrieve(query, *lookups, preferred, limit, context);
  *relaxed = found.ok() && found->best.empty() && DropRequired(lookups);
  if (!*relaxed) return found;
  return Retrieve(query, *lookups, preferred, limit, context);
}

}  // namespace kbsearch::engine
