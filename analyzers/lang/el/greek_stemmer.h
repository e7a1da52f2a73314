// A light stemmer for modern Greek on folded words (no accents, σ for ς).
// Snowball's Greek parts forms that belong together (κωδικός/κωδικού,
// τιμολόγιο/τιμολογίου); this one takes inflection off and little more.
//
//   κωδικοσ, κωδικου, κωδικων        → κωδικ
//   παραγγελια, παραγγελιων          → παραγγελ
//   ρυθμιση, ρυθμισεισ, ρυθμιζω      → ρυθμιζ (beside ρυθμισ)
//   ανοιξτε, ανοιγω                  → ανοιξ (beside ανοιγ)
//   πληρωμη, πληρωνω, πληρωθηκε      → πληρω (beside πληρωμ, πληρων)
#ifndef KBSEARCH_ANALYZERS_LANG_EL_GREEK_STEMMER_H_
#define KBSEARCH_ANALYZERS_LANG_EL_GREEK_STEMMER_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/form_table.h"

namespace kbsearch::analyzers {

// Thread-safe, immutable.
class GreekStemmer {
 public:
  // `exceptions`: folded form → its lemmas and no others. `stem_aliases`:
  // stem → stems it stands for too (irregular aorists: στειλ → στελν).
  GreekStemmer(FormTable exceptions, FormTable stem_aliases)
      : exceptions_(std::move(exceptions)),
        stem_aliases_(std::move(stem_aliases)) {}

  // Appends the stems of a folded Greek word: one, or several where the word
  // may be a form of a verb with two stems.
  void Stem(std::string_view folded, std::vector<std::string>* stems) const;

 private:
  FormTable exceptions_;
  FormTable stem_aliases_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_EL_GREEK_STEMMER_H_
