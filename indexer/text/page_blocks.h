// The blocks of a whole page, before what is not its article has been taken
// out.
#ifndef KBSEARCH_INDEXER_TEXT_PAGE_BLOCKS_H_
#define KBSEARCH_INDEXER_TEXT_PAGE_BLOCKS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/article.h"

namespace kbsearch::indexer {

struct PageBlock {
  engine::Block block;
  uint32_t link_bytes = 0;  // of the text, inside links
  uint32_t links = 0;
  uint32_t list = 0;  // number of the outermost list it is in; 0 = none
};

// Takes out what surrounds an article and is known by its text or its links:
// notices on cookies, calls for a newsletter or a trial, ratings, menus,
// language switches, lists of related pages after the article, and headings
// that are left without a text. `title` is the article's: what it speaks of is
// no notice ("We use cookies" stays on a page about cookies). A page that would
// be left without any text keeps its lists of links.
//   "Αρχική", "Προϊόντα", "Πώς αλλάζω κωδικό", "Ανοίξτε τις Ρυθμίσεις.",
//   "Σας βοήθησε αυτό το άρθρο; Ναι Όχι"
//   → "Πώς αλλάζω κωδικό", "Ανοίξτε τις Ρυθμίσεις."
std::vector<engine::Block> WithoutBoilerplate(std::vector<PageBlock> blocks,
                                              std::string_view title);

// A sentence or more, rather than a label: some length and an end mark.
bool IsProse(std::string_view text);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_TEXT_PAGE_BLOCKS_H_
