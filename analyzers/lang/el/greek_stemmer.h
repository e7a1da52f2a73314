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
#include "analyzers/lexicon.h"

namespace kbsearch::analyzers {

// Thread-safe, immutable.
class GreekStemmer {
 public:
  // `exceptions`: folded form → its lemmas and no others. `stem_aliases`:
  // stem → stems it stands for too (επιλογ → επιλεξ). `verb_roots`: stem of an
  // irregular verb → its root, also behind prepositions (θεσ, τιθ → θετ).
  // `lexicon` must outlive it.
  GreekStemmer(const Lexicon& lexicon, FormTable exceptions,
               FormTable stem_aliases, FormTable verb_roots)
      : lexicon_(lexicon),
        exceptions_(std::move(exceptions)),
        stem_aliases_(std::move(stem_aliases)),
        verb_roots_(std::move(verb_roots)) {}

  // Appends the stems of a folded Greek word: one, or several where the word
  // may be a form of a verb with two stems.
  void Stem(std::string_view folded, std::vector<std::string>* stems) const;

 private:
  void AddRoots(std::u32string_view stem, const std::string& prepositions,
                int depth, std::vector<std::string>* roots) const;

  // The stem of an adjective in -ματος, empty for nouns in -μα.
  // Appends the stems of the nouns of action of an aorist's stem.
  void AddNounStems(std::u32string_view stem,
                    std::vector<std::string>* stems) const;
  std::string AdjectiveStem(std::string_view folded) const;

  const Lexicon& lexicon_;
  FormTable exceptions_;
  FormTable stem_aliases_;
  FormTable verb_roots_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_EL_GREEK_STEMMER_H_
