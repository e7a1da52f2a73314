// Dutch: takes inflection off and checks every step against the lexicon, since
// Dutch spelling hides the base (prijzen → prijs, taken → taak, takken → tak).
// Nouns go to the singular, verbs to the bare stem (betalen, betaalt, betaald
// → betaal), so that a word that is both meets itself.
#ifndef KBSEARCH_ANALYZERS_LANG_NL_DUTCH_LEMMATIZER_H_
#define KBSEARCH_ANALYZERS_LANG_NL_DUTCH_LEMMATIZER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "analyzers/form_table.h"
#include "analyzers/lexicon.h"

namespace kbsearch::analyzers {

// Thread-safe, immutable.
class DutchLemmatizer {
 public:
  // `irregulars`: folded form → its bases and no others.
  DutchLemmatizer(const Lexicon& lexicon, FormTable irregulars)
      : lexicon_(lexicon), irregulars_(std::move(irregulars)) {
    for (const auto& [form, bases] : irregulars_) {
      irregular_bases_.insert(bases.begin(), bases.end());
    }
  }

  // Appends the bases of a folded word. An unknown word goes by its last part
  // that is known; failing that it is taken as it is, less a plural's -s.
  void Lemmatize(std::string_view folded,
                 std::vector<std::string>* bases) const;

  // Is there a verb with this stem? "betaal" (betalen), "uitlog" (uitloggen).
  bool IsVerbStem(std::string_view stem) const;

  const Lexicon& lexicon() const { return lexicon_; }

 private:
  std::string VerbBase(const std::string& word) const;
  std::string Reduce(const std::string& word) const;
  std::string StemInParticiple(std::string_view particle,
                               const std::string& body) const;
  std::string FromPlural(const std::string& word) const;
  std::string FromS(const std::string& word) const;
  std::string FromParticiple(const std::string& word) const;
  std::string FromThirdPerson(const std::string& word) const;
  std::string FromPast(const std::string& word) const;
  std::string FromAdjective(const std::string& word) const;
  std::string FromDiminutive(const std::string& word) const;
  // "ontvangen", "opgezocht": an irregular verb behind a prefix.
  bool FromPrefixedIrregular(const std::string& word,
                             std::vector<std::string>* bases) const;
  bool IsNoun(const std::string& word) const;
  bool IsNounInE(const std::string& word) const;
  bool HasComparative(const std::string& base) const;
  bool HasPast(const std::string& stem) const;
  bool HasAnyPast(const std::string& stem) const;
  // Of an unknown word; empty when it is none.
  std::string FromForeignVerb(const std::string& word) const;
  size_t LastPart(const std::string& word) const;
  void LemmatizeUnknown(const std::string& word,
                        std::vector<std::string>* bases) const;
  // The first of `candidates` that the lexicon has, or empty.
  std::string Known(const std::vector<std::string>& candidates) const;

  const Lexicon& lexicon_;
  FormTable irregulars_;
  absl::flat_hash_set<std::string> irregular_bases_;
};

// What may stand for the base before -en, -e, -er: "prijz" → prijs, prijz;
// "tak" → taak, tak; "takk" → tak, takk. Likeliest first.
std::vector<std::string> DutchBasesOfOpenStem(std::string_view stem);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_NL_DUTCH_LEMMATIZER_H_
