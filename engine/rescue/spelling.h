// A word that no document holds → the words of the corpus that were meant.
//
//   "recieve" → receive, "επιστοφες" → επιστροφή (another form of it),
//   "παραγγελεία" → παραγγελία, "abonement" → abonnement
#ifndef KBSEARCH_ENGINE_RESCUE_SPELLING_H_
#define KBSEARCH_ENGINE_RESCUE_SPELLING_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/rescue/language_words.h"

namespace kbsearch::engine {

struct Correction {
  std::string word;      // of the vocabulary
  std::string display;   // as it is mostly written
  double cost = 0;       // of the slip, EditCosts
  double score = 0;      // log10 of how likely it is, up to a constant
  bool is_sure = false;  // enough to search for it unasked
};

// Best first, at most five. `others` are the known words of the query: what
// stands together with them in documents is likelier.
std::vector<Correction> FindCorrections(
    const analyzers::Token& typed, LanguageWords& words,
    const std::vector<analyzers::Token>& others);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_SPELLING_H_
