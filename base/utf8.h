// UTF-8, as RFC 3629 has it.
#ifndef KBSEARCH_BASE_UTF8_H_
#define KBSEARCH_BASE_UTF8_H_

#include <string_view>

namespace kbsearch {

// Whether every byte belongs to a well-formed sequence (no surrogates, nothing
// above U+10FFFF). "κ" is, its first byte alone is not.
bool IsValidUtf8(std::string_view bytes);

}  // namespace kbsearch

#endif  // KBSEARCH_BASE_UTF8_H_
