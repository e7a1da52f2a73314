// Folding: the form under which spellings of one word meet, whatever the case,
// the accents, the ligatures and the typography.
//
//   Fold("ΚΩΔΙΚΌΣ") = Fold("κωδικός") = "κωδικοσ"
//   Fold("Ἀγορᾷ") = "αγορα"      (marks go before the case, never ᾳ → αι)
//   Fold("Счёт") = "счет", Fold("Йод") = "йод"   (the breve of й is kept)
//   Fold("Cœur") = "coeur", Fold("Groß") = "gross", Fold("prĳs") = "prijs"
#ifndef KBSEARCH_ANALYZERS_FOLD_H_
#define KBSEARCH_ANALYZERS_FOLD_H_

#include <string>
#include <string_view>

namespace kbsearch::analyzers {

// Thread-safe. The result may be empty (a text of combining marks only).
void AppendFolded(std::u32string_view text, std::string* out);
std::string Fold(std::u32string_view text);
std::string Fold(std::string_view utf8);

// Lower case with accents, composed: what dictionaries are written in.
//   Lower("RÉSEAU") = "réseau"; final sigma is written ς.
std::string Lower(std::u32string_view text);
std::string Lower(std::string_view utf8);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_FOLD_H_
