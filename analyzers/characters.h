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
inline bool IsAsciiAlnum(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9');
}

void AppendUtf8(char32_t c, std::string* out);
std::string ToUtf8(std::u32string_view text);
// Invalid sequences become U+FFFD, one for each wrong byte.
std::u32string ToUtf32(std::string_view text);

// Decodes the code point at `*position` (REQUIRES: < text.size()) and moves
// `*position` behind it. An invalid byte gives U+FFFD and moves by one.
char32_t DecodeUtf8(std::string_view text, size_t* position);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_CHARACTERS_H_
