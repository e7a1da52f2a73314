// Dutch separable verbs: in a main clause the particle stands at the end
// ("Log uit op alle apparaten", "Maak een nieuw account aan"), and "te" comes
// between ("aan te maken"). The verb gets a variant token for the whole verb.
#ifndef KBSEARCH_ANALYZERS_LANG_NL_SEPARABLE_VERBS_H_
#define KBSEARCH_ANALYZERS_LANG_NL_SEPARABLE_VERBS_H_

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
  // The verb token's lemma with the particle before it, if there is such a
  // verb; else empty.
  std::string JoinedStem(const Token& particle, const Token& verb);

  const DutchLemmatizer& lemmatizer_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANG_NL_SEPARABLE_VERBS_H_
