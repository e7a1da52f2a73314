#include "analyzers/characters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace kbsearch::analyzers {
namespace {

Script ScriptOf(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_LATIN:
      return Script::kLatin;
    case USCRIPT_GREEK:
      return Script::kGreek;
    case USCRIPT_CYRILLIC:
      return Script::kCyrillic;
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
      return Script::kNone;
    default:
      return Script::kOther;
  }
}

bool NeedsDictionary(char32_t c) {
  return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK) ==
             U_LB_COMPLEX_CONTEXT ||
         u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) ||
         uscript_hasScript(static_cast<UChar32>(c), USCRIPT_HIRAGANA) ||
         uscript_hasScript(static_cast<UChar32>(c), USCRIPT_KATAKANA);
}

const CharClass* MakeTable() {
  auto* const table = new CharClass[internal::kCharClassTableSize];
  for (char32_t c = 0; c < internal::kCharClassTableSize; ++c) {
    table[c] = internal::Classify(c);
  }
  return table;
}

}  // namespace

namespace internal {

CharClass Classify(char32_t c) {
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_DECIMAL_DIGIT_NUMBER:
      return {CharKind::kDigit, Script::kNone};
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_ENCLOSING_MARK:
      return {NeedsDictionary(c) ? CharKind::kComplex : CharKind::kMark,
              Script::kNone};
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
      return {NeedsDictionary(c) ? CharKind::kComplex : CharKind::kLetter,
              ScriptOf(c)};
    default:
      return {};
  }
}

const CharClass* const kCharClassTable = MakeTable();

void AppendLongUtf8(char32_t c, std::string* out) {
  uint8_t bytes[4];
  int32_t length = 0;
  UBool is_error = false;
  U8_APPEND(bytes, length, 4, static_cast<UChar32>(c), is_error);
  if (!is_error) out->append(reinterpret_cast<char*>(bytes), length);
}

char32_t DecodeLongUtf8(std::string_view text, size_t* position) {
  const size_t start = *position;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data()) + start;
  const auto available =
      static_cast<int32_t>(std::min<size_t>(text.size() - start, 4));
  int32_t index = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, index, available, c);
  if (c < 0) {
    *position = start + 1;
    return 0xFFFD;
  }
  *position = start + static_cast<size_t>(index);
  return static_cast<char32_t>(c);
}

}  // namespace internal

bool IsBlank(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return u_isUWhiteSpace(point) || u_charType(point) == U_CONTROL_CHAR;
}

bool IsFormat(char32_t c) {
  return u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR;
}

bool IsUpper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isupper(static_cast<UChar32>(c)) ||
         u_istitle(static_cast<UChar32>(c));
}

bool IsLower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return u_islower(static_cast<UChar32>(c));
}

std::string ToUtf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (const char32_t c : text) AppendUtf8(c, &out);
  return out;
}

std::u32string ToUtf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) out.push_back(DecodeUtf8(text, &i));
  return out;
}

}  // namespace kbsearch::analyzers
