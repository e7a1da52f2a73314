#include "engine/query/vocabulary_evidence.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace kbsearch::engine {
namespace {

constexpr size_t kMaxBytes = 200;
// Log-odds that one word may give against a language.
constexpr double kWordLimit = 2;
constexpr double kVoice = 1.2;
// Documents with the word that a language without any is taken to have.
constexpr double kUnseen = 0.01;
// Added to a language's documents: a share of few documents says little.
constexpr double kFewDocuments = 50;

std::set<std::string> WordsOf(std::string_view text,
                              analyzers::Analyzer& analyzer) {
  std::set<std::string> words;
  for (analyzers::Token& token : analyzer.Analyze(text)) {
    if (token.role == analyzers::TokenRole::kWhole) {
      words.insert(std::move(token.exact));
    }
  }
  return words;
}

}  // namespace

void WeighByVocabulary(std::string_view text, Audience audience,
                       SearchContext& context,
                       std::vector<analyzers::LanguageGuess>* guesses) {
  if (guesses->size() < 2 || text.size() > kMaxBytes) return;
  struct Language {
    Vocabulary vocabulary;
    double documents;
    double log_odds = 0;
  };
  std::vector<Language> languages;
  for (const analyzers::LanguageGuess& guess : *guesses) {
    const Xapian::Database* database =
        context.corpus.Find(guess.language, audience);
    languages.push_back({context.corpus.VocabularyOf(guess.language, audience),
                         database == nullptr
                             ? 0.0
                             : static_cast<double>(database->get_doccount())});
  }
  std::vector<double> shares(languages.size());
  for (const std::string& word :
       WordsOf(text, context.analyzers.Of(guesses->front().language))) {
    bool any = false;
    for (size_t i = 0; i < languages.size(); ++i) {
      const auto found = languages[i].vocabulary.Find(word);
      any = any || found.has_value();
      const double holding = found ? found->documents : 0;
      shares[i] = std::log((holding + kUnseen) /
                           (languages[i].documents + kFewDocuments));
    }
    if (!any) continue;
    const double most = *std::ranges::max_element(shares);
    for (size_t i = 0; i < languages.size(); ++i) {
      languages[i].log_odds += kVoice * std::max(shares[i] - most, -kWordLimit);
    }
  }
  double total = 0;
  for (size_t i = 0; i < languages.size(); ++i) {
    (*guesses)[i].probability *= std::exp(languages[i].log_odds);
    total += (*guesses)[i].probability;
  }
  for (analyzers::LanguageGuess& guess : *guesses) guess.probability /= total;
  std::ranges::stable_sort(*guesses, std::ranges::greater(),
                           &analyzers::LanguageGuess::probability);
}

}  // namespace kbsearch::engine
