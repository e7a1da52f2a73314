// How languages read a word with an apostrophe in it. Each function is an
// ApostropheRule (language.h).
#ifndef KBSEARCH_ANALYZERS_APOSTROPHES_H_
#define KBSEARCH_ANALYZERS_APOSTROPHES_H_

#include <string_view>
#include <vector>

#include "analyzers/language.h"

namespace kbsearch::analyzers {

// "customer's" → "customer", "O'Brien" → "O'Brien", "can't" → "can't",
// "we'll" → "we".
std::vector<WordPiece> SplitEnglishApostrophes(std::u32string_view word);

// "l'adresse" → "adresse", "jusqu'à" → "à", "aujourd'hui" whole.
std::vector<WordPiece> SplitFrenchApostrophes(std::u32string_view word);

// "l'articolo" → "articolo", "dell'ordine" → "ordine", "un po'" as English.
std::vector<WordPiece> SplitItalianApostrophes(std::u32string_view word);

// "foto's" whole (its folded form is the common misspelling "fotos"),
// "zo'n" → "zo".
std::vector<WordPiece> SplitDutchApostrophes(std::u32string_view word);

// Greek script is divided ("απ'το" → "απ", "το"), Latin read as English.
std::vector<WordPiece> SplitGreekApostrophes(std::u32string_view word);

// Cyrillic stays whole ("Д'Артаньян"), Latin is read as English.
std::vector<WordPiece> KeepApostrophes(std::u32string_view word);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_APOSTROPHES_H_
