// The Russian dictionary lists much of a noun as words of their own: all forms
// where a vowel comes and goes ("угол", "угла", "углы"), instrumentals behind
// hissing letters ("ключом"), plurals ("чертежи"), nouns in -мя ("времени").
// This puts them together again: a form belongs to a nominative when the
// dictionary has enough other forms of the same stem.
#ifndef KBSEARCH_ANALYZERS_TABLES_RUSSIAN_NOUNS_H_
#define KBSEARCH_ANALYZERS_TABLES_RUSSIAN_NOUNS_H_

#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"

namespace kbsearch::analyzers {

class RussianNouns {
 public:
  // All words folded. `forms`: every form that the dictionary has; `words`:
  // those of them that may be nominatives, that is, dictionary entries. Both
  // must outlive it.
  RussianNouns(const absl::flat_hash_set<std::string>& forms,
               const absl::flat_hash_set<std::string>& words)
      : forms_(forms), words_(words) {}

  // "углами" → "угол", "ключом" → "ключ", "времени" → "время"; empty when the
  // dictionary has no nominative that fits.
  std::string NominativeOf(std::string_view form) const;

  // The same for a dictionary word that is a regular nominative plural:
  // "чертежи" → "чертеж". Not "сани", for "сан" has "саны".
  std::string SingularOf(std::string_view word) const;

 private:
  std::string SingularOfYa(std::u32string_view plural) const;
  std::string FirstFitting(std::u32string_view stem, bool soft) const;
  // How many of the endings of a masculine or a noun in -мя the stem has.
  int CountEndings(std::u32string_view stem) const;
  bool HasForm(std::u32string_view stem, std::u32string_view ending) const;

  const absl::flat_hash_set<std::string>& forms_;
  const absl::flat_hash_set<std::string>& words_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TABLES_RUSSIAN_NOUNS_H_
