#include "engine/rescue/script_repair.h"

#include <algorithm>
#include <array>
#include <set>

#include "analyzers/fold.h"
#include "engine/index/vocabulary.h"

namespace kbsearch::engine {
namespace {

using analyzers::Keyboard;
using analyzers::Script;

constexpr size_t kMinLetters = 3;
// A shorter word may come out of any keys by chance: as it stands it must be
// in the corpus, not only a form of it.
constexpr size_t kShort = 4;
// Other readings of a word are taken when they are this share as useful.
constexpr double kAlternativeShare = 0.1;
constexpr size_t kMaxAlternatives = 2;
// Readings for which other forms of the word are looked for.
constexpr size_t kFormReadings = 8;
// Digits that stand for letters are few in a word; many make a code.
constexpr int kMaxDigits = 2;

size_t CountLetters(std::string_view text) {
  const std::u32string letters = analyzers::ToUtf32(text);
  return static_cast<size_t>(
      std::count_if(letters.begin(), letters.end(), analyzers::IsLetter));
}

// Whether the text consists of words of the corpus, one of them with a meaning.
bool IsKnown(std::string_view text, LanguageWords& words) {
  bool meaningful = false;
  for (const QueryPiece& piece : words.Read(text)) {
    const std::string& word = piece.token.exact;
    const size_t letters = CountLetters(word);
    if (!piece.is_known || piece.token.is_protected || letters == 0) {
      return false;
    }
    if (letters <= kShort && !piece.token.is_stop &&
        !words.vocabulary().Find(word)) {
      return false;
    }
    if (letters >= kMinLetters) meaningful = true;
  }
  return meaningful;
}

// A stretch of letters, digits and apostrophes, or what stands between two.
std::vector<std::string> DivideAtPunctuation(std::string_view chunk) {
  std::vector<std::string> stretches;
  bool in_word = false;
  for (const char32_t c : analyzers::ToUtf32(chunk)) {
    const bool is_word = analyzers::IsWordCharacter(c) || c == U'\'';
    if (stretches.empty() || is_word != in_word) stretches.emplace_back();
    in_word = is_word;
    analyzers::AppendUtf8(c, &stretches.back());
  }
  return stretches;
}

bool HasWordCharacter(std::string_view text) {
  const std::u32string letters = analyzers::ToUtf32(text);
  return std::any_of(letters.begin(), letters.end(),
                     analyzers::IsWordCharacter);
}

struct Reading {
  std::string display;
  std::string word;
  uint64_t usefulness = 0;
};

// Words of the corpus that sound like `word`, most useful first. `to` is the
// script they are to be in.
std::vector<Reading> FindBySound(const std::vector<std::string>& keys,
                                 Script to, bool forms, LanguageWords& words) {
  std::vector<Reading> readings;
  std::set<std::string> seen;
  for (const auto& shard : words.shards()) {
    std::vector<uint32_t> ids;
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!forms) {
        shard->sounds->Find(keys[i], &ids);
      } else if (i < kFormReadings) {
        shard->sounds->FindForms(keys[i], *words.spelling().sounds, &ids);
      }
    }
    for (const uint32_t id : ids) {
      const std::string word(shard->vocabulary->word(id));
      if (ScriptOf(word) != to || !seen.insert(word).second) continue;
      const auto entry = words.vocabulary().Find(word);
      readings.push_back(
          {std::string(entry->display), word, Usefulness(*entry)});
    }
  }
  std::sort(readings.begin(), readings.end(), [](const auto& a, const auto& b) {
    return a.usefulness != b.usefulness ? a.usefulness > b.usefulness
                                        : a.word < b.word;
  });
  return readings;
}

