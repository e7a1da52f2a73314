#include "indexer/html/html_blocks.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

#include "indexer/html/boilerplate.h"
#include "indexer/html/html_document.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

using engine::Block;
using engine::BlockKind;

constexpr std::string_view kCellSeparator = " | ";
constexpr size_t kButtonWords = 4;  // a longer button is a question to open

uint8_t HeadingLevel(const GumboNode* element) {
  const GumboTag tag = element->v.element.tag;
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6
             ? static_cast<uint8_t>(tag - GUMBO_TAG_H1 + 1)
             : 0;
}
static_assert(GUMBO_TAG_H6 - GUMBO_TAG_H1 == 5);

// Inline, but drawn apart from the words beside it.
bool StandsApart(const GumboNode* element) {
  switch (element->v.element.tag) {
    case GUMBO_TAG_BR:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_OPTION:
      return true;
    default:
      return IsNeverText(element);
  }
}

bool IsShortButton(const GumboNode* element) {
  if (!IsElement(element, GUMBO_TAG_BUTTON)) return false;
  const std::string text = TextOf(element);
  return static_cast<size_t>(std::count(text.begin(), text.end(), ' ')) <
         kButtonWords;
}

// A table that arranges the page, rather than data in rows.
bool IsLayoutTable(const GumboNode* table) {
  if (Attribute(table, "role") == "presentation") return true;
  const GumboNode* found = FindElement(table, [table](const GumboNode* node) {
    return node != table &&
           (IsElement(node, GUMBO_TAG_TABLE) || HeadingLevel(node) > 0);
  });
  return found != nullptr;
}

bool IsCode(const GumboNode* element) {
  return IsElement(element, GUMBO_TAG_CODE) ||
         IsElement(element, GUMBO_TAG_KBD) ||
         IsElement(element, GUMBO_TAG_SAMP) ||
         IsElement(element, GUMBO_TAG_VAR) || IsElement(element, GUMBO_TAG_TT);
}

bool IsSentenceMark(UChar32 c) {
  return c == '.' || c == '!' || c == '?' || c == ';' || c == ':' ||
         c == 0xBB || c == 0x2026;
}

// Two texts that meet at an inline tag: "Ρυθμίσεις" and "Εργαλεία". Styles had
// drawn them apart, or shown only one. A small letter, a number or a sentence's
// end before a capital, and another script, begin a word there.
bool IsGluedBorder(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty()) return false;
  UChar32 last = 0;
  UChar32 first = 0;
  auto end = static_cast<int32_t>(before.size());
  U8_PREV(before.data(), 0, end, last);
  int32_t begin = 0;
  U8_NEXT(after.data(), begin, static_cast<int32_t>(after.size()), first);
  if (last < 0 || first < 0) return false;
  if (u_isupper(first)) {
    if (u_islower(last) || IsSentenceMark(last)) return true;
    UChar32 second = 0;  // "1" "Open", but not "4" "K"
    if (begin < static_cast<int32_t>(after.size())) {
      U8_NEXT(after.data(), begin, static_cast<int32_t>(after.size()), second);
    }
    if (u_isdigit(last) && u_islower(second)) return true;
  }
  if (!u_isalpha(last) || !u_isalpha(first)) return false;
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(last, &error) != uscript_getScript(first, &error);
}

class BlockBuilder {
 public:
  // `text` is null for a fragment, where everything is text.
  BlockBuilder(const PageText* text, bool in_content)
      : page_text_(text), content_depth_(in_content ? 1 : 0) {}

  std::vector<PageBlock> Build(const GumboNode* root) {
    // Leaving an element is a stack entry of its own.
    struct Step {
      const GumboNode* node;
      bool leave;
    };
    std::vector<Step> stack = {{root, false}};
    while (!stack.empty()) {
      const Step step = stack.back();
      stack.pop_back();
      if (step.leave) {
        Leave(step.node);
        continue;
      }
      if (!IsElement(step.node)) {
        AppendText(step.node);
        continue;
      }
      if (step.node != root && Skips(step.node)) continue;
      Enter(step.node);
      stack.push_back({step.node, true});
      const GumboVector& children = Children(step.node);
      for (unsigned i = children.length; i > 0; --i) {
        stack.push_back(
            {static_cast<const GumboNode*>(children.data[i - 1]), false});
      }
    }
    Flush();
    return std::move(blocks_);
  }

