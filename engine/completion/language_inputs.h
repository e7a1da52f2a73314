// Which languages an unfinished input is completed in, and how it may be read
// in each.
#ifndef KBSEARCH_ENGINE_COMPLETION_LANGUAGE_INPUTS_H_
#define KBSEARCH_ENGINE_COMPLETION_LANGUAGE_INPUTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/spelling/spelling_rules.h"
#include "engine/search.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

struct LanguageInput {
  std::string code;
  double weight = 1;           // of its completions beside other languages'
  bool is_locale = false;      // the user's
  bool is_own_script = false;  // the input is in the language's own letters
};

// All languages of the corpus that the query allows, weightiest first: a few
// letters hardly tell a language, but the user's locale does.
std::vector<LanguageInput> InputLanguages(std::string_view text,
                                          const AutocompleteQuery& query,
                                          SearchContext& context);

// What the same keys would have given on a keyboard of the language, where its
// letters are others than those typed: "gfhjk" → {"парол"} in Russian. Nothing
// for less than three letters.
std::vector<std::string> RetypeFor(std::string_view text,
                                   const LanguageInput& language,
                                   const analyzers::SpellingRules& rules);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_LANGUAGE_INPUTS_H_
