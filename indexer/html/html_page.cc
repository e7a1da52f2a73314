#include "indexer/html/html_page.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "indexer/boilerplate/boilerplate_phrases.h"
#include "indexer/html/html_blocks.h"
#include "indexer/html/page_text.h"
#include "indexer/text/page_blocks.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

using engine::Block;
using engine::BlockKind;

constexpr size_t kDeclarationBytes = 4096;
constexpr size_t kSiteNameWords = 5;
constexpr size_t kLongestTitle = 200;  // bytes
constexpr std::string_view kTitleSeparators[] = {
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " › ", " • "};

// Between a title and the site's name when the page tells that name; elsewhere
// a colon parts the title itself.
constexpr std::string_view kNamedSiteSeparators[] = {" : ", ": "};

// What a page says about itself outside its text, found in one pass.
struct HeadData {
  std::string title;
  std::string site_name;
  std::string locale;
  std::string language;
  std::string url;
  std::string og_url;
  std::string updated_at;
  std::string published_at;
  std::string keywords;
  std::vector<std::string> sections;
  std::vector<AlternatePage> alternates;
};

bool Is(std::string_view value, absl::string_view expected) {
  return absl::EqualsIgnoreCase(absl::string_view(value.data(), value.size()),
                                expected);
}

void Fill(std::string* field, std::string value) {
  if (field->empty()) *field = std::move(value);
}

void ReadMeta(const GumboNode* meta, HeadData* head) {
  std::string content = CollapseSpaces(Attribute(meta, "content"));
  if (content.empty()) return;
  for (const char* attribute : {"property", "name", "http-equiv", "itemprop"}) {
    const std::string_view name = Attribute(meta, attribute);
    if (name.empty()) continue;
    if (Is(name, "keywords") && attribute != std::string_view("itemprop")) {
      head->keywords = content;
    } else if (Is(name, "article:section")) {
      head->sections.push_back(content);
    } else if (Is(name, "article:modified_time") ||
               Is(name, "og:updated_time") || Is(name, "dateModified") ||
               Is(name, "dcterms.modified")) {
      Fill(&head->updated_at, content);
    } else if (Is(name, "article:published_time") ||
               Is(name, "datePublished") || Is(name, "dcterms.created") ||
               Is(name, "dc.date")) {
      Fill(&head->published_at, content);
    } else if (Is(name, "og:site_name") || Is(name, "application-name")) {
      Fill(&head->site_name, content);
    } else if (Is(name, "og:locale")) {
      Fill(&head->locale, content);
    } else if (Is(name, "og:url")) {
      Fill(&head->og_url, content);
    } else if (Is(name, "content-language")) {
      Fill(&head->language, content);
    }
  }
}

bool HasRel(const GumboNode* link, std::string_view wanted) {
  const std::string rel = absl::AsciiStrToLower(absl::string_view(
      Attribute(link, "rel").data(), Attribute(link, "rel").size()));
  for (absl::string_view word :
       absl::StrSplit(rel, absl::ByAnyChar(" \t\n"), absl::SkipEmpty())) {
    if (word == absl::string_view(wanted.data(), wanted.size())) return true;
  }
  return false;
}

void ReadLink(const GumboNode* link, HeadData* head) {
  std::string href = CollapseSpaces(Attribute(link, "href"));
  if (href.empty()) return;
  if (HasRel(link, "canonical")) Fill(&head->url, href);
  std::string language = CollapseSpaces(Attribute(link, "hreflang"));
  if (!language.empty() && HasRel(link, "alternate")) {
    head->alternates.push_back({std::move(language), std::move(href)});
  }
}

// <time itemprop="dateModified" datetime="…">, <span itemprop=… content=…>
void ReadTime(const GumboNode* node, HeadData* head) {
  std::string date = CollapseSpaces(Attribute(node, "datetime"));
  if (date.empty()) return;
  const std::string_view property = Attribute(node, "itemprop");
  if (Is(property, "dateModified")) {
    Fill(&head->updated_at, std::move(date));
  } else {
    Fill(&head->published_at, std::move(date));
  }
}

HeadData ReadHead(const HtmlDocument& document) {
  HeadData head;
  // Some pages have metadata misplaced in the body; the title of an <svg> is
  // none.
  FindElement(document.root(), [&head, &document](const GumboNode* node) {
    switch (node->v.element.tag) {
      case GUMBO_TAG_META:
        ReadMeta(node, &head);
        break;
      case GUMBO_TAG_LINK:
        ReadLink(node, &head);
        break;
      case GUMBO_TAG_TIME:
        ReadTime(node, &head);
        break;
      case GUMBO_TAG_TITLE:
        if (node->parent == document.head()) {
          Fill(&head.title, CollapseSpaces(RawTextOf(node)));
        }
        break;
      default:
        break;
    }
    return false;
  });
  return head;
}

std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t comma = text.find_first_of(",;");
    std::string part = CollapseSpaces(text.substr(0, comma));
    if (!part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(comma == std::string_view::npos ? text.size()
                                                       : comma + 1);
  }
  return parts;
}

