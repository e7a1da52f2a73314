// Codes in a query that its words alone do not show: written apart, or on a
// keyboard of another alphabet.
//
//   "error e 04"    → e04 at the words e and 04
//   "sku 4471-b"    → sku4471b at all three
//   "σφάλμα Ε-04"   → e04 (Latin) at Ε-04
//   "e04"           → "e 04" where articles write it so
#ifndef KBSEARCH_ENGINE_RESCUE_CODES_H_
#define KBSEARCH_ENGINE_RESCUE_CODES_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/query/query_words.h"
#include "engine/rescue/language_words.h"

namespace kbsearch::engine {

// The codes that documents of the language hold, as they may stand for words of
// the query; from left to right, the longest first, none over another. `pieces`
// are those that `words` reads in `text`; what a code covers becomes known.
std::vector<JoinedWord> FindCodes(std::string_view text,
                                  const LanguageWords& words,
                                  std::vector<QueryPiece>* pieces);

// The letters and the digits of a code apart, when a document has them one
// behind the other: "e04" → "e 04". Empty when none has.
std::string DivideCode(const QueryPiece& piece, LanguageWords& words);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_CODES_H_
