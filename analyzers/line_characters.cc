#include "analyzers/line_characters.h"

#include <unicode/uchar.h>

namespace kbsearch::analyzers {

bool IsBlank(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return u_isUWhiteSpace(point) || u_charType(point) == U_CONTROL_CHAR;
}

bool IsInvisible(char32_t c) {
  constexpr char32_t kInvalid = 0xFFFD;
  return c == kInvalid ||
         (u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR && c != 0x200C &&
          c != 0x200D);
}

}  // namespace kbsearch::analyzers
