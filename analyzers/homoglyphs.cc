#include "analyzers/homoglyphs.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {
namespace {

// One shape in the three scripts; 0 where the script has no such letter.
struct Shape {
  char32_t latin;
  char32_t greek;
  char32_t cyrillic;
};

constexpr std::array kShapes = {
    Shape{U'A', U'Α', U'А'}, Shape{U'B', U'Β', U'В'}, Shape{U'C', 0, U'С'},
    Shape{U'E', U'Ε', U'Е'}, Shape{U'H', U'Η', U'Н'}, Shape{U'I', U'Ι', U'І'},
    Shape{U'J', 0, U'Ј'},    Shape{U'K', U'Κ', U'К'}, Shape{U'M', U'Μ', U'М'},
    Shape{U'N', U'Ν', 0},    Shape{U'O', U'Ο', U'О'}, Shape{U'P', U'Ρ', U'Р'},
    Shape{U'S', 0, U'Ѕ'},    Shape{U'T', U'Τ', U'Т'}, Shape{U'X', U'Χ', U'Х'},
    Shape{U'Y', U'Υ', U'У'}, Shape{U'Z', U'Ζ', 0},    Shape{0, U'Γ', U'Г'},
    Shape{0, U'Π', U'П'},    Shape{0, U'Φ', U'Ф'},    Shape{U'a', U'α', U'а'},
    Shape{U'c', 0, U'с'},    Shape{U'e', U'ε', U'е'}, Shape{U'i', U'ι', U'і'},
    Shape{U'j', 0, U'ј'},    Shape{U'k', U'κ', U'к'}, Shape{U'o', U'ο', U'о'},
    Shape{U'p', U'ρ', U'р'}, Shape{U's', 0, U'ѕ'},    Shape{U'u', U'υ', 0},
    Shape{U'v', U'ν', 0},    Shape{U'x', U'χ', U'х'}, Shape{U'y', U'γ', U'у'},
    Shape{U't', U'τ', U'т'}, Shape{U'n', U'η', U'п'}, Shape{U'ó', U'ό', 0},
    Shape{U'í', U'ί', 0},    Shape{U'á', U'ά', 0},
};

char32_t In(const Shape& shape, Script script) {
  switch (script) {
    case Script::kLatin:
      return shape.latin;
    case Script::kGreek:
      return shape.greek;
    case Script::kCyrillic:
      return shape.cyrillic;
    default:
      return 0;
  }
}

char32_t Twin(char32_t c, Script from, Script to) {
  for (const Shape& shape : kShapes) {
    if (In(shape, from) == c) return In(shape, to);
  }
  return 0;
}

// The word with every letter in `target`, or empty when a letter has no twin.
std::u32string ReadAs(std::u32string_view word, Script target) {
  std::u32string reading(word);
  for (char32_t& c : reading) {
    const CharClass kind = ClassOf(c);
    if (kind.kind != CharKind::kLetter || kind.script == target) continue;
    c = Twin(c, kind.script, target);
    if (c == 0) return {};
  }
  return reading;
}

}  // namespace

std::vector<std::u32string> HomoglyphReadings(std::u32string_view word) {
  std::array<bool, 5> seen{};
  bool only_capitals = true;
  for (const char32_t c : word) {
    const CharClass kind = ClassOf(c);
    if (kind.kind != CharKind::kLetter) return {};
    seen[static_cast<size_t>(kind.script)] = true;
    only_capitals = only_capitals && IsUpper(c);
  }
  const bool mixed = std::ranges::count(seen, true) > 1;
  if (!mixed && (!only_capitals || word.size() < 2)) return {};
  std::vector<std::u32string> readings;
  for (const Script target :
       {Script::kLatin, Script::kGreek, Script::kCyrillic}) {
    std::u32string reading = ReadAs(word, target);
    if (!reading.empty() && reading != word) {
      readings.push_back(std::move(reading));
    }
  }
  return readings;
}

std::vector<std::string> CodeReadings(std::string_view folded) {
  std::u32string code = ToUtf32(folded);
  if (std::ranges::none_of(code, IsLetter) ||
      std::ranges::none_of(code, IsDigit)) {
    return {};
  }
  for (char32_t& c : code) {
    c = static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
  }
  std::vector<std::string> readings;
  for (const Script target :
       {Script::kLatin, Script::kGreek, Script::kCyrillic}) {
    const std::u32string reading = ReadAs(code, target);
    if (!reading.empty() && reading != code) readings.push_back(Fold(reading));
  }
  return readings;
}

}  // namespace kbsearch::analyzers
