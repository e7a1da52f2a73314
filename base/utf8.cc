#include "base/utf8.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace kbsearch {

bool IsValidUtf8(std::string_view bytes) {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (p != end) {
    while (end - p >= 8) {  // eight ASCII bytes at a time
      uint64_t word;
      std::memcpy(&word, p, 8);
      if ((word & 0x8080808080808080u) != 0) break;
      p += 8;
    }
    if (p == end) return true;
    if (static_cast<unsigned char>(*p) < 0x80) {
      ++p;
      continue;
    }
    // Two-byte sequences (Greek, Cyrillic, accents) without ICU's general case.
    if (end - p >= 2 && static_cast<unsigned char>(*p) >= 0xC2 &&
        static_cast<unsigned char>(*p) < 0xE0 && U8_IS_TRAIL(p[1])) {
      p += 2;
      continue;
    }
    int32_t i = 0;
    UChar32 c = 0;
    const auto left = static_cast<int32_t>(std::min<ptrdiff_t>(end - p, 4));
    U8_NEXT(p, i, left, c);
    if (c < 0) return false;
    p += i;
  }
  return true;
}

}  // namespace kbsearch
