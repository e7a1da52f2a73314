// Markdown → blocks of plain text.
#ifndef KBSEARCH_INDEXER_READERS_MARKDOWN_H_
#define KBSEARCH_INDEXER_READERS_MARKDOWN_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/article.h"

namespace kbsearch::indexer {

// CommonMark with GitHub's tables, strike-through and task lists.
// A heading's anchor is made of its words as most site generators do, or
// written: "## Title {#anchor}". Other blocks have the anchor of the heading
// above them. Embedded HTML is read as HTML.
//   "## Νέος κωδικός\n* ένα\n* δύο" →
//   heading 2 "Νέος κωδικός" #νέος-κωδικός, list items "ένα", "δύο"
// Nothing when the parser's time or memory would be out of proportion: a
// paragraph of thousands of brackets, a table of a million cells.
std::optional<std::vector<engine::Block>> BlocksOfMarkdown(
    std::string_view markdown);

// "Νέος κωδικός (2)!" → "νέος-κωδικός-2"
std::string HeadingAnchor(std::string_view heading);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_MARKDOWN_H_
