// Questions and answers that a page declares for machines: schema.org's
// Question, of an FAQPage or a QAPage, in JSON-LD, microdata or RDFa.
#ifndef KBSEARCH_INDEXER_HTML_FAQ_MARKUP_H_
#define KBSEARCH_INDEXER_HTML_FAQ_MARKUP_H_

#include <string_view>
#include <vector>

#include "engine/article.h"
#include "indexer/html/html_document.h"

namespace kbsearch::indexer {

struct FaqMarkup {
  std::vector<engine::FaqEntry> entries;  // in order, each question once
  bool repaired = false;   // a script was not quite JSON, and was read all the
                           // same
  bool malformed = false;  // a script is not JSON at all
};

// Every question with an answer that the page marks up; arrays, @graph, several
// scripts and HTML inside answers are understood. Of several answers the
// accepted one counts, else all suggested.
FaqMarkup FindFaqMarkup(const HtmlDocument& document);

// The same of one JSON-LD text, added to `found`.
void AppendJsonLdEntries(std::string_view json_ld, FaqMarkup* found);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_HTML_FAQ_MARKUP_H_
