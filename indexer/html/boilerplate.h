// What of a page is not its content.
#ifndef KBSEARCH_INDEXER_HTML_BOILERPLATE_H_
#define KBSEARCH_INDEXER_HTML_BOILERPLATE_H_

#include <gumbo.h>

#include "indexer/html/html_document.h"
#include "indexer/html/page_text.h"

namespace kbsearch::indexer {

// Never text of a page: scripts, styles, embedded objects, form controls.
bool IsNeverText(const GumboNode* element);

// Navigation, page header and footer, asides, forms, dialogs, cookie notices,
// newsletter calls, ratings, menus…: by element, role, the words of class and
// id, and the share of links, without knowing any site. Never what holds the
// page's heading or much of its text. `in_content`: below <main> or <article>,
// where a header belongs to the text, a note may be an aside and a list of
// links part of the article.
bool IsBoilerplate(const GumboNode* element, const PageText& text,
                   bool in_content);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_HTML_BOILERPLATE_H_
