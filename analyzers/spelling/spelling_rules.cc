#include "analyzers/spelling/spelling_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {
namespace {

struct Entry {
  const char* language;
  Script script;
  std::vector<std::string> keyboards;
};

// Dutch is typed on AZERTY in Belgium.
const std::array<Entry, 5>& Entries() {
  static const std::array<Entry, 5> entries = {{
      {"el", Script::kGreek, {"greek"}},
      {"en", Script::kLatin, {"qwerty"}},
      {"fr", Script::kLatin, {"azerty", "qwerty"}},
      {"nl", Script::kLatin, {"qwerty", "azerty"}},
      {"ru", Script::kCyrillic, {"jcuken"}},
  }};
  return entries;
}

constexpr size_t kMinStem = 4;

}  // namespace

absl::StatusOr<Endings> Endings::Load(const ResourceFolder& folder,
                                      std::string_view code) {
  const auto lines = folder.ReadLines(absl::StrCat(
      absl::string_view(code.data(), code.size()), "/endings.txt"));
  if (!lines.ok()) return lines.status();
  Endings endings;
  for (const std::string& line : *lines) {
    for (const absl::string_view ending :
         absl::StrSplit(line, ' ', absl::SkipEmpty())) {
      std::u32string folded =
          ToUtf32(Fold(std::string_view(ending.data(), ending.size())));
      endings.longest_ = std::max(endings.longest_, folded.size());
      endings.endings_.insert(std::move(folded));
    }
  }
  return endings;
}

std::u32string_view Endings::Strip(std::u32string_view word) const {
  if (word.size() <= kMinStem) return word;
  size_t length = std::min(longest_, word.size() - kMinStem);
  for (; length > 0; --length) {
    if (endings_.contains(std::u32string(word.substr(word.size() - length)))) {
      break;
    }
  }
  return word.substr(0, word.size() - length);
}

absl::StatusOr<std::unique_ptr<const SpellingRules>> SpellingRules::Load(
    const ResourceFolder& folder) {
  auto rules = std::make_unique<SpellingRules>();
  for (const char* name : {"qwerty", "azerty", "jcuken", "greek"}) {
    absl::StatusOr<Keyboard> keyboard = Keyboard::Load(folder, name);
    if (!keyboard.ok()) return keyboard.status();
    rules->keyboards_.emplace(name, *std::move(keyboard));
  }
  rules->plain_.costs = EditCosts({rules->keyboards_.at("qwerty")});
  rules->plain_.keyboards = {"qwerty"};
  rules->plain_.sounds = std::make_unique<const SoundKeys>();
  for (const Entry& entry : Entries()) {
    std::vector<Keyboard> keyboards;
    for (const std::string& name : entry.keyboards) {
      keyboards.push_back(rules->keyboards_.at(name));
    }
    absl::StatusOr<EditCosts> costs =
        EditCosts::Load(folder, entry.language, std::move(keyboards));
    if (!costs.ok()) return costs.status();
    LanguageSpelling spelling;
    spelling.script = entry.script;
    spelling.costs = *std::move(costs);
    absl::StatusOr<Endings> endings = Endings::Load(folder, entry.language);
    if (!endings.ok()) return endings.status();
    spelling.endings = *std::move(endings);
    spelling.keyboards = entry.keyboards;
    auto sounds = SoundKeys::Load(folder, entry.language, entry.script);
    if (!sounds.ok()) return sounds.status();
    spelling.sounds = *std::move(sounds);
    rules->languages_.emplace(entry.language, std::move(spelling));
  }
  return rules;
}

}  // namespace kbsearch::analyzers
