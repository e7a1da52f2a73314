#include "analyzers/snowball_language.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "analyzers/ending_stemmer.h"
#include "analyzers/fold.h"
#include "analyzers/snowball_stemmer.h"

namespace kbsearch::analyzers {
namespace {

// The stem of the accented word, and that of the folded one: a reader may
// leave the accents out ("Häuser" → haus; "Hauser" → haus).
class SnowballWords : public Lemmatizer {
 public:
  explicit SnowballWords(const char* algorithm) : stemmer_(algorithm) {}

  void Lemmatize(const Word& word, std::vector<std::string>* lemmas) override {
    const std::string lower = Lower(word.surface);
    std::string stem = Fold(std::string_view(stemmer_.Stem(lower)));
    lemmas->push_back(stem.empty() ? std::string(word.folded) : stem);
    if (lower != word.folded) lemmas->push_back(stemmer_.Stem(word.folded));
  }

 private:
  SnowballStemmer stemmer_;
};

class EndingWords : public Lemmatizer {
 public:
  explicit EndingWords(const EndingStemmer& stemmer) : stemmer_(stemmer) {}

  void Lemmatize(const Word& word, std::vector<std::string>* lemmas) override {
    lemmas->push_back(stemmer_.Stem(word.folded));
  }

 private:
  const EndingStemmer& stemmer_;
};

class SnowballLanguage : public Language {
 public:
  SnowballLanguage(std::string_view code, const SnowballPlan& plan,
                   StopWords stop_words, std::optional<EndingStemmer> endings)
      : code_(code),
        plan_(plan),
        stop_words_(std::move(stop_words)),
        endings_(std::move(endings)) {}

  std::unique_ptr<LanguageChain> NewChain() const override {
    auto chain = std::make_unique<LanguageChain>();
    chain->language = code_;
    chain->stop_words = &stop_words_;
    chain->split_apostrophes = plan_.split_apostrophes;
    chain->part_names = {"apostrophes", "fold", "stop words"};
    if (endings_.has_value()) {
      chain->lemmatizer = std::make_unique<EndingWords>(*endings_);
      chain->part_names.emplace_back("endings");
    } else {
      chain->lemmatizer = std::make_unique<SnowballWords>(plan_.algorithm);
      chain->part_names.push_back(absl::StrCat("Snowball ", plan_.algorithm));
    }
    return chain;
  }

  const StopWords& stop_words() const override { return stop_words_; }
  // Without a dictionary no word is known to be one.
  bool IsWord(std::string_view /*folded*/) const override { return false; }

 private:
  std::string code_;
  SnowballPlan plan_;
  StopWords stop_words_;
  std::optional<EndingStemmer> endings_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Language>> LoadSnowballLanguage(
    const ResourceFolder& folder, std::string_view code,
    const SnowballPlan& plan) {
  absl::StatusOr<StopWords> stop_words = StopWords::Load(folder, code);
  if (!stop_words.ok()) return stop_words.status();
  std::optional<EndingStemmer> endings;
  if (plan.algorithm == nullptr) {
    absl::StatusOr<EndingStemmer> loaded =
        EndingStemmer::Load(folder, std::string(code) + "/endings.txt");
    if (!loaded.ok()) return loaded.status();
    endings = *std::move(loaded);
  } else if (!SnowballStemmer::Has(plan.algorithm)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "language ", std::string(code), ": libstemmer has no ", plan.algorithm,
        " algorithm; install libstemmer 2.2 or "
        "newer"));
  }
  return std::make_unique<SnowballLanguage>(code, plan, *std::move(stop_words),
                                            std::move(endings));
}

}  // namespace kbsearch::analyzers