 private:
  bool Skips(const GumboNode* element) {
    bool skip = IsNeverText(element);
    if (!skip && page_text_ != nullptr) {
      skip = IsBoilerplate(element, *page_text_, content_depth_ > 0) ||
             (heading_ == 0 && IsShortButton(element));
    }
    if (skip) AppendSpace();
    return skip;
  }

  void Enter(const GumboNode* element) {
    if (IsBlockLevel(element)) EnterBlockLevel(element);
    if (StandsApart(element)) AppendSpace();
    if (IsCode(element)) ++code_;
    if (IsElement(element, GUMBO_TAG_A)) EnterLink(element);
    std::string_view id = Attribute(element, "id");
    if (id.empty() && IsElement(element, GUMBO_TAG_A)) {
      id = Attribute(element, "name");
    }
    if (!id.empty()) own_anchor_ = id;
    if (IsContentRoot(element)) ++content_depth_;
  }

  void Leave(const GumboNode* element) {
    if (IsBlockLevel(element)) LeaveBlockLevel(element);
    if (StandsApart(element)) AppendSpace();
    if (IsCode(element)) --code_;
    if (IsElement(element, GUMBO_TAG_A)) LeaveLink();
    if (IsContentRoot(element)) --content_depth_;
  }

  void EnterLink(const GumboNode* element) {
    if (!HasAttribute(element, "href")) return;
    if (links_++ == 0) link_begin_ = text_.size();
    ++link_count_;
  }

  void LeaveLink() {
    if (links_ > 0 && --links_ == 0) CountLinkText();
  }

  void CountLinkText() {
    if (text_.size() > link_begin_) link_bytes_ += text_.size() - link_begin_;
    link_begin_ = 0;
  }

  static bool IsList(const GumboNode* element) {
    return IsElement(element, GUMBO_TAG_UL) ||
           IsElement(element, GUMBO_TAG_OL) ||
           IsElement(element, GUMBO_TAG_DL) ||
           IsElement(element, GUMBO_TAG_MENU) ||
           IsElement(element, GUMBO_TAG_DIR);
  }

  static bool IsContentRoot(const GumboNode* element) {
    return IsElement(element, GUMBO_TAG_MAIN) ||
           IsElement(element, GUMBO_TAG_ARTICLE) ||
           Attribute(element, "role") == "main";
  }

  void EnterBlockLevel(const GumboNode* element) {
    if (rows_ > 0) {
      const bool cell =
          IsElement(element, GUMBO_TAG_TD) || IsElement(element, GUMBO_TAG_TH);
      cell ? AppendCellSeparator() : AppendSpace();
      return;
    }
    Flush();
    heading_ = std::max(heading_, HeadingLevel(element));
    if (IsElement(element, GUMBO_TAG_LI)) ++items_;
    if (IsList(element) && lists_++ == 0) ++list_number_;
    if (IsElement(element, GUMBO_TAG_PRE)) ++pre_;
    if (IsElement(element, GUMBO_TAG_TABLE)) {
      data_table_ = IsLayoutTable(element) ? nullptr : element;
    }
    if (IsElement(element, GUMBO_TAG_TR) && data_table_ != nullptr) {
      row_ = element;
      ++rows_;
    }
  }

  void LeaveBlockLevel(const GumboNode* element) {
    if (rows_ > 0 && element != row_) {
      AppendSpace();
      return;
    }
    Flush();
    if (element == row_) {
      row_ = nullptr;
      rows_ = 0;
    }
    if (element == data_table_) data_table_ = nullptr;
    if (HeadingLevel(element) > 0) heading_ = 0;
    if (IsElement(element, GUMBO_TAG_LI)) --items_;
    if (IsList(element)) --lists_;
    if (IsElement(element, GUMBO_TAG_PRE)) --pre_;
  }

  void AppendText(const GumboNode* node) {
    if (node->type != GUMBO_NODE_TEXT && node->type != GUMBO_NODE_WHITESPACE &&
        node->type != GUMBO_NODE_CDATA) {
      return;
    }
    if (pre_ > 0) {
      text_ += node->v.text.text;
      return;
    }
    if (code_ == 0 && IsGluedBorder(text_, node->v.text.text)) text_ += ' ';
    AppendCollapsed(node->v.text.text, &text_);
  }

