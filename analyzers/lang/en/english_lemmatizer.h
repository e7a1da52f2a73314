// English words → stems: see english.h.
#ifndef KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_LEMMATIZER_H_
#define KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_LEMMATIZER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "analyzers/form_table.h"
#include "analyzers/language.h"
#include "analyzers/snowball_stemmer.h"

namespace kbsearch::analyzers {

// Immutable and shared.
struct EnglishTables {
  FormTable irregulars;  // "forgotten" → "forget": the base is then stemmed;
                         // also behind a verb's prefix (overwrote)
  FormTable exceptions;  // "business" → "business": the lemma, not stemmed; for
                         // its regular forms too
  FormTable spellings;  // "colour" → "color", base forms
  absl::flat_hash_set<std::string> keep_ise;  // "promise": no -ize spelling
};

class EnglishLemmatizer : public Lemmatizer {
 public:
  // `tables` must outlive it.
  explicit EnglishLemmatizer(const EnglishTables& tables);

  void Lemmatize(const Word& word, std::vector<std::string>* lemmas) override;

 private:
  std::string Stem(std::string_view word);
  bool FromExceptions(std::string_view word,
                      std::vector<std::string>* lemmas) const;
  bool FromIrregulars(std::string_view word, std::vector<std::string>* lemmas);

  const EnglishTables& tables_;
  SnowballStemmer stemmer_;
  // British stem → American stem, from the spellings.
  absl::flat_hash_map<std::string, std::string> american_;
};

// Joins "can not", "does not" … into the token of "cant", "doesnt", so that
// contracted, uncontracted and misspelt forms meet.
class EnglishNegationRule : public TokenRule {
 public:
  void Apply(std::string_view text, size_t first,
             std::vector<Token>* tokens) override;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_EN_ENGLISH_LEMMATIZER_H_
