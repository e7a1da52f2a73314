#include "analyzers/apostrophes.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {
namespace {

constexpr std::array<std::string_view, 13> kFrenchElisions = {
    "l", "d",  "j",     "m",      "t",      "s",     "n",
    "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"};

constexpr std::array<std::string_view, 19> kItalianElisions = {
    "l",     "un",   "c",   "d",    "s",    "m",    "t",
    "v",     "dell", "all", "dall", "nell", "sull", "quest",
    "quell", "dov",  "com", "cos",  "quand"};

bool IsScript(std::u32string_view word, Script script) {
  return std::ranges::any_of(
      word, [&](char32_t c) { return ClassOf(c).script == script; });
}

// Elided words go off the front as long as letters follow: where they end.
size_t BehindElisions(std::u32string_view word,
                      std::span<const std::string_view> elisions) {
  size_t begin = 0;
  while (true) {
    const size_t apostrophe = word.find(U'\'', begin);
    if (apostrophe == word.npos) break;
    const std::string head = Fold(word.substr(begin, apostrophe - begin));
    if (std::ranges::find(elisions, std::string_view(head)) == elisions.end()) {
      break;
    }
    begin = apostrophe + 1;
  }
  return begin;
}

}  // namespace

std::vector<WordPiece> SplitEnglishApostrophes(std::u32string_view word) {
  const size_t apostrophe = word.rfind(U'\'');
  const std::string tail = Fold(word.substr(apostrophe + 1));
  const bool clitic = tail == "s" || tail == "m" || tail == "re" ||
                      tail == "ve" || tail == "ll" || tail == "d";
  return {{0, clitic && apostrophe > 0 ? apostrophe : word.size()}};
}

std::vector<WordPiece> SplitFrenchApostrophes(std::u32string_view word) {
  return {{BehindElisions(word, kFrenchElisions), word.size()}};
}

std::vector<WordPiece> SplitItalianApostrophes(std::u32string_view word) {
  return {{BehindElisions(word, kItalianElisions), word.size()}};
}

std::vector<WordPiece> SplitDutchApostrophes(std::u32string_view word) {
  const size_t apostrophe = word.rfind(U'\'');
  const std::string tail = Fold(word.substr(apostrophe + 1));
  const bool article = tail == "n" && apostrophe == 2;  // "zo'n"
  return {{0, article ? apostrophe : word.size()}};
}

std::vector<WordPiece> SplitGreekApostrophes(std::u32string_view word) {
  if (!IsScript(word, Script::kGreek)) return SplitEnglishApostrophes(word);
  std::vector<WordPiece> pieces;
  for (size_t begin = 0; begin < word.size();) {
    const size_t end = std::min(word.find(U'\'', begin), word.size());
    if (end > begin) pieces.push_back({begin, end});
    begin = end + 1;
  }
  return pieces;
}

std::vector<WordPiece> KeepApostrophes(std::u32string_view word) {
  if (IsScript(word, Script::kLatin)) return SplitEnglishApostrophes(word);
  return {{0, word.size()}};
}

}  // namespace kbsearch::analyzers
