// Where may a text be cut? Between characters as people see them: never inside
// a code point, nor between a letter and its marks, the parts of an emoji or
// CR and LF (grapheme clusters, Unicode UAX #29).
//
//   "é" as e + U+0301: CutBefore(text, 1) = 0, CutAfter(text, 1) = 3
#ifndef KBSEARCH_ANALYZERS_GRAPHEMES_H_
#define KBSEARCH_ANALYZERS_GRAPHEMES_H_

#include <cstddef>
#include <string_view>

namespace kbsearch::analyzers {

// The last place at or before `at`, in bytes; at most text.size(). Thread-safe.
// REQUIRES: text.size() < 2^31.
size_t CutBefore(std::string_view text, size_t at);

// The first place at or after `at`.
size_t CutAfter(std::string_view text, size_t at);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_GRAPHEMES_H_
