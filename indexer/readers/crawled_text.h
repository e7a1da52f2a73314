// The plain text of a crawled page: one block a line, with menus and notices
// among them, perhaps JSON-LD that the crawler took for text.
#ifndef KBSEARCH_INDEXER_READERS_CRAWLED_TEXT_H_
#define KBSEARCH_INDEXER_READERS_CRAWLED_TEXT_H_

#include <cstdint>
#include <string_view>

#include "engine/article.h"
#include "indexer/html/faq_markup.h"

namespace kbsearch::indexer {

enum class TitlePlace : uint8_t { kGiven, kInText };

// Fills the blocks and entries of `article` from `text`, without what surrounds
// the article as far as text tells (page_blocks.h). A title in the text is its
// first line, or, below a menu, the line that the page's text hangs on. Returns
// what was found of JSON-LD; its entries have been moved.
//   "Αρχική\nΣύνδεση\nΤιμές\nΕπικοινωνία\nΝέος κωδικός\nΑνοίξτε τις ρυθμίσεις…"
//   → title "Νέος κωδικός", block "Ανοίξτε τις ρυθμίσεις…"
FaqMarkup ReadCrawledText(std::string_view text, TitlePlace title,
                          engine::Article* article);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_CRAWLED_TEXT_H_
