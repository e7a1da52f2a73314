// An HTML tree → blocks of plain text.
#ifndef KBSEARCH_INDEXER_HTML_HTML_BLOCKS_H_
#define KBSEARCH_INDEXER_HTML_HTML_BLOCKS_H_

#include <gumbo.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/article.h"
#include "indexer/html/page_text.h"
#include "indexer/text/page_blocks.h"

namespace kbsearch::indexer {

// Block-level tags and <br> separate words, inline tags do not (but where a
// small letter meets a capital):
//   <h2 id="a">Α</h2><p>όπως<b>ά</b><br>portal</p><ul><li>Γ</ul>
//   → heading "Α" #a, paragraph "όπωςά portal" #a, list item "Γ" #a
// A block without an id of its own has the anchor of the heading above it.
// Table cells are joined by " | "; code keeps its lines.
std::vector<engine::Block> BlocksOfHtml(const GumboNode* root);

// The same of a whole page, without the elements that are boilerplate. With
// `in_content` true, `root` is known to be the content.
std::vector<PageBlock> BlocksOfPage(const GumboNode* root, const PageText& text,
                                    bool in_content);

// Whether the element begins a line of its own.
bool IsBlockLevel(const GumboNode* element);

// Plain text of an HTML fragment, blocks separated by newlines; text without
// markup comes back as it is, spaces collapsed. Markup that is nested too
// deeply gives an empty string.
std::string PlainTextOfHtml(std::string_view html);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_HTML_HTML_BLOCKS_H_
