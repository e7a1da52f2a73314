// How much of a page's text is where: the measure by which content is told
// from what surrounds it, in any language.
//
// After Kohlschütter, Fankhauser, Nejdl, "Boilerplate Detection using Shallow
// Text Features" (WSDM 2010): running text is long and has few links.
#ifndef KBSEARCH_INDEXER_HTML_PAGE_TEXT_H_
#define KBSEARCH_INDEXER_HTML_PAGE_TEXT_H_

#include <gumbo.h>

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "indexer/html/html_document.h"

namespace kbsearch::indexer {

class PageText {
 public:
  struct Counts {
    uint32_t text = 0;   // bytes, white space at ends not counted
    uint32_t links = 0;  // bytes of these inside links
    uint32_t link_count = 0;
    uint32_t prose = 0;     // bytes in paragraphs of sentences with few links
    bool has_main = false;  // holds a first-level heading, <main> or <article>
  };

  explicit PageText(const GumboNode* body);

  // Of an element below the body (or the body itself); zero for any other.
  const Counts& Of(const GumboNode* element) const;
  // Share of the page's running text that is in the element.
  double ProseShare(const GumboNode* element) const;
  // Share of all the page's text.
  double TextShare(const GumboNode* element) const;

 private:
  absl::flat_hash_map<const GumboNode*, Counts> counts_;
  uint32_t prose_ = 0;
  uint32_t all_ = 0;
};

// The element that holds the page's content: <main> or role=main with text,
// else the <article> with most of the articles' text, else the smallest element
// that holds nearly all running text.
const GumboNode* FindMainContent(const HtmlDocument& document,
                                 const PageText& text);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_HTML_PAGE_TEXT_H_