// "Reset your password | Help | Example" → all beginnings and parts:
// "Reset your password", "Help", "Example".
std::vector<std::string> TitleParts(std::string_view title) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t i = 0; i < title.size(); ++i) {
    for (const std::string_view separator : kTitleSeparators) {
      if (title.substr(i, separator.size()) != separator) continue;
      parts.push_back(FoldedWords(title.substr(begin, i - begin)));
      begin = i + separator.size();
      i = begin - 1;
      break;
    }
  }
  parts.push_back(FoldedWords(title.substr(std::min(begin, title.size()))));
  return parts;
}

// Takes the heading that is the page's title out of the blocks, with what
// stands before it when that is no text: breadcrumbs, the name of the section.
std::string TakeHeading(std::string_view title, std::string_view site_name,
                        std::vector<PageBlock>* blocks) {
  const std::string whole = FoldedWords(title);
  const std::vector<std::string> parts = TitleParts(title);
  const std::string site = FoldedWords(site_name);
  size_t first_h1 = blocks->size();
  size_t found = blocks->size();
  for (size_t i = 0; i < blocks->size() && found == blocks->size(); ++i) {
    const Block& block = (*blocks)[i].block;
    if (block.kind != BlockKind::kHeading || block.level > 3) continue;
    if (block.level == 1 && first_h1 == blocks->size()) first_h1 = i;
    const std::string words = FoldedWords(block.text);
    if (words.empty() || words == site) continue;
    if (words == whole || words == parts.front()) found = i;
  }
  // The first-level heading is the title, unless it is the site's name; a
  // heading of a part far below may happen to be called like the page.
  if (first_h1 < blocks->size() && found != first_h1) {
    const std::string words = FoldedWords((*blocks)[first_h1].block.text);
    const bool is_site =
        words == site || (found < blocks->size() && words == parts.back());
    if (is_site) {
      blocks->erase(blocks->begin() + static_cast<ptrdiff_t>(first_h1));
      if (found < blocks->size() + 1 && found > first_h1) --found;
    } else {
      found = first_h1;
    }
  }
  if (found >= blocks->size()) return "";
  std::string heading = std::move((*blocks)[found].block.text);
  const auto end = blocks->begin() + static_cast<ptrdiff_t>(found);
  const bool text_before = std::any_of(
      blocks->begin(), end,
      [](const PageBlock& block) { return IsProse(block.block.text); });
  blocks->erase(text_before ? end : blocks->begin(), end + 1);
  return heading;
}

// `title` without the name that the page gives its site, before or after it.
//   "Acme Help: Reset password", "Acme Help" → "Reset password"
std::string_view WithoutNamedSite(std::string_view title,
                                  std::string_view site_name) {
  const std::string site = FoldedWords(site_name);
  if (site.empty()) return title;
  const auto try_separator = [&](std::string_view separator) {
    const size_t first = title.find(separator);
    if (first == std::string_view::npos) return title;
    if (FoldedWords(title.substr(0, first)) == site) {
      return title.substr(first + separator.size());
    }
    const size_t last = title.rfind(separator);
    return FoldedWords(title.substr(last + separator.size())) == site
               ? title.substr(0, last)
               : title;
  };
  for (const auto separators :
       {std::span<const std::string_view>(kTitleSeparators),
        std::span<const std::string_view>(kNamedSiteSeparators)}) {
    for (const std::string_view separator : separators) {
      const std::string_view rest = try_separator(separator);
      if (rest.size() < title.size()) return rest;
    }
  }
  return title;
}

std::set<std::string> WordsOf(std::string_view text) {
  const std::string folded = FoldedWords(text);
  return absl::StrSplit(folded, ' ', absl::SkipEmpty());
}

// "Print (register-true)" beside "Print".
bool IsWithRemark(std::string_view title, std::string_view heading_words) {
  return title.ends_with(')') &&
         FoldedWords(title.substr(0, title.rfind('('))) == heading_words;
}

// <title> and heading say the same in other words: "Select several cells" over
// "Marking cells", "Print (register-true)" over "Print". Readers search by
// both. Not when <title> is the heading and something before or after it: the
// rest names the site.
bool IsOtherWording(std::string_view title, std::string_view heading) {
  if (title.size() > kLongestTitle) return false;
  const std::string whole = FoldedWords(heading);
  const std::string title_words = FoldedWords(title);
  if ((title_words.starts_with(whole + ' ') && !IsWithRemark(title, whole)) ||
      title_words.ends_with(' ' + whole)) {
    return false;
  }
  const std::vector<std::string> parts = TitleParts(title);
  if (std::find(parts.begin(), parts.end(), whole) != parts.end()) return false;
  const std::set<std::string> in_title = WordsOf(title);
  const std::set<std::string> in_heading = WordsOf(heading);
  const auto shared = static_cast<size_t>(std::count_if(
      in_heading.begin(), in_heading.end(),
      [&](const std::string& word) { return in_title.contains(word); }));
  return 2 * shared >= in_heading.size() && shared > 0 &&
         shared < in_title.size();
}

