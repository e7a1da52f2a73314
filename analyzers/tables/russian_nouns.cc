#include "analyzers/tables/russian_nouns.h"

#include <algorithm>
#include <array>
#include <vector>

#include "analyzers/characters.h"

namespace kbsearch::analyzers {
namespace {

using Letters = std::u32string_view;

struct Ending {
  Letters text;
  bool hard;  // behind a hard consonant
  bool soft;  // behind a soft one, ь or й
};

// Longest first.
constexpr std::array kCaseEndings = {
    Ending{U"ами", true, false}, Ending{U"ями", false, true},
    Ending{U"ам", true, false},  Ending{U"ах", true, false},
    Ending{U"ям", false, true},  Ending{U"ях", false, true},
    Ending{U"ом", true, false},  Ending{U"ем", true, true},
    Ending{U"ов", true, false},  Ending{U"ев", true, true},
    Ending{U"ей", true, true},   Ending{U"а", true, false},
    Ending{U"я", false, true},   Ending{U"у", true, false},
    Ending{U"ю", false, true},   Ending{U"е", true, true},
    Ending{U"ы", true, false},   Ending{U"и", true, true}};

// Fewer may be a verb's: "вычту", "вычтем" are not of "вычет".
constexpr int kEnoughEndings = 4;

bool IsOneOf(Letters letters, char32_t c) {
  return letters.find(c) != Letters::npos;
}

// "ключом", "месяцем", "месяцев", "чертежей" behind these letters only.
constexpr Letters kHissing = U"жшчщц";

bool Agrees(Letters stem, const Ending& ending, bool soft) {
  if (soft) return ending.soft;
  if (ending.hard && ending.soft && ending.text != U"е") {
    return IsOneOf(ending.text == U"и" ? U"гкхжшчщ" : kHissing, stem.back());
  }
  return ending.hard;
}

// What may stand for a stem in the nominative: угл → угл, угол, угел; льв →
// льв, лев; займ → займ, заем.
std::vector<std::u32string> NominativeStems(Letters stem) {
  std::vector<std::u32string> stems = {std::u32string(stem)};
  const char32_t last = stem.back();
  const std::u32string head(stem.substr(0, stem.size() - 1));
  if (IsOneOf(U"аеиоуыэюяьй", last)) return stems;
  if (IsOneOf(U"ьй", head.back())) {
    stems.push_back(head.substr(0, head.size() - 1) + U'е' + last);
  } else if (!IsOneOf(U"аеиоуыэюя", head.back())) {
    stems.push_back(head + U'о' + last);
    stems.push_back(head + U'е' + last);
  }
  return stems;
}

}  // namespace

bool RussianNouns::HasForm(Letters stem, Letters ending) const {
  std::u32string form(stem);
  form += ending;
  return forms_.contains(ToUtf8(form));
}

int RussianNouns::CountEndings(Letters stem) const {
  return static_cast<int>(std::ranges::count_if(
      kCaseEndings,
      [&](const Ending& ending) { return HasForm(stem, ending.text); }));
}

std::string RussianNouns::FirstFitting(Letters stem, bool soft) const {
  if (CountEndings(stem) < kEnoughEndings) return {};
  const auto known = [&](const std::u32string& candidate) {
    std::string word = ToUtf8(candidate);
    return candidate.size() > 2 && words_.contains(word) ? word : std::string();
  };
  if (stem.ends_with(U"мен") && HasForm(stem, U"и")) {
    return known(std::u32string(stem.substr(0, stem.size() - 2)) + U'я');
  }
  // No noun without a genitive.
  if (!HasForm(stem, soft ? U"я" : U"а")) return {};
  for (std::u32string& candidate : NominativeStems(stem)) {
    if (!soft) {
      if (std::string word = known(candidate); !word.empty()) return word;
      continue;
    }
    for (const char32_t sign : {U'ь', U'й'}) {
      if (std::string word = known(candidate + sign); !word.empty()) {
        return word;
      }
    }
  }
  return {};
}

// стулья, стульев – стул; перья, перьев – перо.
std::string RussianNouns::SingularOfYa(Letters plural) const {
  for (const Letters ending : {Letters(U"ья"), Letters(U"ьев"), Letters(U"ьям"),
                               Letters(U"ьями"), Letters(U"ьях")}) {
    if (!plural.ends_with(ending) || plural.size() < ending.size() + 2) {
      continue;
    }
    std::u32string stem(plural.substr(0, plural.size() - ending.size()));
    // "статья" has no "статьев", "семья" no "семом".
    if (!HasForm(stem, U"ьев") || !HasForm(stem, U"ом")) return {};
    for (const bool neuter : {false, true}) {
      if (neuter) stem += U'о';
      const std::string word = ToUtf8(stem);
      if (words_.contains(word)) return word;
    }
  }
  return {};
}

std::string RussianNouns::NominativeOf(std::string_view form) const {
  const std::u32string word = ToUtf32(form);
  if (std::string found = SingularOfYa(word); !found.empty()) return found;
  for (const Ending& ending : kCaseEndings) {
    if (!word.ends_with(ending.text) || word.size() < ending.text.size() + 2) {
      continue;
    }
    const Letters stem =
        Letters(word).substr(0, word.size() - ending.text.size());
    for (const bool soft : {false, true}) {
      if (!Agrees(stem, ending, soft) && !stem.ends_with(U"мен")) continue;
      if (std::string found = FirstFitting(stem, soft); !found.empty()) {
        return found == form ? std::string() : found;
      }
    }
  }
  // имен, времен
  return word.ends_with(U"мен") ? FirstFitting(word, false) : std::string();
}

std::string RussianNouns::SingularOf(std::string_view word) const {
  const std::u32string letters = ToUtf32(word);
  if (letters.size() < 4) return {};
  if (letters.ends_with(U"ья")) return SingularOfYa(letters);
  const Letters stem = Letters(letters).substr(0, letters.size() - 1);
  const bool plural_of_mya = letters.ends_with(U"мена");
  const bool regular =
      letters.back() == U'ы' ||
      (letters.back() == U'и' && IsOneOf(U"гкхжшчщ", stem.back()));
  // "денег" is the genitive of "деньги", not their singular: no "деньгом".
  const bool masculine = regular && HasForm(stem, U"ом");
  return masculine || plural_of_mya ? FirstFitting(stem, false) : std::string();
}

}  // namespace kbsearch::analyzers