std::vector<Reading> ReadLatin(const std::string& stretch,
                               LanguageWords& words) {
  const std::string folded = analyzers::Fold(std::string_view(stretch));
  int digits = 0;
  for (const char c : folded) digits += c >= '0' && c <= '9' ? 1 : 0;
  const size_t letters = CountLetters(folded);
  if (analyzers::IsHeldKey(analyzers::ToUtf32(folded))) return {};
  if (digits > kMaxDigits || letters < static_cast<size_t>(digits) + 1) {
    return {};
  }
  const std::vector<std::string> keys =
      words.spelling().sounds->KeysOfLatin(folded);
  std::vector<Reading> readings =
      FindBySound(keys, words.spelling().script, false, words);
  if (readings.empty() && digits < kMaxDigits) {
    readings = FindBySound(keys, words.spelling().script, true, words);
  }
  if (letters + static_cast<size_t>(digits) >= kMinLetters) return readings;
  // One or two letters are function words or nothing.
  std::erase_if(readings, [&](const Reading& reading) {
    const std::vector<QueryPiece> pieces = words.Read(reading.word);
    return pieces.size() != 1 || !pieces.front().token.is_stop;
  });
  return readings;
}

// A name written in the language's own letters.
std::vector<Reading> ReadName(const std::string& stretch,
                              LanguageWords& words) {
  const std::string folded = analyzers::Fold(std::string_view(stretch));
  if (CountLetters(folded) <= kShort ||
      analyzers::IsHeldKey(analyzers::ToUtf32(folded))) {
    return {};
  }
  return FindBySound({words.spelling().sounds->KeyOf(folded)}, Script::kLatin,
                     false, words);
}

}  // namespace

Script ScriptOf(std::string_view text) {
  std::array<int, 5> counts = {};
  for (const char32_t c : analyzers::ToUtf32(text)) {
    const analyzers::CharClass kind = analyzers::ClassOf(c);
    if (kind.kind == analyzers::CharKind::kLetter) {
      ++counts[static_cast<size_t>(kind.script)];
    }
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? Script::kNone
                    : static_cast<Script>(most - counts.begin());
}

Script ScriptOfKeyboard(const Keyboard& keyboard) {
  return analyzers::ClassOf(keyboard.At({1, 2, false})).script;
}

std::optional<Repair> RepairLayout(std::string_view chunk,
                                   const analyzers::SpellingRules& rules,
                                   LanguageWords& words) {
  const Script script = ScriptOf(chunk);
  if (script == Script::kNone) return std::nullopt;
  std::vector<std::string> meant = words.spelling().keyboards;
  if (script != Script::kLatin) meant.emplace_back("qwerty");
  for (const auto& [name, typed] : rules.keyboards()) {
    if (ScriptOfKeyboard(typed) != script) continue;
    for (const std::string& other : meant) {
      if (other == name) continue;
      std::string text = Retype(chunk, typed, rules.keyboards().at(other));
      // Two layouts of one script differ in a few keys: most of what is typed
      // comes out the same, and punctuation anywhere. Only one word is
      // believed.
      const bool same_script =
          ScriptOfKeyboard(rules.keyboards().at(other)) == script;
      if (same_script &&
          !std::ranges::all_of(analyzers::ToUtf32(text), analyzers::IsLetter)) {
        continue;
      }
      if (CountLetters(text) >= kMinLetters && IsKnown(text, words)) {
        return Repair{std::move(text), {}};
      }
    }
  }
  return std::nullopt;
}

std::optional<Repair> RepairScript(std::string_view chunk,
                                   LanguageWords& words) {
  if (words.spelling().script == Script::kLatin) return std::nullopt;
  const Script script = ScriptOf(chunk);
  const bool latin = script == Script::kLatin;
  if (!latin && script != words.spelling().script) return std::nullopt;
  Repair repair;
  size_t stretches = 0;
  std::vector<std::string> others;
  for (const std::string& stretch : DivideAtPunctuation(chunk)) {
    if (!HasWordCharacter(stretch)) {
      repair.text += stretch;
      continue;
    }
    const std::vector<Reading> readings =
        latin ? ReadLatin(stretch, words) : ReadName(stretch, words);
    if (readings.empty()) return std::nullopt;
    ++stretches;
    repair.text += readings.front().display;
    for (size_t i = 1; i < readings.size() && i <= kMaxAlternatives; ++i) {
      if (static_cast<double>(readings[i].usefulness) >=
          kAlternativeShare *
              static_cast<double>(readings.front().usefulness)) {
        others.push_back(readings[i].display);
      }
    }
  }
  if (stretches == 0) return std::nullopt;
  if (stretches == 1) repair.alternatives = std::move(others);
  return repair;
}

}  // namespace kbsearch::engine
