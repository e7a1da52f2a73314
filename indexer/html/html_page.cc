#include "indexer/html/html_page.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "indexer/html/boilerplate.h"
#include "indexer/html/html_blocks.h"
#include "indexer/plain_text.h"

namespace kbsearch::indexer {
namespace {

using engine::Block;
using engine::BlockKind;

constexpr size_t kDeclarationBytes = 4096;
constexpr size_t kSiteNameWords = 5;

// What the <head> holds, found in one pass.
struct HeadData {
  std::string title;
  std::string site_name;
  std::string language;
  std::string url;
  std::string updated_at;
  std::string keywords;
  std::vector<std::string> sections;
};

bool Is(std::string_view value, absl::string_view expected) {
  return absl::EqualsIgnoreCase(absl::string_view(value.data(), value.size()),
                                expected);
}

void ReadMeta(const GumboNode* meta, HeadData* head) {
  std::string_view name = Attribute(meta, "property");
  if (name.empty()) name = Attribute(meta, "name");
  if (name.empty()) name = Attribute(meta, "http-equiv");
  std::string content = CollapseSpaces(Attribute(meta, "content"));
  if (content.empty()) return;
  if (Is(name, "keywords")) {
    head->keywords = std::move(content);
  } else if (Is(name, "article:section")) {
    head->sections.push_back(std::move(content));
  } else if (Is(name, "article:modified_time")) {
    head->updated_at = std::move(content);
  } else if (Is(name, "og:site_name")) {
    head->site_name = std::move(content);
  } else if (Is(name, "content-language")) {
    head->language = std::move(content);
  }
}

HeadData ReadHead(const HtmlDocument& document) {
  HeadData head;
  FindElement(document.root(), [&head, &document](const GumboNode* node) {
    // Some pages have metadata misplaced at the body's beginning; the title
    // of an <svg> is none.
    if (IsElement(node, GUMBO_TAG_META)) ReadMeta(node, &head);
    if (IsElement(node, GUMBO_TAG_TITLE) && node->parent == document.head() &&
        head.title.empty()) {
      head.title = CollapseSpaces(RawTextOf(node));
    }
    if (IsElement(node, GUMBO_TAG_LINK) &&
        Is(Attribute(node, "rel"), "canonical")) {
      head.url = CollapseSpaces(Attribute(node, "href"));
    }
    return IsElement(node, GUMBO_TAG_MAIN) ||
           IsElement(node, GUMBO_TAG_ARTICLE);
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

// Takes the first h1 out of the blocks.
std::string TakeHeading(std::vector<Block>* blocks) {
  const auto heading =
      std::find_if(blocks->begin(), blocks->end(), [](const Block& block) {
        return block.kind == BlockKind::kHeading && block.level == 1;
      });
  if (heading == blocks->end()) return "";
  std::string title = std::move(heading->text);
  blocks->erase(heading);
  return title;
}

}  // namespace

std::string WithoutSiteName(std::string_view title,
                            std::string_view site_name) {
  constexpr std::string_view kSeparators[] = {" | ", " - ",  " – ", " — ",
                                              " · ", " :: ", " » ", " « "};
  size_t cut = std::string_view::npos;
  size_t name_begin = 0;
  for (std::string_view separator : kSeparators) {
    const size_t found = title.rfind(separator);
    if (found == std::string_view::npos || found == 0) continue;
    if (cut != std::string_view::npos && found < cut) continue;
    cut = found;
    name_begin = found + separator.size();
    // The site's name in front: "Example | Reset your password".
    const size_t first = title.find(separator);
    if (!site_name.empty() && title.substr(0, first) == site_name) {
      return CollapseSpaces(title.substr(first + separator.size()));
    }
  }
  if (cut == std::string_view::npos) return CollapseSpaces(title);
  const std::string_view name = title.substr(name_begin);
  const auto spaces =
      static_cast<size_t>(std::count(name.begin(), name.end(), ' '));
  const bool is_name = name == site_name || spaces < kSiteNameWords;
  return CollapseSpaces(is_name ? title.substr(0, cut) : title);
}

HtmlPage ReadHtmlPage(const HtmlDocument& document) {
  HeadData head = ReadHead(document);
  HtmlPage page;
  page.blocks = BlocksOfHtml(FindMainContent(document), PageParts::kContent);
  page.title = TakeHeading(&page.blocks);
  if (page.title.empty())
    page.title = WithoutSiteName(head.title, head.site_name);
  page.language = CollapseSpaces(Attribute(document.root(), "lang"));
  if (page.language.empty()) {
    page.language = CollapseSpaces(Attribute(document.root(), "xml:lang"));
  }
  if (page.language.empty()) page.language = std::move(head.language);
  page.url = std::move(head.url);
  page.updated_at = std::move(head.updated_at);
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
