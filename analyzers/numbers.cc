#include "analyzers/numbers.h"

#include <algorithm>

#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {
namespace {

// What has more groups is a list, which is not read to its end from each of
// its numbers.
constexpr size_t kMaxGroups = 20;

struct Digits {
  std::vector<WordRange> groups;
  std::u32string separators;  // one between each two groups
  size_t end = 0;
};

Digits ScanDigits(const CleanText& text, size_t begin) {
  Digits found;
  size_t i = begin;
  while (IsDigit(text[i])) {
    const size_t start = i;
    while (IsDigit(text[i])) ++i;
    if (found.groups.size() == kMaxGroups) return {};
    found.groups.push_back({start, i});
    found.end = i;
    if ((text[i] != U'.' && text[i] != U',') || !IsDigit(text[i + 1])) break;
    found.separators.push_back(text[i]);
    ++i;
  }
  return found;
}

std::string Concatenate(const CleanText& text, const Digits& digits,
                        size_t first, size_t last) {
  std::string out;
  for (size_t i = first; i < last; ++i) {
    AppendFolded(text.Slice(digits.groups[i].begin, digits.groups[i].end),
                 &out);
  }
  return out;
}

// Do groups 1 … last - 1 have three digits, as thousands are written?
bool InThousands(const Digits& digits, size_t last) {
  const WordRange& head = digits.groups.front();
  return head.end - head.begin <= 3 &&
         std::all_of(digits.groups.begin() + 1, digits.groups.begin() + last,
                     [](const WordRange& g) { return g.end - g.begin == 3; });
}

void AddVariant(size_t begin, std::string exact, ProtectedToken* token) {
  token->parts.push_back(
      {begin, token->end, TokenRole::kVariant, false, std::move(exact)});
}

}  // namespace

bool MatchNumber(const CleanText& text, size_t begin, ProtectedToken* token) {
  const bool version = (text[begin] | 0x20) == U'v' && IsDigit(text[begin + 1]);
  const Digits digits = ScanDigits(text, version ? begin + 1 : begin);
  const size_t count = digits.groups.size();
  if (count < 2) return false;
  const std::u32string& separators = digits.separators;
  token->end = digits.end;
  const bool one_kind = std::ranges::count(separators, separators[0]) ==
                        static_cast<std::ptrdiff_t>(separators.size());
  if (!one_kind) {
    // "1.234,56": the last separator is the decimal one.
    const bool number = InThousands(digits, count - 1) &&
                        std::ranges::count(separators, separators.back()) == 1;
    if (!number) return false;
    token->exact = Concatenate(text, digits, 0, count - 1) + "." +
                   Concatenate(text, digits, count - 1, count);
    return true;
  }
  if (separators[0] == U',' && count > 2 && !InThousands(digits, count)) {
    return false;  // "1,2,3" is a list
  }
  token->exact = Concatenate(text, digits, 0, 1);
  for (size_t i = 1; i < count; ++i) {
    token->exact += "." + Concatenate(text, digits, i, i + 1);
  }
  if (!version && InThousands(digits, count)) {
    AddVariant(begin, Concatenate(text, digits, 0, count), token);
  }
  return true;
}

}  // namespace kbsearch::analyzers
