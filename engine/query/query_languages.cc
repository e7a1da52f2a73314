#include "engine/query/query_languages.h"

#include <algorithm>

namespace kbsearch::engine {
namespace {

// Below this a language is not worth a search of its index.
constexpr double kMinProbability = 0.03;
// What a match in a language of probability 0 is worth beside one in a certain
// language.
constexpr double kWeightFloor = 0.5;

bool Contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

double ProbabilityOf(std::string_view language,
                     const std::vector<analyzers::LanguageGuess>& guesses) {
  const auto guess =
      std::ranges::find(guesses, language, &analyzers::LanguageGuess::language);
  return guess == guesses.end() ? 0.0 : guess->probability;
}

}  // namespace

std::vector<QueryLanguage> ChooseLanguages(
    std::string_view text, std::string_view prior,
    const std::vector<std::string>& only,
    const std::vector<std::string>& available,
    const analyzers::Registry& registry,
    std::vector<analyzers::LanguageGuess>* guesses) {
  *guesses = registry.identifier().Identify(text, registry.Normalize(prior),
                                            available);
  return ChooseLanguagesOf(*guesses, *guesses, prior, only, available,
                           registry);
}

std::vector<QueryLanguage> ChooseLanguagesOf(
    const std::vector<analyzers::LanguageGuess>& of_text,
    const std::vector<analyzers::LanguageGuess>& with_corpus,
    std::string_view prior, const std::vector<std::string>& only,
    const std::vector<std::string>& available,
    const analyzers::Registry& registry) {
  const std::string locale = registry.Normalize(prior);
  std::vector<QueryLanguage> chosen;
  for (const std::string& language : available) {
    if (!only.empty() && !Contains(only, language)) continue;
    // Text without letters (a code, a number) may stand in any language.
    const double probability = with_corpus.empty()
                                   ? (language == locale ? 1.0 : 0.5)
                                   : ProbabilityOf(language, with_corpus);
    if (only.empty() && language != locale &&
        std::max(probability, ProbabilityOf(language, of_text)) <
            kMinProbability) {
      continue;
    }
    chosen.push_back({language, probability,
                      kWeightFloor + (1 - kWeightFloor) * probability});
  }
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const QueryLanguage& a, const QueryLanguage& b) {
                     return a.probability > b.probability;
                   });
  return chosen;
}

}  // namespace kbsearch::engine
