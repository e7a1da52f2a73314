// Dutch separable verbs: in a main clause the particle stands at the end
// ("Log uit op alle apparaten", "Maak een nieuw account aan"), and "te" comes
// between ("aan te maken"). The verb gets a variant token for the whole verb.
#ifndef KBSEARCH_ANALYZERS_LANG_NL_SEPARABLE_VERBS_H_
#define KBSEARCH_ANALYZERS_LANG_NL_SEPARABLE_VERBS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/lang/nl/dutch_lemmatizer.h"
#include "analyzers/language.h"

namespace kbsearch::analyzers {

class SeparableVerbRule : public TokenRule {
 public:
  // `lemmatizer` must outlive it.
  explicit SeparableVerbRule(const DutchLemmatizer& lemmatizer)
      : lemmatizer_(lemmatizer) {}

  void Apply(std::string_view text, size_t first,
             std::vector<Token>* tokens) override;

 private:
  struct PlacedWord {
    size_t token = 0;   // index
    int particle = -1;  // which one it is, or -1
  };
  // Particles of which a stem was asked whether they make a verb with it, and
  // those that do, as bits. Particles are frequent, so the same is asked often.
  struct Known {
    uint64_t hash = 0;  // of the stem
    uint32_t asked = 0;
    uint32_t verbs = 0;
  };

  bool IsVerb(int particle, const std::string& stem);
  // Appends the variant of the verb token, if the two make a verb.
  bool AddVerb(const PlacedWord& particle, const PlacedWord& verb,
               const std::vector<Token>& tokens, std::vector<Token>* found);

  const DutchLemmatizer& lemmatizer_;
  std::vector<PlacedWord> words_;  // of the stretch so far
  std::vector<Known> known_ = std::vector<Known>(8192);  // by hash
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_NL_SEPARABLE_VERBS_H_
