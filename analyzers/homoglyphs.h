// Letters of Latin, Greek and Cyrillic that look alike. People mix them
// unknowingly ("oзон" with a Latin o, "ΑΤΜ" in Greek letters).
#ifndef KBSEARCH_ANALYZERS_HOMOGLYPHS_H_
#define KBSEARCH_ANALYZERS_HOMOGLYPHS_H_

#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::analyzers {

// The readings of a word in one single script, other than the word itself.
// Case matters: В looks like B, в does not look like b.
//   mixed script:       "oзон" (Latin o) → {"озон"}
//   capitals that all have twins: "САРТСНА" (Cyrillic) → {"CAPTCHA"}
//   anything else:      {}
std::vector<std::u32string> HomoglyphReadings(std::u32string_view word);

// The readings of a code (letters and digits, folded) in the other scripts,
// folded. Case does not matter: codes are read as capitals, and "ε04" is what
// the key E gives on a Greek keyboard.
//   "ε04" (Greek) → {"e04", "е04" (Cyrillic)}
//   "в12" (Cyrillic) → {"b12", "β12"}
//   "ж12", "e", "12": {}
std::vector<std::string> CodeReadings(std::string_view folded);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_HOMOGLYPHS_H_
