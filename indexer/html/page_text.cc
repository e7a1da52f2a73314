#include "indexer/html/page_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include "indexer/html/boilerplate.h"
#include "indexer/html/html_blocks.h"
#include "indexer/text/page_blocks.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

constexpr double kNearlyAll = 0.9;

// Text right inside an element, inline children included.
struct OwnText {
  std::string text;
  uint32_t link_bytes = 0;
};

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool IsContentMark(const GumboNode* node) {
  return IsElement(node, GUMBO_TAG_H1) || IsElement(node, GUMBO_TAG_MAIN) ||
         IsElement(node, GUMBO_TAG_ARTICLE) ||
         Attribute(node, "role") == "main";
}

struct Visit {
  const GumboNode* element;
  const GumboNode* block;  // nearest block-level element, itself included
  size_t parent;           // index of the parent's visit
  bool in_link;
};

}  // namespace

PageText::PageText(const GumboNode* body) {
  std::vector<Visit> visits = {{body, body, 0, false}};
  std::vector<Counts> counts(1);
  absl::flat_hash_map<const GumboNode*, OwnText> own;
  for (size_t i = 0; i < visits.size(); ++i) {  // children are appended
    const Visit visit = visits[i];
    if (IsContentMark(visit.element)) counts[i].has_main = true;
    if (IsElement(visit.element, GUMBO_TAG_A)) ++counts[i].link_count;
    const GumboVector& children = Children(visit.element);
    for (unsigned k = 0; k < children.length; ++k) {
      const auto* child = static_cast<const GumboNode*>(children.data[k]);
      if (child->type == GUMBO_NODE_TEXT) {
        const std::string_view text = Trimmed(child->v.text.text);
        const auto size = static_cast<uint32_t>(text.size());
        counts[i].text += size;
        OwnText& paragraph = own[visit.block];
        AppendCollapsed(child->v.text.text, &paragraph.text);
        if (visit.in_link) {
          counts[i].links += size;
          paragraph.link_bytes += size;
        }
      } else if (IsElement(child) && !IsNeverText(child)) {
        visits.push_back({child, IsBlockLevel(child) ? child : visit.block, i,
                          visit.in_link || IsElement(child, GUMBO_TAG_A)});
        counts.emplace_back();
      }
    }
  }
  counts_.reserve(visits.size());
  for (size_t i = visits.size(); i > 0; --i) {
    const Visit& visit = visits[i - 1];
    Counts& count = counts[i - 1];
    if (const auto found = own.find(visit.element); found != own.end()) {
      const OwnText& paragraph = found->second;
      if (IsProse(paragraph.text) &&
          2 * paragraph.link_bytes < paragraph.text.size()) {
        count.prose += static_cast<uint32_t>(paragraph.text.size());
      }
    }
    counts_[visit.element] = count;
    if (i == 1) break;
    Counts& parent = counts[visit.parent];
    parent.text += count.text;
    parent.links += count.links;
    parent.link_count += count.link_count;
    parent.prose += count.prose;
    parent.has_main = parent.has_main || count.has_main;
  }
  prose_ = counts[0].prose;
  all_ = counts[0].text;
}

const PageText::Counts& PageText::Of(const GumboNode* element) const {
  static constexpr Counts kNone;
  const auto found = counts_.find(element);
  return found == counts_.end() ? kNone : found->second;
}

double PageText::ProseShare(const GumboNode* element) const {
  return prose_ == 0 ? 0 : static_cast<double>(Of(element).prose) / prose_;
}

double PageText::TextShare(const GumboNode* element) const {
  return all_ == 0 ? 0 : static_cast<double>(Of(element).text) / all_;
}

namespace {

// Articles not inside one another; the rest of a list of them is teasers.
const GumboNode* FindArticle(const GumboNode* body, const PageText& text) {
  const GumboNode* longest = nullptr;
  size_t all = 0;
  FindElement(
      body, [](const GumboNode*) { return false; },
      [&](const GumboNode* node) {
        if (!IsElement(node, GUMBO_TAG_ARTICLE)) return false;
        all += text.Of(node).text;
        if (longest == nullptr || text.Of(node).text > text.Of(longest).text) {
          longest = node;
        }
        return true;
      });
  if (longest == nullptr || 2 * text.Of(longest).text <= all) return nullptr;
  // A teaser beside the text is no article.
  return text.ProseShare(longest) >= 0.5 || text.ProseShare(body) == 0
             ? longest
             : nullptr;
}

// Down from `body` as long as one child holds nearly all running text.
const GumboNode* NarrowToProse(const GumboNode* body, const PageText& text) {
  const GumboNode* here = body;
  while (text.ProseShare(here) > 0) {
    const GumboNode* next = nullptr;
    const GumboVector& children = Children(here);
    for (unsigned i = 0; i < children.length; ++i) {
      const auto* child = static_cast<const GumboNode*>(children.data[i]);
      if (!IsElement(child) || !IsBlockLevel(child)) continue;
      if (text.ProseShare(child) >= kNearlyAll) next = child;
    }
    if (next == nullptr) break;
    // What is around the text inside a list, table or paragraph is its own.
    const GumboTag tag = next->v.element.tag;
    if (tag != GUMBO_TAG_DIV && tag != GUMBO_TAG_SECTION &&
        tag != GUMBO_TAG_FORM && tag != GUMBO_TAG_CENTER &&
        tag != GUMBO_TAG_TABLE && tag != GUMBO_TAG_TBODY &&
        tag != GUMBO_TAG_TR && tag != GUMBO_TAG_TD) {
      break;
    }
    // The heading of the text must not be left outside.
    if (text.Of(here).has_main && !text.Of(next).has_main) break;
    here = next;
  }
  return here;
}

}  // namespace

const GumboNode* FindMainContent(const HtmlDocument& document,
                                 const PageText& text) {
  const GumboNode* const body = document.body();
  const GumboNode* const main =
      FindElement(body, [&text](const GumboNode* node) {
        return (IsElement(node, GUMBO_TAG_MAIN) ||
                Attribute(node, "role") == "main") &&
               text.Of(node).text > 0;
      });
  const GumboNode* const outer = main != nullptr ? main : body;
  const GumboNode* const article = FindArticle(outer, text);
  if (article != nullptr) return article;
  return main != nullptr ? main : NarrowToProse(body, text);
}

}  // namespace kbsearch::indexer
