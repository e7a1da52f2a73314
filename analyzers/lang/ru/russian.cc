#include "analyzers/lang/ru/russian.h"

#include <utility>

#include "analyzers/apostrophes.h"
#include "analyzers/lemma_table.h"
#include "analyzers/lemma_table_lemmatizer.h"

namespace kbsearch::analyzers {
namespace {

class Russian : public Language {
 public:
  Russian(StopWords stop_words, std::unique_ptr<LemmaTable> lemmas)
      : stop_words_(std::move(stop_words)), lemmas_(std::move(lemmas)) {}

  std::unique_ptr<LanguageChain> NewChain() const override {
    auto chain = std::make_unique<LanguageChain>();
    chain->language = "ru";
    chain->stop_words = &stop_words_;
    chain->split_apostrophes = KeepApostrophes;
    chain->lemmatizer =
        std::make_unique<LemmaTableLemmatizer>(*lemmas_, "russian");
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
