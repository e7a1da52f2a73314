// Dutch compounds: "klantenservice" → klanten + service. A word is divided
// where both halves are words that readily join others (their weight in the
// lexicon), and more so than the word as a whole does.
#ifndef KBSEARCH_ANALYZERS_LANG_NL_DUTCH_COMPOUNDS_H_
#define KBSEARCH_ANALYZERS_LANG_NL_DUTCH_COMPOUNDS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "analyzers/lang/nl/dutch_lemmatizer.h"
#include "analyzers/language.h"

namespace kbsearch::analyzers {

class DutchCompoundSplitter : public CompoundSplitter {
 public:
  struct Lists {
    absl::flat_hash_set<std::string> never_split;  // "wachtwoord"
    absl::flat_hash_set<std::string> not_first;    // prepositions, prefixes
    absl::flat_hash_set<std::string> not_last;     // "ling", "heid"
    absl::flat_hash_set<std::string> short_parts;  // three letters: "bon"
  };

  // Both must outlive it.
  DutchCompoundSplitter(const DutchLemmatizer& lemmatizer, const Lists& lists)
      : lemmatizer_(lemmatizer), lists_(lists) {}

  std::vector<Part> Split(const Word& word,
                          std::span<const std::string> lemmas) override;

 private:
  // The weight of a head that is no word of its own: "zonne" (zonnepaneel),
  // "kinder" (kinderfiets); 0 for other stretches.
  double LinkedWeight(std::string_view head) const;
  // How well [begin, end) serves as a part; 0 when it does not.
  double PartWeight(const std::string& word, size_t begin, size_t end) const;
  std::vector<Part> BestSplit(const std::string& word, size_t begin, int parts,
                              double* score) const;

  const DutchLemmatizer& lemmatizer_;
  const Lists& lists_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_NL_DUTCH_COMPOUNDS_H_
