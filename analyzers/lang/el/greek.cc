#include "analyzers/lang/el/greek.h"

#include <algorithm>
#include <utility>

#include "analyzers/apostrophes.h"
#include "analyzers/characters.h"
#include "analyzers/form_table.h"
#include "analyzers/lang/el/greek_stemmer.h"
#include "analyzers/lexicon.h"
#include "analyzers/snowball_stemmer.h"

namespace kbsearch::analyzers {
namespace {

class GreekLemmatizer : public Lemmatizer {
 public:
  explicit GreekLemmatizer(const GreekStemmer& stemmer)
      : greek_(stemmer), latin_("english") {}

  void Lemmatize(const Word& word, std::vector<std::string>* lemmas) override {
    const bool greek = std::ranges::any_of(word.surface, [](char32_t c) {
      return ClassOf(c).script == Script::kGreek;
    });
    if (greek) {
      greek_.Stem(word.folded, lemmas);
    } else {
      lemmas->push_back(latin_.Stem(word.folded));
    }
  }

 private:
  const GreekStemmer& greek_;
  SnowballStemmer latin_;
};

class Greek : public Language {
 public:
  Greek(StopWords stop_words, std::unique_ptr<Lexicon> lexicon,
        GreekStemmer stemmer)
      : stop_words_(std::move(stop_words)),
        lexicon_(std::move(lexicon)),
        stemmer_(std::move(stemmer)) {}

  std::unique_ptr<LanguageChain> NewChain() const override {
    auto chain = std::make_unique<LanguageChain>();
    chain->language = "el";
    chain->stop_words = &stop_words_;
    chain->split_apostrophes = SplitGreekApostrophes;
    chain->lemmatizer = std::make_unique<GreekLemmatizer>(stemmer_);
    chain->part_names = {"apostrophes", "fold", "stop words", "exceptions",
                         "Greek light stemmer"};
    return chain;
  }

  const StopWords& stop_words() const override { return stop_words_; }

  bool IsWord(std::string_view folded) const override {
    return lexicon_->Contains(folded);
  }

 private:
  StopWords stop_words_;
  std::unique_ptr<Lexicon> lexicon_;
  GreekStemmer stemmer_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Language>> LoadGreek(
    const ResourceFolder& folder) {
  absl::StatusOr<StopWords> stop_words = StopWords::Load(folder, "el");
  if (!stop_words.ok()) return stop_words.status();
  absl::StatusOr<FormTable> exceptions =
      ReadFormTable(folder, "el/exceptions.txt");
  if (!exceptions.ok()) return exceptions.status();
  absl::StatusOr<FormTable> aliases =
      ReadFormTable(folder, "el/stem_aliases.txt");
  if (!aliases.ok()) return aliases.status();
  absl::StatusOr<FormTable> roots = ReadFormTable(folder, "el/verb_roots.txt");
  if (!roots.ok()) return roots.status();
  absl::StatusOr<std::unique_ptr<Lexicon>> lexicon =
      Lexicon::Open(folder, "el/words.bin");
  if (!lexicon.ok()) return lexicon.status();
  GreekStemmer stemmer(**lexicon, *std::move(exceptions), *std::move(aliases),
                       *std::move(roots));
  return std::make_unique<Greek>(*std::move(stop_words), *std::move(lexicon),
                                 std::move(stemmer));
}

}  // namespace kbsearch::analyzers