  void AppendSpace() {
    if (pre_ > 0) {
      if (!text_.empty() && text_.back() != '\n') text_ += '\n';
    } else {
      AppendCollapsed(" ", &text_);
    }
  }

  void AppendCellSeparator() {
    while (text_.ends_with(' ')) text_.pop_back();
    if (!text_.empty()) text_ += kCellSeparator;
  }

  void TrimText() {
    const std::string_view spaces = pre_ > 0 ? "\n\r" : " ";
    text_.erase(0, text_.find_first_not_of(spaces));
    text_.erase(text_.find_last_not_of(" \n\r\t") + 1);
    while (rows_ > 0 && text_.ends_with(" |")) {
      text_.erase(text_.size() - 2);
    }
  }

  BlockKind KindHere() const {
    if (pre_ > 0) return BlockKind::kCode;
    if (heading_ > 0) return BlockKind::kHeading;
    if (rows_ > 0) return BlockKind::kTableRow;
    return items_ > 0 ? BlockKind::kListItem : BlockKind::kParagraph;
  }

  void Flush() {
    if (links_ > 0) CountLinkText();  // a link around several blocks
    TrimText();
    const auto link_bytes = std::exchange(link_bytes_, 0);
    const auto link_count = std::exchange(link_count_, links_ > 0 ? 1 : 0);
    if (text_.empty()) return;
    PageBlock page_block;
    Block& block = page_block.block;
    block.kind = KindHere();
    block.text = std::exchange(text_, {});
    const bool is_heading = block.kind == BlockKind::kHeading;
    if (is_heading) block.level = heading_;
    block.anchor = std::exchange(own_anchor_, {});
    if (block.anchor.empty() && !is_heading) block.anchor = heading_anchor_;
    if (is_heading) heading_anchor_ = heading_ == 1 ? "" : block.anchor;
    page_block.link_bytes =
        static_cast<uint32_t>(std::min(link_bytes, block.text.size()));
    page_block.links = link_count;
    page_block.list = lists_ > 0 ? list_number_ : 0;
    blocks_.push_back(std::move(page_block));
  }

  const PageText* const page_text_;
  std::vector<PageBlock> blocks_;
  std::string text_;            // of the block being read
  std::string own_anchor_;      // id seen since the last block
  std::string heading_anchor_;  // of the last heading
  uint8_t heading_ = 0;         // level of the heading we are in
  int items_ = 0;               // list items we are in
  int pre_ = 0;
  int code_ = 0;
  int rows_ = 0;
  int content_depth_;
  int links_ = 0;             // links we are in
  size_t link_begin_ = 0;     // in text_, of the outermost of them
  size_t link_bytes_ = 0;     // of this block's text
  uint32_t link_count_ = 0;   // of this block
  int lists_ = 0;             // lists we are in
  uint32_t list_number_ = 0;  // of the outermost list
  const GumboNode* data_table_ = nullptr;
  const GumboNode* row_ = nullptr;
};

}  // namespace

bool IsBlockLevel(const GumboNode* element) {
  switch (element->v.element.tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
      return true;
    default:
      return false;
  }
}

std::vector<Block> BlocksOfHtml(const GumboNode* root) {
  std::vector<Block> blocks;
  for (PageBlock& block : BlockBuilder(nullptr, true).Build(root)) {
    blocks.push_back(std::move(block.block));
  }
  return blocks;
}

std::vector<PageBlock> BlocksOfPage(const GumboNode* root, const PageText& text,
                                    bool in_content) {
  return BlockBuilder(&text, in_content).Build(root);
}

std::string PlainTextOfHtml(std::string_view html) {
  if (html.find_first_of("<&") == std::string_view::npos) {
    return CollapseSpaces(html);
  }
  const auto document = HtmlDocument::Parse(html);
  if (!document.ok()) return "";
  std::string text;
  for (const Block& block : BlocksOfHtml(document->body())) {
    if (!text.empty()) text += '\n';
    text += block.text;
  }
  return text;
}

}  // namespace kbsearch::indexer
