#include "engine/query/vocabulary_evidence.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_set.h"
#include "analyzers/fold.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kMaxBytes = 200;
// Log-odds that one word may give against a language.
constexpr double kWordLimit = 6;
// Documents with the word that a language without any is taken to have.
constexpr double kUnseen = 0.03;
// Added to a language's documents: a share of few documents says little.
constexpr double kFewDocuments = 50;
// Of a word in so many documents the identifier's opinion counts half of what
// it can lose; a part of it always counts, as corpora have foreign words.
constexpr double kWellKnown = 5;
constexpr double kLeastTrust = 0.3;

// What the corpus tells of the words of one text.
class Witness {
 public:
  Witness(const std::vector<std::string>& among, Audience audience,
          OpenCorpus& corpus) {
    for (const std::string& language : among) {
      const Xapian::Database* database = corpus.Find(language, audience);
      const double documents =
          database == nullptr ? 0 : database->get_doccount();
      languages_.push_back(
          {language, corpus.VocabularyOf(language, audience), documents});
    }
  }

  // Notes what the corpus tells of the word. Returns how much the identifier's
  // opinion of it counts.
  double Hear(std::string_view word) {
    const std::string folded = analyzers::Fold(word);
    // One letter is a name, or what an apostrophe parts: "don't", "s'il".
    if (folded.size() < 2) return 1;
    double all = 0;
    double most = -1e9;
    for (Language& language : languages_) {
      const auto found = language.vocabulary.Find(folded);
      const double holding = found ? found->documents : 0;
      all += holding;
      language.share =
          std::log((holding + kUnseen) / (language.documents + kFewDocuments));
      most = std::max(most, language.share);
    }
    if (all == 0) return 1;
    if (heard_.insert(folded).second) {
      for (Language& language : languages_) {
        language.log_odds += std::max(language.share - most, -kWordLimit);
      }
    }
    return kLeastTrust + (1 - kLeastTrust) * kWellKnown / (kWellKnown + all);
  }

  // Adds what was heard to guesses of the same languages.
  void Weigh(std::vector<analyzers::LanguageGuess>* guesses) const {
    double total = 0;
    for (analyzers::LanguageGuess& guess : *guesses) {
      const auto language =
          std::ranges::find(languages_, guess.language, &Language::code);
      guess.probability *= std::exp(language->log_odds);
      total += guess.probability;
    }
    for (analyzers::LanguageGuess& guess : *guesses) guess.probability /= total;
    std::ranges::stable_sort(*guesses, std::ranges::greater(),
                             &analyzers::LanguageGuess::probability);
  }

 private:
  struct Language {
    std::string code;
    Vocabulary vocabulary;
    double documents;
    double log_odds = 0;
    double share = 0;  // of the word that is heard: a logarithm
  };
  std::vector<Language> languages_;
  absl::flat_hash_set<std::string> heard_;
};

}  // namespace

std::vector<analyzers::LanguageGuess> IdentifyByVocabulary(
    std::string_view text, std::string_view prior,
    const std::vector<std::string>& among, Audience audience,
    SearchContext& context) {
  const analyzers::LanguageIdentifier& identifier =
      context.registry().identifier();
  if (among.size() < 2 || text.size() > kMaxBytes) {
    return identifier.Identify(text, prior, among);
  }
  Witness witness(among, audience, context.corpus);
  std::vector<analyzers::LanguageGuess> guesses = identifier.IdentifyTrusting(
      [&](std::string_view word) { return witness.Hear(word); }, text, prior,
      among);
  witness.Weigh(&guesses);
  return guesses;
}

}  // namespace kbsearch::engine
