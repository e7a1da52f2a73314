// The unit of analysis: one word (or part of one) of a text, with the terms it
// is found by and the place it stands at.
//
// Invariant: `begin` and `end` are byte offsets into the ORIGINAL text, before
// any cleaning; no later step changes them.
//
// Worked example, language fr, "L'imprimante Wi-Fi":
//   begin end position span role    exact         lemmas
//   2     12  0        1    kWhole  imprimante    {imprim}
//   13    15  1        1    kWhole  wi            {wi}
//   16    18  2        1    kWhole  fi            {fi}
//   13    18  1        2    kJoined wifi          {wif}
#ifndef KBSEARCH_ANALYZERS_TOKEN_H_
#define KBSEARCH_ANALYZERS_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/container/inlined_vector.h"

namespace kbsearch::analyzers {

// What a token stands for.
enum class TokenRole : uint8_t {
  kWhole,    // a word of the text as it stands
  kPart,     // a piece of the whole token at the same position (compound part,
             // camelCase part, host of an e-mail address)
  kJoined,   // several words written as one ("wifi" for "Wi-Fi")
  kVariant,  // another spelling of the whole (homoglyphs resolved, "can not")
};

// The language terms of a word. Few words have more than two.
using Lemmas = absl::InlinedVector<std::string, 2>;

struct Token {
  uint32_t begin = 0;     // first byte in the original text
  uint32_t end = 0;       // one past the last byte
  uint32_t position = 0;  // word number; parts share their whole's first one
  uint32_t span = 1;      // word positions covered (kJoined: 2 or more)
  TokenRole role = TokenRole::kWhole;
  bool is_protected = false;  // code, version, address: never stemmed/corrected
  bool is_stop = false;       // function word: indexed, weighs nothing beside
                              // content words
  bool is_negation = false;   // "not": counts, but is no matter to look for
  std::string exact;          // folded form, UTF-8, never empty
  Lemmas lemmas;              // UTF-8, without prefix; empty for protected
                              // tokens
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TOKEN_H_
