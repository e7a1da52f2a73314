// Words written as one: "resetpassword", "motdepasse", "wachtwoordvergeten".
#ifndef KBSEARCH_ENGINE_RESCUE_WORD_SPLITTING_H_
#define KBSEARCH_ENGINE_RESCUE_WORD_SPLITTING_H_

#include <string>
#include <vector>

#include "engine/rescue/language_words.h"

namespace kbsearch::engine {

// The words of the corpus that `glued` is made of, in order; fewest and
// commonest words win. Empty when there are none, or when no document holds
// them together.
std::vector<std::string> SplitGlued(const analyzers::Token& glued,
                                    LanguageWords& words);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_WORD_SPLITTING_H_
