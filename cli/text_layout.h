// Lays text out on a terminal: colours, wrapping by display width, and no
// control characters from outside.
#ifndef KBSEARCH_CLI_TEXT_LAYOUT_H_
#define KBSEARCH_CLI_TEXT_LAYOUT_H_

#include <span>
#include <string>
#include <string_view>

#include "cli/environment.h"

namespace kbsearch::cli {

enum class Emphasis { kPlain, kTitle, kHighlight, kFaint, kLink, kLabel };

struct StyledText {
  std::string text;
  Emphasis emphasis = Emphasis::kPlain;
};

// Text without control characters (an article could hold escape sequences):
// tabs and newlines become spaces, others U+FFFD. Broken UTF-8 becomes U+FFFD.
//   "a\tb\x1b[31m" → "a b�[31m"
std::string Printable(std::string_view text);

// Terminal columns: combining marks take none, East Asian wide letters two.
int DisplayWidth(std::string_view text);

// The pieces in a row, broken at spaces into lines of at most style.width
// columns; words that are longer stay whole. The first line begins after
// `indent` spaces, the others after `indent` + `hanging`. Runs of white space
// become one space. Ends in a newline unless empty.
std::string Layout(std::span<const StyledText> pieces, int indent,
                   const TextStyle& style, int hanging = 0);

// One piece.
std::string Layout(const StyledText& piece, int indent, const TextStyle& style);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_TEXT_LAYOUT_H_
