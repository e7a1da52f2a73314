#include "analyzers/lang/nl/dutch.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "analyzers/apostrophes.h"
#include "analyzers/form_table.h"
#include "analyzers/lang/nl/dutch_compounds.h"
#include "analyzers/lang/nl/dutch_lemmatizer.h"
#include "analyzers/lang/nl/separable_verbs.h"
#include "analyzers/lexicon.h"

namespace kbsearch::analyzers {
namespace {

class DutchWords : public Lemmatizer {
 public:
  explicit DutchWords(const DutchLemmatizer& lemmatizer)
      : lemmatizer_(lemmatizer) {}
  void Lemmatize(const Word& word, std::vector<std::string>* lemmas) override {
    lemmatizer_.Lemmatize(word.folded, lemmas);
  }

 private:
  const DutchLemmatizer& lemmatizer_;
};

class Dutch : public Language {
 public:
  Dutch(StopWords stop_words, std::unique_ptr<Lexicon> lexicon,
        FormTable irregulars, DutchCompoundSplitter::Lists lists)
      : stop_words_(std::move(stop_words)),
        lexicon_(std::move(lexicon)),
        lemmatizer_(*lexicon_, std::move(irregulars)),
        lists_(std::move(lists)) {}

  std::unique_ptr<LanguageChain> NewChain() const override {
    auto chain = std::make_unique<LanguageChain>();
    chain->language = "nl";
    chain->stop_words = &stop_words_;
    chain->split_apostrophes = SplitDutchApostrophes;
    chain->lemmatizer = std::make_unique<DutchWords>(lemmatizer_);
    chain->compounds =
        std::make_unique<DutchCompoundSplitter>(lemmatizer_, lists_);
    chain->token_rules.push_back(
        std::make_unique<SeparableVerbRule>(lemmatizer_));
    chain->part_names = {"apostrophes",
                         "fold",
                         "stop words",
                         "irregulars",
                         "lexicon-checked lemmatiser",
                         "compound splitting",
                         "separable verbs"};
    return chain;
  }

  const StopWords& stop_words() const override { return stop_words_; }

  bool IsWord(std::string_view folded) const override {
    return lexicon_->Contains(folded);
  }

 private:
  StopWords stop_words_;
  std::unique_ptr<Lexicon> lexicon_;
  DutchLemmatizer lemmatizer_;
  DutchCompoundSplitter::Lists lists_;
};

absl::StatusOr<DutchCompoundSplitter::Lists> ReadLists(
    const ResourceFolder& folder) {
  const auto lines = folder.ReadTable("nl/compounds.txt");
  if (!lines.ok()) return lines.status();
  DutchCompoundSplitter::Lists lists;
  for (const std::vector<std::string>& line : *lines) {
    absl::flat_hash_set<std::string>* list =
        line[0] == "never"     ? &lists.never_split
        : line[0] == "nofirst" ? &lists.not_first
        : line[0] == "nolast"  ? &lists.not_last
        : line[0] == "short"   ? &lists.short_parts
                               : nullptr;
    if (list == nullptr) {
      return absl::DataLossError(absl::StrCat(
          folder.PathOf("nl/compounds.txt"), ": no list is called '", line[0],
          "'; use never, nofirst, nolast or short"));
    }
    list->insert(line.begin() + 1, line.end());
  }
  return lists;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Language>> LoadDutch(
    const ResourceFolder& folder) {
  absl::StatusOr<StopWords> stop_words = StopWords::Load(folder, "nl");
  if (!stop_words.ok()) return stop_words.status();
  absl::StatusOr<std::unique_ptr<Lexicon>> lexicon =
      Lexicon::Open(folder, "nl/words.bin");
  if (!lexicon.ok()) return lexicon.status();
  absl::StatusOr<FormTable> irregulars =
      ReadFormTable(folder, "nl/irregulars.txt");
  if (!irregulars.ok()) return irregulars.status();
  absl::StatusOr<DutchCompoundSplitter::Lists> lists = ReadLists(folder);
  if (!lists.ok()) return lists.status();
  return std::make_unique<Dutch>(*std::move(stop_words), *std::move(lexicon),
                                 *std::move(irregulars), *std::move(lists));
}

}  // namespace kbsearch::analyzers
