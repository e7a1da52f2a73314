// Known words get the lemmas of the table and nothing else (stemming a lemma
// would join words that differ); unknown words get their Snowball stems.
#ifndef KBSEARCH_ANALYZERS_LEMMA_TABLE_LEMMATIZER_H_
#define KBSEARCH_ANALYZERS_LEMMA_TABLE_LEMMATIZER_H_

#include <string>
#include <vector>

#include "analyzers/language.h"
#include "analyzers/lemma_table.h"
#include "analyzers/snowball_stemmer.h"

namespace kbsearch::analyzers {

class LemmaTableLemmatizer : public Lemmatizer {
 public:
  // `table` must outlive it; `algorithm` as libstemmer names it.
  LemmaTableLemmatizer(const LemmaTable& table, const char* algorithm)
      : table_(table), stemmer_(algorithm) {}

  void Lemmatize(const Word& word, std::vector<std::string>* lemmas) override;

 private:
  const LemmaTable& table_;
  SnowballStemmer stemmer_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LEMMA_TABLE_LEMMATIZER_H_
