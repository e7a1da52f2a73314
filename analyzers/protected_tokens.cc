#include "analyzers/protected_tokens.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "analyzers/characters.h"
#include "analyzers/fold.h"
#include "analyzers/numbers.h"
#include "analyzers/web_addresses.h"

namespace kbsearch::analyzers {
namespace {

// Nothing longer is looked for, so that a text which is one long row of ties
// and dots is not read to its end from each of them.
constexpr size_t kMaxIdentifier = 200;
constexpr size_t kMaxAcronym = 20;  // letters

size_t SkipLetters(const CleanText& text, size_t i) {
  while (IsLetter(text[i]) || IsMark(text[i])) ++i;
  return i;
}

size_t SkipAsciiAlnum(const CleanText& text, size_t i) {
  while (IsAsciiAlnum(text[i])) ++i;
  return i;
}

void AddPart(const CleanText& text, size_t begin, size_t end, bool is_word,
             ProtectedToken* token) {
  std::string exact = Fold(text.Slice(begin, end));
  if (exact.empty() || exact == token->exact) return;
  token->parts.push_back(
      {begin, end, TokenRole::kPart, is_word, std::move(exact)});
}

// 0x80070005
bool MatchHexadecimal(const CleanText& text, size_t begin,
                      ProtectedToken* token) {
  if (text[begin] != U'0' || (text[begin + 1] | 0x20) != U'x') return false;
  const size_t end = SkipAsciiAlnum(text, begin + 2);
  if (end < begin + 4 || IsWordCharacter(text[end])) return false;
  token->end = end;
  token->exact = Fold(text.Slice(begin, end));
  token->parts.push_back({begin + 2, end, TokenRole::kVariant, false,
                          Fold(text.Slice(begin + 2, end))});
  return true;
}

// Α.Φ.Μ., U.S.A, π.χ., κ.λπ.: a single letter, then groups of one or two.
bool MatchDottedAcronym(const CleanText& text, size_t begin,
                        ProtectedToken* token) {
  size_t end = begin;
  size_t groups = 0;
  std::u32string letters;
  while (IsLetter(text[end])) {
    const size_t stop = SkipLetters(text, end);
    const size_t length = stop - end;
    const bool dotted = text[stop] == U'.';
    if (length > (groups == 0 ? 1U : 2U)) return false;
    if (!dotted && (groups == 0 || length > 1 || IsWordCharacter(text[stop]))) {
      return false;
    }
    letters.append(text.Slice(end, stop));
    if (++groups > kMaxAcronym) return false;
    end = dotted ? stop + 1 : stop;
    if (!dotted) break;
  }
  if (groups < 2 || IsDigit(text[end])) return false;
  token->end = end;
  token->exact = Fold(letters);
  return !token->exact.empty();
}

// C++, notepad++, C#, F#
bool MatchLanguageName(const CleanText& text, size_t begin,
                       ProtectedToken* token) {
  const size_t stop = SkipAsciiAlnum(text, begin);
  if (stop == begin) return false;
  size_t end = stop;
  if (text[stop] == U'+' && text[stop + 1] == U'+') {
    end = stop + 2;
  } else if (text[stop] == U'#' && stop == begin + 1 && IsLetter(text[begin])) {
    end = stop + 1;
  }
  if (end == stop || IsWordCharacter(text[end])) return false;
  token->end = end;
  token->exact = Fold(text.Slice(begin, end));
  if (stop - begin > 1) AddPart(text, begin, stop, true, token);
  return true;
}

// .NET
bool MatchDotNet(const CleanText& text, size_t begin, ProtectedToken* token) {
  if (text[begin] != U'.' || IsWordCharacter(text[begin + 4])) return false;
  if (Fold(text.Slice(begin, std::min(begin + 4, text.size()))) != ".net") {
    return false;
  }
  token->end = begin + 4;
  token->exact = ".net";
  token->parts.push_back(
      {begin, begin + 4, TokenRole::kVariant, false, "dotnet"});
  return true;
}

// AT&T, R&D, Q&A
bool MatchAmpersandName(const CleanText& text, size_t begin,
                        ProtectedToken* token) {
  const size_t middle = SkipLetters(text, begin);
  if (middle == begin || middle > begin + 3 || text[middle] != U'&') {
    return false;
  }
  const size_t end = SkipLetters(text, middle + 1);
  if (end == middle + 1 || end > middle + 4 || IsWordCharacter(text[end])) {
    return false;
  }
  token->end = end;
  token->exact = Fold(text.Slice(begin, end));
  std::u32string joined(text.Slice(begin, middle));
  joined.append(text.Slice(middle + 1, end));
  token->parts.push_back(
      {begin, end, TokenRole::kVariant, false, Fold(joined)});
  return true;
}

// "n° 4521", "№4521": the mark says nothing beside its number.
bool MatchNumeroSign(const CleanText& text, size_t begin,
                     ProtectedToken* token) {
  const char32_t first = text[begin];
  const bool sign = first == U'№';
  const bool spelled = (first == U'n' || first == U'N') &&
                       (text[begin + 1] == U'°' || text[begin + 1] == U'º');
  if (!sign && !spelled) return false;
  token->end = begin + (sign ? 1 : 2);
  token->exact = "no";
  token->is_stop = true;
  return true;
}

// Groups of letters and digits tied by '_' or '-'.
struct Identifier {
  std::vector<WordRange> groups;
  size_t end = 0;
  bool underscore = false;
  bool has_digit = false;
  bool has_letter = false;
  bool all_capitals = true;
  size_t longest_lower_group = 0;
};

Identifier ScanIdentifier(const CleanText& text, size_t begin) {
  Identifier found;
  size_t i = begin;
  while (IsWordCharacter(text[i])) {
    if (i - begin > kMaxIdentifier) return {};
    const size_t start = i;
    bool lower = false;
    for (; IsWordCharacter(text[i]); ++i) {
      found.has_digit = found.has_digit || IsDigit(text[i]);
      found.has_letter = found.has_letter || IsLetter(text[i]);
      lower = lower || (IsLetter(text[i]) && !IsUpper(text[i]));
    }
    found.groups.push_back({start, i});
    found.all_capitals = found.all_capitals && !lower;
    if (lower) {
      found.longest_lower_group =
          std::max(found.longest_lower_group, i - start);
    }
    found.end = i;
    if ((text[i] != U'-' && text[i] != U'_') || !IsWordCharacter(text[i + 1])) {
      break;
    }
    found.underscore = found.underscore || text[i] == U'_';
    ++i;
  }
  return found;
}

// A code and not a hyphenated phrase: "SKU-4471-B" and "gpt-4" are, "30-day",
// "top-10-artikelen" and "Wi-Fi" are not.
bool IsCode(const Identifier& id, const CleanText& text, size_t begin) {
  if (id.groups.size() < 2 || !id.has_letter) return false;
  if (id.underscore) return true;
  return id.has_digit && IsLetter(text[begin]) &&
         (id.all_capitals || id.longest_lower_group <= 4);
}

// ERR_CONNECTION_RESET, SKU-4471-B, ORA-00942
bool MatchIdentifier(const CleanText& text, size_t begin,
                     ProtectedToken* token) {
  const Identifier id = ScanIdentifier(text, begin);
  if (!IsCode(id, text, begin) || id.end - begin > kMaxIdentifier) return false;
  token->end = id.end;
  std::u32string whole(text.Slice(begin, id.end));
  if (!id.underscore) std::erase(whole, U'-');
  token->exact = Fold(whole);
  if (token->exact.empty()) return false;
  for (const WordRange& group : id.groups) {
    if (group.end - group.begin < 2) continue;
    const bool is_word =
        std::ranges::all_of(text.Slice(group.begin, group.end),
                            [](char32_t c) { return !IsDigit(c); });
    AddPart(text, group.begin, group.end, is_word, token);
  }
  return true;
}

enum Hint : TokenHints {
  kDot = 1,
  kAt = 2,
  kDigit = 4,
  kTie = 8,  // - _
  kColon = 16,
  kComma = 32,
  kPlusHash = 64,
  kAmpersand = 128,
  kNumero = 256,
};

// Hints of ASCII characters.
constexpr std::array<TokenHints, 128> kHints = [] {
  std::array<TokenHints, 128> hints{};
  for (char c = '0'; c <= '9'; ++c) hints[static_cast<size_t>(c)] = kDigit;
  hints['.'] = kDot;
  hints['@'] = kAt;
  hints['-'] = hints['_'] = kTie;
  hints[':'] = kColon;
  hints[','] = kComma;
  hints['+'] = hints['#'] = kPlusHash;
  hints['&'] = kAmpersand;
  return hints;
}();

struct Matcher {
  bool (*match)(const CleanText& text, size_t begin, ProtectedToken* token);
  TokenHints needs;  // one of these
};

// The first that matches wins, so the more special ones come first.
constexpr std::array kMatchers = {
    Matcher{MatchUrl, kColon | kDot},  Matcher{MatchEmail, kAt},
    Matcher{MatchHost, kDot},          Matcher{MatchFileName, kDot},
    Matcher{MatchHexadecimal, kDigit}, Matcher{MatchNumber, kDot | kComma},
    Matcher{MatchDottedAcronym, kDot}, Matcher{MatchLanguageName, kPlusHash},
    Matcher{MatchDotNet, kDot},        Matcher{MatchAmpersandName, kAmpersand},
    Matcher{MatchNumeroSign, kNumero}, Matcher{MatchIdentifier, kTie},
};

}  // namespace

TokenHints ProtectedTokenHints(const CleanText& text, size_t begin,
                               size_t* end) {
  constexpr TokenHints kInside = kDot | kTie | kColon | kComma;
  TokenHints hints = 0;
  size_t i = begin;
  for (; text[i] > U' '; ++i) {
    const char32_t c = text[i];
    if (c < kHints.size()) {
      const TokenHints hint = kHints[c];
      if ((hint & kInside) == 0 || text[i + 1] > U' ') hints |= hint;
    } else if (c == U'°' || c == U'º' || c == U'№') {
      hints |= kNumero;
    }
  }
  *end = i;
  return hints;
}

bool MatchProtectedToken(const CleanText& text, size_t begin, TokenHints hints,
                         ProtectedToken* token) {
  return std::ranges::any_of(kMatchers, [&](const Matcher& matcher) {
    if ((matcher.needs & hints) == 0) return false;
    token->Clear();
    return matcher.match(text, begin, token);
  });
}

}  // namespace kbsearch::analyzers
