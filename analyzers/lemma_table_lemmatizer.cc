#include "analyzers/lemma_table_lemmatizer.h"

#include "analyzers/fold.h"

namespace kbsearch::analyzers {

void LemmaTableLemmatizer::Lemmatize(const Word& word,
                                     std::vector<std::string>* lemmas) {
  const std::string lower = Lower(word.surface);
  // The accented form says which of the folded form's lemmas is meant.
  if (lower != word.folded && table_.Lookup(lower, lemmas)) return;
  if (table_.Lookup(word.folded, lemmas)) return;
  std::string stem = Fold(std::string_view(stemmer_.Stem(lower)));
  lemmas->push_back(stem.empty() ? std::string(word.folded) : stem);
  // A reader may leave the accents out.
  if (lower != word.folded) lemmas->push_back(stemmer_.Stem(word.folded));
}

}  // namespace kbsearch::analyzers
