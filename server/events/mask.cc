#include "server/events/mask.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kbsearch::server::events {
namespace {

constexpr size_t kLeastDigits = 7;
constexpr size_t kMostPhoneDigits = 15;  // ITU-T E.164
constexpr size_t kLeastCardDigits = 13;
constexpr size_t kMostCardDigits = 19;

// A character of the text and its bytes.
struct Character {
  UChar32 code = 0;
  size_t begin = 0;
  size_t end = 0;
};

std::vector<Character> Characters(std::string_view text) {
  std::vector<Character> characters;
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    Character next;
    next.begin = static_cast<size_t>(i);
    U8_NEXT(text.data(), i, length, next.code);
    next.end = static_cast<size_t>(i);
    characters.push_back(next);
  }
  return characters;
}

// -1 when it is no digit.
int DigitOf(UChar32 code) { return code < 0 ? -1 : u_charDigitValue(code); }

bool IsLetter(UChar32 code) { return code >= 0 && u_isUAlphabetic(code) != 0; }

bool IsSeparator(UChar32 code) {
  if (code == '.' || code == '-' || code == '/' || code == '(' || code == ')') {
    return true;
  }
  return code >= 0 &&
         (u_isUWhiteSpace(code) != 0 || u_charType(code) == U_DASH_PUNCTUATION);
}

bool IsAddressPart(UChar32 code) {
  return IsLetter(code) || DigitOf(code) >= 0 || code == '.' || code == '_' ||
         code == '-' || code == '+' || code == '%';
}

// A run of digits with separators in it.
struct Number {
  size_t end = 0;                // index after the last digit
  std::vector<int> digits;       // in order
  std::vector<size_t> groups;    // number of digits of each
  std::vector<UChar32> between;  // what stands between the groups, first sign
};

bool AreAll(const std::vector<UChar32>& signs, UChar32 wanted) {
  return !signs.empty() && std::all_of(signs.begin(), signs.end(),
                                       [&](UChar32 c) { return c == wanted; });
}

// 2024-03-15, 15/03/2024, 15.3.2024
bool IsDate(const Number& number) {
  if (number.groups.size() != 3) return false;
  const UChar32 sign = number.between.front();
  if ((sign != '-' && sign != '/' && sign != '.') ||
      !AreAll(number.between, sign)) {
    return false;
  }
  const auto& groups = number.groups;
  const bool year_first = groups[0] == 4 && groups[2] <= 2;
  const bool year_last = groups[2] == 4 && groups[0] <= 2;
  return groups[1] <= 2 && (year_first || year_last);
}

Number ReadNumber(const std::vector<Character>& text, size_t begin) {
  Number number;
  size_t i = begin;
  while (i < text.size()) {
    size_t digits = 0;
    for (; i < text.size() && DigitOf(text[i].code) >= 0; ++i, ++digits) {
      number.digits.push_back(DigitOf(text[i].code));
    }
    number.groups.push_back(digits);
    number.end = i;
    const size_t separator = i;
    // "210 - 123", ") ", but not a sentence's worth of blanks.
    while (i < text.size() && i - separator < 3 && IsSeparator(text[i].code)) {
      ++i;
    }
    if (i == separator || i >= text.size() || DigitOf(text[i].code) < 0) break;
    // What follows a date after a blank is another number.
    if (u_isUWhiteSpace(text[separator].code) && IsDate(number)) break;
    number.between.push_back(text[separator].code);
  }
  return number;
}

bool HasCheckDigit(const std::vector<int>& digits) {
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i];
    sum += i % 2 == 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 == 0;
}

// 10.0.19041.1234; but 01.23.45.67.89 is how a French phone number is written.
bool IsVersion(const Number& number) {
  const auto& groups = number.groups;
  if (groups.size() < 3 || !AreAll(number.between, '.')) return false;
  return std::any_of(groups.begin(), groups.end(),
                     [&](size_t size) { return size != groups.front(); });
}

const char* MaskOf(const Number& number) {
  const size_t digits = number.digits.size();
  if (digits >= kLeastCardDigits && digits <= kMostCardDigits &&
      HasCheckDigit(number.digits)) {
    return "[card]";
  }
  return digits <= kMostPhoneDigits ? "[phone]" : "[number]";
}

// The mask of an address around the '@' at `at`, and where it begins and ends;
// null when it is none.
const char* ReadAddress(const std::vector<Character>& text, size_t at,
                        size_t* begin, size_t* end) {
  size_t first = at;
  while (first > 0 && IsAddressPart(text[first - 1].code)) --first;
  size_t last = at + 1;
  while (last < text.size() && IsAddressPart(text[last].code)) ++last;
  // The point that ends a sentence is not the address's.
  while (last > at + 1 && text[last - 1].code == '.') --last;
  if (first == at || last == at + 1) return nullptr;
  *begin = first;
  *end = last;
  return "[email]";
}

}  // namespace

std::string MaskPersonalData(std::string_view text) {
  const std::vector<Character> characters = Characters(text);
  const auto copy = [&](size_t from, size_t to, std::string* out) {
    if (from >= to) return;
    const size_t begin = characters[from].begin;
    out->append(text.substr(begin, characters[to - 1].end - begin));
  };
  std::string masked;
  size_t done = 0;  // characters before it are in `masked`
  for (size_t i = 0; i < characters.size();) {
    size_t begin = i;
    size_t end = i + 1;
    const char* mask = nullptr;
    const UChar32 code = characters[i].code;
    const bool glued = i > 0 && (IsLetter(characters[i - 1].code) ||
                                 characters[i - 1].code == '_');
    if (code == '@') {
      mask = ReadAddress(characters, i, &begin, &end);
      begin = std::max(begin, done);
    } else if (DigitOf(code) >= 0 && glued) {
      // The rest of the word with it: "0x80070057".
      while (end < characters.size() && DigitOf(characters[end].code) >= 0) {
        ++end;
      }
    } else if (DigitOf(code) >= 0) {
      const Number number = ReadNumber(characters, i);
      end = number.end;
      const bool is_kept =
          number.digits.size() < kLeastDigits || IsDate(number) ||
          IsVersion(number) ||
          (end < characters.size() &&
           (IsLetter(characters[end].code) || characters[end].code == '@'));
      if (!is_kept) mask = MaskOf(number);
      if (mask != nullptr && begin > done) {
        const UChar32 before = characters[begin - 1].code;
        if (before == '+' || before == '(') --begin;
        if (begin > done && characters[begin - 1].code == '+') --begin;
      }
    }
    if (mask != nullptr) {
      copy(done, begin, &masked);
      masked += mask;
      done = end;
    }
    i = end;
  }
  copy(done, characters.size(), &masked);
  return masked;
}

}  // namespace kbsearch::server::events
