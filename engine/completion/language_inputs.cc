#include "engine/completion/language_inputs.h"

#include <algorithm>

#include "analyzers/characters.h"
#include "engine/rescue/script_repair.h"

namespace kbsearch::engine {
namespace {

using analyzers::Script;

// What completions in a language that is not the user's weigh: between these,
// by the probability that the input is in it. Without a locale they reach 1.
constexpr double kFloor = 0.4;
constexpr double kForeignCeiling = 0.8;
// Shorter input tells the identifier nothing.
constexpr size_t kMinIdentifiedLetters = 3;
constexpr size_t kMinRetypedLetters = 3;

size_t CountLetters(std::string_view text) {
  const std::u32string letters = analyzers::ToUtf32(text);
  return static_cast<size_t>(
      std::count_if(letters.begin(), letters.end(), analyzers::IsLetter));
}

}  // namespace

std::vector<LanguageInput> InputLanguages(std::string_view text,
                                          const AutocompleteQuery& query,
                                          SearchContext& context) {
  const analyzers::Registry& registry = context.registry();
  const std::string locale = registry.Normalize(query.language);
  const std::vector<std::string> available =
      context.corpus.Languages(query.audience);
  std::vector<analyzers::LanguageGuess> guesses;
  if (available.size() > 1 && CountLetters(text) >= kMinIdentifiedLetters) {
    guesses = registry.identifier().Identify(text, locale, available);
  }
  const double ceiling = locale.empty() ? 1 : kForeignCeiling;
  const Script script = ScriptOf(text);
  std::vector<LanguageInput> languages;
  for (const std::string& code : available) {
    if (!query.languages.empty() &&
        std::find(query.languages.begin(), query.languages.end(), code) ==
            query.languages.end()) {
      continue;
    }
    const auto guess =
        std::find_if(guesses.begin(), guesses.end(),
                     [&](const auto& one) { return one.language == code; });
    const double probability = guess == guesses.end() ? 0 : guess->probability;
    LanguageInput& language = languages.emplace_back();
    language.code = code;
    language.is_locale = code == locale;
    language.weight =
        language.is_locale ? 1 : kFloor + (ceiling - kFloor) * probability;
    language.is_own_script = script == registry.spelling().Of(code).script;
  }
  std::stable_sort(languages.begin(), languages.end(),
                   [](const LanguageInput& a, const LanguageInput& b) {
                     return a.weight > b.weight;
                   });
  return languages;
}

std::vector<std::string> RetypeFor(std::string_view text,
                                   const LanguageInput& language,
                                   const analyzers::SpellingRules& rules) {
  std::vector<std::string> readings;
  const Script script = ScriptOf(text);
  const analyzers::LanguageSpelling& spelling = rules.Of(language.code);
  if (script == Script::kNone || script == spelling.script ||
      CountLetters(text) < kMinRetypedLetters) {
    return readings;
  }
  for (const auto& [name, typed] : rules.keyboards()) {
    if (ScriptOfKeyboard(typed) != script) continue;
    for (const std::string& meant : spelling.keyboards) {
      std::string reading = Retype(text, typed, rules.keyboards().at(meant));
      if (std::find(readings.begin(), readings.end(), reading) ==
          readings.end()) {
        readings.push_back(std::move(reading));
      }
    }
  }
  return readings;
}

}  // namespace kbsearch::engine
