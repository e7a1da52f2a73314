// What of a page is not its content.
#ifndef KBSEARCH_INDEXER_HTML_BOILERPLATE_H_
#define KBSEARCH_INDEXER_HTML_BOILERPLATE_H_

#include <gumbo.h>

#include "indexer/html/html_document.h"

namespace kbsearch::indexer {

// Never text of a page: scripts, styles, embedded objects, form controls.
bool IsNeverText(const GumboNode* element);

// Navigation, page header and footer, asides, forms, dialogs, cookie notices,
// newsletter calls, ratings…: by element, role and the words of class and id,
// without knowing any site. `in_content`: below <main> or <article>, where a
// header belongs to the text and a note may be an aside.
bool IsBoilerplate(const GumboNode* element, bool in_content);

// The element that holds the page's content: <main> or role=main with text,
// else the <article> with most of the articles' text, else <body>.
const GumboNode* FindMainContent(const HtmlDocument& document);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_HTML_BOILERPLATE_H_
