// What kind of character is this, and in which script? Answered from a table,
// so that scanning a text costs a look-up per code point.
#ifndef KBSEARCH_ANALYZERS_CHARACTERS_H_
#define KBSEARCH_ANALYZERS_CHARACTERS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace kbsearch::analyzers {

enum class Script : uint8_t { kNone, kLatin, kGreek, kCyrillic, kOther };

enum class CharKind : uint8_t {
  kSeparator,  // spaces, punctuation, symbols
  kLetter,
  kDigit,    // decimal digits of any script
  kMark,     // combining marks: belong to the letter before
  kComplex,  // letters of scripts that write words without spaces between
};

struct CharClass {
  CharKind kind = CharKind::kSeparator;
  Script script = Script::kNone;  // kNone for digits, marks, common letters
};

namespace internal {
inline constexpr char32_t kCharClassTableSize = 0x3000;
extern const CharClass* const kCharClassTable;
CharClass Classify(char32_t c);
}  // namespace internal

// Thread-safe.
inline CharClass ClassOf(char32_t c) {
  return c < internal::kCharClassTableSize ? internal::kCharClassTable[c]
                                           : internal::Classify(c);
}

inline bool IsLetter(char32_t c) {
  return ClassOf(c).kind == CharKind::kLetter;
}
inline bool IsDigit(char32_t c) { return ClassOf(c).kind == CharKind::kDigit; }
inline bool IsMark(char32_t c) { return ClassOf(c).kind == CharKind::kMark; }
// A letter, a digit or a mark.
inline bool IsWordCharacter(char32_t c) {
  const CharKind kind = ClassOf(c).kind;
  return kind == CharKind::kLetter || kind == CharKind::kDigit ||
         kind == CharKind::kMark;
}
bool IsUpper(char32_t c);
bool IsLower(char32_t c);
bool IsBlank(char32_t c);   // white space or a control character
bool IsFormat(char32_t c);  // shapes the text around it, shows nothing (Cf)
inline bool IsAsciiAlnum(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9');
}

namespace internal {
void AppendLongUtf8(char32_t c, std::string* out);
char32_t DecodeLongUtf8(std::string_view text, size_t* position);
}  // namespace internal

inline void AppendUtf8(char32_t c, std::string* out) {
  if (c < 0x80) {
    out->push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    const char bytes[] = {static_cast<char>(0xC0 | (c >> 6)),
                          static_cast<char>(0x80 | (c & 0x3F))};
    out->append(bytes, 2);
  } else {
    internal::AppendLongUtf8(c, out);
  }
}
std::string ToUtf8(std::u32string_view text);
// Invalid sequences become U+FFFD, one for each wrong byte.
std::u32string ToUtf32(std::string_view text);

// Decodes the code point at `*position` (REQUIRES: < text.size()) and moves
// `*position` behind it. An invalid byte gives U+FFFD and moves by one.
inline char32_t DecodeUtf8(std::string_view text, size_t* position) {
  const size_t i = *position;
  const auto lead = static_cast<uint8_t>(text[i]);
  if (lead < 0x80) {
    *position = i + 1;
    return lead;
  }
  if (lead >= 0xC2 && lead < 0xE0 && i + 1 < text.size()) {
    const auto trail = static_cast<uint8_t>(text[i + 1]);
    if ((trail & 0xC0) == 0x80) {
      *position = i + 2;
      return static_cast<char32_t>(lead & 0x1F) << 6 | (trail & 0x3F);
    }
  }
  return internal::DecodeLongUtf8(text, position);
}

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_CHARACTERS_H_
