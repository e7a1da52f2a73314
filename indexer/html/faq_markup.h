// Questions and answers that a page declares for machines (schema.org FAQPage
// in JSON-LD).
#ifndef KBSEARCH_INDEXER_HTML_FAQ_MARKUP_H_
#define KBSEARCH_INDEXER_HTML_FAQ_MARKUP_H_

#include <vector>

#include "engine/article.h"
#include "indexer/html/html_document.h"

namespace kbsearch::indexer {

// The entries of every FAQPage in the page's scripts, in order; arrays,
// @graph and HTML inside answers are understood. `malformed`, if given, is set
// when a script is not JSON.
std::vector<engine::FaqEntry> FindFaqEntries(const HtmlDocument& document,
                                             bool* malformed = nullptr);

// Takes the text of the article's entries out of its blocks, so that it is
// indexed once, and gives each entry the anchor of its question in the page.
// Blocks that say more than the entry stay.
void RemoveEntriesFromBlocks(engine::Article* article);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_HTML_FAQ_MARKUP_H_
