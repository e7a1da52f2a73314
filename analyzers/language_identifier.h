// Which language is a text, a paragraph, or a two-word query written in?
#ifndef KBSEARCH_ANALYZERS_LANGUAGE_IDENTIFIER_H_
#define KBSEARCH_ANALYZERS_LANGUAGE_IDENTIFIER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"

namespace kbsearch::analyzers {

struct LanguageGuess {
  std::string language;    // registry code
  double probability = 0;  // the guesses of one answer sum to 1
};

// A stretch of a text in one language; bytes [begin, end) of the text.
struct LanguagePart {
  std::string language;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// What somebody who knows more of a word than how it is spelt makes of the
// identifier's opinion of it: the share that counts, 0 … 1. Is asked once for
// each word of a text, as it stands there.
using WordTrust = absl::FunctionRef<double(std::string_view word)>;

// Thread-safe, immutable.
class LanguageIdentifier {
 public:
  virtual ~LanguageIdentifier() = default;

  // The languages `among` (codes; empty: every known one) with their
  // probabilities, likeliest first. A knowledge base knows its languages: name
  // them, and a Dutch query is never taken for one in German there is nothing
  // in. `prior` is the language the reader is expected to use (his locale), or
  // empty; it decides where the text itself says little ("router reset").
  // Empty when the text holds no letters of a script that one of them is
  // written in.
  virtual std::vector<LanguageGuess> Identify(
      std::string_view text, std::string_view prior = {},
      std::span<const std::string> among = {}) const = 0;

  // The same with `trust` in what words say.
  virtual std::vector<LanguageGuess> IdentifyTrusting(
      WordTrust trust, std::string_view text, std::string_view prior = {},
      std::span<const std::string> among = {}) const = 0;

  // Divides a text into runs of one language at paragraph (line) borders,
  // short lines going with their neighbours. `expected` is the language of the
  // whole, which parts that say little are given. Covers the text without gap.
  // `among` as above.
  virtual std::vector<LanguagePart> Split(
      std::string_view text, std::string_view expected,
      std::span<const std::string> among = {}) const = 0;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANGUAGE_IDENTIFIER_H_
