// What a whole HTML page says about itself.
#ifndef KBSEARCH_INDEXER_HTML_HTML_PAGE_H_
#define KBSEARCH_INDEXER_HTML_HTML_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/article.h"
#include "indexer/html/html_document.h"
#include "indexer/reader.h"

namespace kbsearch::indexer {

// All as the page writes it; empty where it says nothing.
struct HtmlPage {
  std::string title;       // the heading that <title> repeats, else the first
                           // <h1>, else <title> without the site's name
  std::string language;    // of <html lang>, else of the content's element, of
                           // og:locale, content-language, or the alternate that
                           // is the page itself
  std::string url;         // link rel=canonical, else og:url
  std::string updated_at;  // of the last change, else of publication
  std::vector<AlternatePage> alternates;
  std::vector<std::string> tags;      // meta keywords
  std::vector<std::string> category;  // meta property article:section
  std::vector<engine::Block> blocks;  // without the title's heading
};

HtmlPage ReadHtmlPage(const HtmlDocument& document);

// The encoding that a page's beginning declares in <meta charset> or an XML
// declaration, or empty.
std::string DeclaredEncoding(std::string_view bytes);

// "Reset your password | Example" → "Reset your password"
std::string WithoutSiteName(std::string_view title, std::string_view site_name);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_HTML_HTML_PAGE_H_
