// Tokens told to people, step by step.
#ifndef KBSEARCH_ANALYZERS_EXPLANATION_H_
#define KBSEARCH_ANALYZERS_EXPLANATION_H_

#include <vector>

#include "analyzers/analyzer.h"

namespace kbsearch::analyzers {

// Appends the steps "protect", "fold", "stop", "lemma", "parts", "joined" and
// "variants"; steps that did nothing are left out.
//
//   nl, "De klantenservice zegt op":
//   stop      de
//   lemma     klantenservice | zegt → zeg | op
//   parts     klantenservice = klanten → klant + service
//   variants  opzegt → opzeg
void AppendTokenSteps(const std::vector<Token>& tokens,
                      std::vector<AnalysisStep>* steps);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_EXPLANATION_H_
