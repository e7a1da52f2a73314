// Plain text → paragraphs.
#ifndef KBSEARCH_INDEXER_TEXT_PLAIN_TEXT_H_
#define KBSEARCH_INDEXER_TEXT_PLAIN_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/article.h"

namespace kbsearch::indexer {

// Paragraphs are divided by blank lines. The lines of a paragraph are joined
// when they look wrapped at a width, otherwise each is a block:
//   "Πρώτα\nΔεύτερα\n\nΤρίτα" → "Πρώτα", "Δεύτερα", "Τρίτα"
std::vector<engine::Block> BlocksOfPlainText(std::string_view text);

// Runs of white space (U+00A0 included) → one space, none at the ends.
std::string CollapseSpaces(std::string_view text);

// Appends `text` to `out` as CollapseSpaces does, with `out`'s end as context:
// a space is written only between words.
void AppendCollapsed(std::string_view text, std::string* out);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_TEXT_PLAIN_TEXT_H_
