#include "analyzers/lang/en/english.h"

#include <utility>

#include "analyzers/apostrophes.h"
#include "analyzers/form_table.h"
#include "analyzers/lang/en/english_compounds.h"
#include "analyzers/lang/en/english_lemmatizer.h"
#include "analyzers/lexicon.h"

namespace kbsearch::analyzers {
namespace {

using WordPairs = std::vector<std::pair<std::string, std::string>>;

class English : public Language {
 public:
  English(StopWords stop_words, EnglishTables tables, WordPairs compounds,
          std::unique_ptr<Lexicon> lexicon)
      : stop_words_(std::move(stop_words)),
        tables_(std::move(tables)),
        compounds_(std::move(compounds)),
        lexicon_(std::move(lexicon)) {}

  std::unique_ptr<LanguageChain> NewChain() const override {
    auto chain = std::make_unique<LanguageChain>();
    chain->language = "en";
    chain->stop_words = &stop_words_;
    chain->split_apostrophes = SplitEnglishApostrophes;
    auto lemmatizer = std::make_unique<EnglishLemmatizer>(tables_);
    chain->token_rules.push_back(std::make_unique<EnglishNegationRule>());
    chain->token_rules.push_back(
        std::make_unique<ClosedCompoundRule>(compounds_, lemmatizer.get()));
    chain->lemmatizer = std::move(lemmatizer);
    chain->part_names = {"possessives",       "fold",       "stop words",
                         "exceptions",        "irregulars", "Snowball english",
                         "American spelling", "negations",  "closed compounds"};
    return chain;
  }

  const StopWords& stop_words() const override { return stop_words_; }

  bool IsWord(std::string_view folded) const override {
    return lexicon_->Contains(folded);
  }

 private:
  StopWords stop_words_;
  EnglishTables tables_;
  WordPairs compounds_;
  std::unique_ptr<Lexicon> lexicon_;
};

absl::StatusOr<WordPairs> ReadCompounds(const ResourceFolder& folder) {
  const auto lines = folder.ReadTable("en/closed_compounds.txt");
  if (!lines.ok()) return lines.status();
  WordPairs pairs;
  for (const std::vector<std::string>& line : *lines) {
    pairs.emplace_back(line[0], line[1]);
  }
  return pairs;
}

absl::StatusOr<EnglishTables> ReadTables(const ResourceFolder& folder) {
  EnglishTables tables;
  const std::pair<const char*, FormTable*> kFiles[] = {
      {"en/irregulars.txt", &tables.irregulars},
      {"en/exceptions.txt", &tables.exceptions},
      {"en/spellings.txt", &tables.spellings}};
  for (const auto& [name, table] : kFiles) {
    absl::StatusOr<FormTable> read = ReadFormTable(folder, name);
    if (!read.ok()) return read.status();
    *table = *std::move(read);
  }
  const auto keep = folder.ReadLines("en/keep_ise.txt");
  if (!keep.ok()) return keep.status();
  tables.keep_ise.insert(keep->begin(), keep->end());
  return tables;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Language>> LoadEnglish(
    const ResourceFolder& folder) {
  absl::StatusOr<StopWords> stop_words = StopWords::Load(folder, "en");
  if (!stop_words.ok()) return stop_words.status();
  absl::StatusOr<EnglishTables> tables = ReadTables(folder);
  if (!tables.ok()) return tables.status();
  absl::StatusOr<WordPairs> compounds = ReadCompounds(folder);
  if (!compounds.ok()) return compounds.status();
  absl::StatusOr<std::unique_ptr<Lexicon>> lexicon =
      Lexicon::Open(folder, "en/words.bin");
  if (!lexicon.ok()) return lexicon.status();
  return std::make_unique<English>(*std::move(stop_words), *std::move(tables),
                                   *std::move(compounds),
                                   *std::move(lexicon));
}

}  // namespace kbsearch::analyzers
