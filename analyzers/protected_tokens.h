// Things in a text that are no words: addresses, versions, codes, names such
// as C++ and AT&T. They are found whole and by their parts, compared letter by
// letter, and never stemmed nor corrected.
//
//   "john.doe@example.com"  john.doe@example.com; parts john.doe, john, doe,
//                           example.com, example
//   "SKU-4471-B"            sku4471b; parts sku, 4471
//   "Α.Φ.Μ."                αφμ
//   "v2.4.1"                2.4.1
//   "1.234,56"              1234.56
#ifndef KBSEARCH_ANALYZERS_PROTECTED_TOKENS_H_
#define KBSEARCH_ANALYZERS_PROTECTED_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analyzers/clean_text.h"
#include "analyzers/token.h"

namespace kbsearch::analyzers {

struct WordRange {
  size_t begin = 0;  // indexes of the clean text
  size_t end = 0;
};

struct ProtectedToken {
  struct Part {
    size_t begin = 0;  // indexes of the clean text
    size_t end = 0;
    TokenRole role = TokenRole::kPart;
    bool is_word = false;  // an ordinary word: has lemmas
    std::string exact;     // folded
  };
  size_t end = 0;  // index behind the token
  bool is_stop = false;
  std::string exact;  // folded, not empty
  std::vector<Part> parts;

  void Clear() {
    end = 0;
    is_stop = false;
    exact.clear();
    parts.clear();
  }
};

// The signs without which there is no protected token of a kind, as bits. A
// stretch between blanks that has none of them needs no second look.
using TokenHints = uint32_t;

// The hints in the stretch from `begin` to the next blank, whose index goes
// into `*end`. A stop or comma that ends the stretch ends a sentence: no hint.
TokenHints ProtectedTokenHints(const CleanText& text, size_t begin,
                               size_t* end);

// Does one begin at `begin`? REQUIRES: no word character stands before it, and
// `hints` are those of the stretch that `begin` is in.
bool MatchProtectedToken(const CleanText& text, size_t begin, TokenHints hints,
                         ProtectedToken* token);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_PROTECTED_TOKENS_H_
