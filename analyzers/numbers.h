// Numbers, versions and IP addresses as protected tokens.
#ifndef KBSEARCH_ANALYZERS_NUMBERS_H_
#define KBSEARCH_ANALYZERS_NUMBERS_H_

#include "analyzers/protected_tokens.h"

namespace kbsearch::analyzers {

// A number with separators, or a version:
//   "v2.4.1" → 2.4.1        "10.0.0.1" → 10.0.0.1    "19,99" → 19.99
//   "1.234,56" → 1234.56    "10,000" → 10.000, variant 10000
//   "1 234 567" with plain blanks stays three words.
bool MatchNumber(const CleanText& text, size_t begin, ProtectedToken* token);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_NUMBERS_H_
