// Words typed in the wrong letters: on a keyboard set to another language, or
// spelt in another alphabet.
//
//   layout           "gfhjkm" → пароль, "ινωοιψε" → invoice, ",ot" → mot
//   transliteration  "gnwsiakh" → γνωσιακή, "ska4at" → скачать,
//                    "микрософт" → microsoft
#ifndef KBSEARCH_ENGINE_RESCUE_SCRIPT_REPAIR_H_
#define KBSEARCH_ENGINE_RESCUE_SCRIPT_REPAIR_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/characters.h"
#include "analyzers/spelling/keyboard.h"
#include "engine/rescue/language_words.h"

namespace kbsearch::engine {

struct Repair {
  std::string text;                       // of words the language knows
  std::vector<std::string> alternatives;  // that are as good, for all of it
};

// The script of most letters; kNone without letters.
analyzers::Script ScriptOf(std::string_view text);

// The script of the letters on its keys.
analyzers::Script ScriptOfKeyboard(const analyzers::Keyboard& keyboard);

// `chunk` is what stands between blanks. Both want every word of the result
// known; null when there is none.
std::optional<Repair> RepairLayout(std::string_view chunk,
                                   const analyzers::SpellingRules& rules,
                                   LanguageWords& words);
std::optional<Repair> RepairScript(std::string_view chunk,
                                   LanguageWords& words);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_SCRIPT_REPAIR_H_
