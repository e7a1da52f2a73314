// Which languages of a corpus a query is looked up in, and what a match in each
// is worth.
#ifndef KBSEARCH_ENGINE_QUERY_QUERY_LANGUAGES_H_
#define KBSEARCH_ENGINE_QUERY_QUERY_LANGUAGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/registry.h"

namespace kbsearch::engine {

struct QueryLanguage {
  std::string language;
  double probability = 0;  // that the query is in it
  double weight = 1;       // factor of its scores when results are merged
};

// Of the `available` languages of a corpus, those the query may be in,
// likeliest first; with `only` set, all of those that are available. The user's
// locale `prior` is always in play. `guesses` (out) are the identifier's own.
std::vector<QueryLanguage> ChooseLanguages(
    std::string_view text, std::string_view prior,
    const std::vector<std::string>& only,
    const std::vector<std::string>& available,
    const analyzers::Registry& registry,
    std::vector<analyzers::LanguageGuess>* guesses);

// The same by two opinions: of the text alone and with what the corpus tells
// (vocabulary_evidence.h). A language that either takes for possible is in
// play, with the probability of the latter.
std::vector<QueryLanguage> ChooseLanguagesOf(
    const std::vector<analyzers::LanguageGuess>& of_text,
    const std::vector<analyzers::LanguageGuess>& with_corpus,
    std::string_view prior, const std::vector<std::string>& only,
    const std::vector<std::string>& available,
    const analyzers::Registry& registry);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_QUERY_QUERY_LANGUAGES_H_