// "6.14. Transform" → "Transform": a manual's numbers are no part of a title.
std::string WithoutSectionNumber(std::string title) {
  size_t i = 0;
  int numbers = 0;
  while (i < title.size() && absl::ascii_isdigit(title[i])) {
    while (i < title.size() && absl::ascii_isdigit(title[i])) ++i;
    if (i == title.size() || title[i] != '.') return title;
    ++i;
    ++numbers;
  }
  if (numbers < 2 || i == title.size() || title[i] != ' ') return title;
  return title.substr(i + 1);
}

// Whose URL is the page's own.
std::string LanguageOfAlternates(const HeadData& head) {
  for (const AlternatePage& page : head.alternates) {
    if (page.url == head.url && page.language != "x-default") {
      return page.language;
    }
  }
  return "";
}

std::string PageLanguage(const HtmlDocument& document, const GumboNode* content,
                         const HeadData& head) {
  std::string language;
  for (const GumboNode* node : {document.root(), document.body(), content}) {
    Fill(&language, CollapseSpaces(Attribute(node, "lang")));
    Fill(&language, CollapseSpaces(Attribute(node, "xml:lang")));
  }
  Fill(&language, LanguageOfAlternates(head));
  Fill(&language, head.locale);
  Fill(&language, head.language);
  return language;
}

// The page's blocks; where a strict look leaves nothing, a lenient one.
std::vector<PageBlock> ContentOf(const HtmlDocument& document,
                                 const GumboNode* content,
                                 const PageText& text) {
  const bool known =
      content != document.body() && !IsElement(content, GUMBO_TAG_DIV);
  std::vector<PageBlock> blocks = BlocksOfPage(content, text, known);
  const bool only_headings =
      std::all_of(blocks.begin(), blocks.end(), [](const PageBlock& block) {
        return block.block.kind == BlockKind::kHeading;
      });
  if (only_headings && !known) blocks = BlocksOfPage(content, text, true);
  return blocks;
}

}  // namespace

std::string WithoutSiteName(std::string_view title,
                            std::string_view site_name) {
  const std::string_view rest = WithoutNamedSite(title, site_name);
  if (rest.size() < title.size()) return CollapseSpaces(rest);
  size_t cut = std::string_view::npos;
  size_t name_begin = 0;
  for (std::string_view separator : kTitleSeparators) {
    const size_t found = title.rfind(separator);
    if (found == std::string_view::npos || found == 0) continue;
    if (cut != std::string_view::npos && found < cut) continue;
    cut = found;
    name_begin = found + separator.size();
  }
  if (cut == std::string_view::npos) return CollapseSpaces(title);
  const std::string_view name = title.substr(name_begin);
  const auto spaces =
      static_cast<size_t>(std::count(name.begin(), name.end(), ' '));
  return CollapseSpaces(spaces < kSiteNameWords ? title.substr(0, cut) : title);
}

HtmlPage ReadHtmlPage(const HtmlDocument& document) {
  HeadData head = ReadHead(document);
  const PageText text(document.body());
  const GumboNode* const content = FindMainContent(document, text);
  std::vector<PageBlock> blocks = ContentOf(document, content, text);
  HtmlPage page;
  page.title = TakeHeading(head.title, head.site_name, &blocks);
  std::string other = WithoutSiteName(head.title, head.site_name);
  if (page.title.empty()) {
    page.title = std::move(other);
  } else if (!blocks.empty() && IsOtherWording(other, page.title)) {
    blocks.insert(blocks.begin(),
                  PageBlock{{BlockKind::kHeading, 1, page.title, ""}});
    page.title = std::move(other);
  }
  page.title = WithoutSectionNumber(std::move(page.title));
  page.blocks = WithoutBoilerplate(std::move(blocks), page.title);
  for (Block& block : page.blocks) {
    if (block.kind != BlockKind::kHeading) continue;
    block.text = WithoutSectionNumber(std::move(block.text));
  }
  page.language = PageLanguage(document, content, head);
  page.url = head.url.empty() ? std::move(head.og_url) : std::move(head.url);
  page.updated_at = head.updated_at.empty() ? std::move(head.published_at)
                                            : std::move(head.updated_at);
  page.alternates = std::move(head.alternates);
  page.tags = SplitAtCommas(head.keywords);
  page.category = std::move(head.sections);
  return page;
}

std::string DeclaredEncoding(std::string_view bytes) {
  const std::string beginning = absl::AsciiStrToLower(absl::string_view(
      bytes.data(), std::min(bytes.size(), kDeclarationBytes)));
  size_t found = beginning.find("charset=");
  size_t skip = 8;
  if (found == std::string::npos) {
    if (!beginning.starts_with("<?xml")) return "";
    found = beginning.find("encoding=");
    skip = 9;
    if (found == std::string::npos) return "";
  }
  const size_t begin = beginning.find_first_not_of("\"' ", found + skip);
  if (begin == std::string::npos) return "";
  const size_t end = beginning.find_first_of("\"'; />?", begin);
  return beginning.substr(begin, end - begin);
}

}  // namespace kbsearch::indexer
