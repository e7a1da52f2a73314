#include "analyzers/lang/ru/russian.h"

#include <utility>

#include "analyzers/apostrophes.h"
#include "analyzers/lemma_table.h"
#include "analyzers/lemma_table_lemmatizer.h"

namespace kbsearch::analyzers {
namespace {

// The dictionary has few passives: "скачивается" is what is done when one
// "скачивает".
class RussianWords : public Lemmatizer {
 public:
  explicit RussianWords(const LemmaTable& table)
      : table_(table), others_(table, "russian") {}

  void Lemmatize(const Word& word, std::vector<std::string>* lemmas) override {
    const bool reflexive =
        word.folded.ends_with("ся") || word.folded.ends_with("сь");
    constexpr size_t kEnding = std::string_view("ся").size();
    if (reflexive && !table_.Contains(word.folded) &&
        table_.Lookup(word.folded.substr(0, word.folded.size() - kEnding),
                      lemmas)) {
      return;
    }
    others_.Lemmatize(word, lemmas);
  }

 private:
  const LemmaTable& table_;
  LemmaTableLemmatizer others_;
};

class Russian : public Language {
 public:
  Russian(StopWords stop_words, std::unique_ptr<LemmaTable> lemmas)
      : stop_words_(std::move(stop_words)), lemmas_(std::move(lemmas)) {}

  std::unique_ptr<LanguageChain> NewChain() const override {
    auto chain = std::make_unique<LanguageChain>();
    chain->language = "ru";
    chain->stop_words = &stop_words_;
    chain->split_apostrophes = KeepApostrophes;
    chain->lemmatizer = std::make_unique<RussianWords>(*lemmas_);
    chain->part_names = {"fold", "stop words", "lemma table",
                         "Snowball russian for unknown words"};
    return chain;
  }

  const StopWords& stop_words() const override { return stop_words_; }

  bool IsWord(std::string_view folded) const override {
    return lemmas_->Contains(folded);
  }

 private:
  StopWords stop_words_;
  std::unique_ptr<LemmaTable> lemmas_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Language>> LoadRussian(
    const ResourceFolder& folder) {
  absl::StatusOr<StopWords> stop_words = StopWords::Load(folder, "ru");
  if (!stop_words.ok()) return stop_words.status();
  absl::StatusOr<std::unique_ptr<LemmaTable>> lemmas =
      LemmaTable::Open(folder, "ru/lemmas.bin");
  if (!lemmas.ok()) return lemmas.status();
  return std::make_unique<Russian>(*std::move(stop_words), *std::move(lemmas));
}

}  // namespace kbsearch::analyzers
