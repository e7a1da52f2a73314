// What somebody is typing, as words: those that are finished, and the one that
// is only begun.
//
//   "Wachtwoord ver"   → finished {wachtwoord}, last "ver"
//   "wachtwoord "      → finished {wachtwoord}, no last: the next word is
//   wanted "ΚΩΔΙΚΟΣ"          → last "κωδικοσ": it may be whole or not
#ifndef KBSEARCH_ENGINE_COMPLETION_TYPED_TEXT_H_
#define KBSEARCH_ENGINE_COMPLETION_TYPED_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/analyzer.h"

namespace kbsearch::engine {

// A word of the input; bytes [begin, end) of TypedText::text.
struct TypedWord {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool is_stop = false;
  bool is_plain = false;  // letters only: may be misspelt
  std::string folded;
  std::u32string letters;  // folded
  std::vector<std::string> lemmas;
};

struct TypedText {
  std::string text;  // as CleanLine() gives it
  std::vector<TypedWord> finished;
  std::optional<TypedWord> last;  // the text ends in it
};

// More finished words than that are no title, nor its beginning.
inline constexpr size_t kMaxTypedWords = 24;

// One line to show: white space and control characters become one blank,
// invisible marks of direction and invalid bytes go, no blank at the start.
//   CleanLine("\tΝέος\u202e  κωδ\xff") = "Νέος κωδ"
std::string CleanLine(std::string_view text);

// `text` is clean.
TypedText ReadTyped(std::string text, analyzers::Analyzer& analyzer);

// How many bytes of `word`, as it is written, fold to `folded`, its beginning:
// TypedBytes("Réseau", "res") = 4. The whole word when it does not begin so.
size_t TypedBytes(std::string_view word, std::string_view folded);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_TYPED_TEXT_H_
