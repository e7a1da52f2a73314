#include "indexer/readers/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "indexer/html/html_blocks.h"
#include "indexer/html/html_document.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

using engine::Block;
using engine::BlockKind;

struct ParserFree {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct NodeFree {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct IteratorFree {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Tree = std::unique_ptr<cmark_node, NodeFree>;

Tree ParseMarkdown(std::string_view markdown) {
  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  const std::unique_ptr<cmark_parser, ParserFree> parser(
      cmark_parser_new(CMARK_OPT_DEFAULT));
  for (const char* name : {"table", "strikethrough", "tasklist"}) {
    cmark_syntax_extension* extension = cmark_find_syntax_extension(name);
    if (extension != nullptr) {
      cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
  }
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  return Tree(cmark_parser_finish(parser.get()));
}

// cmark looks for the end of each link through all brackets of a paragraph,
// and fills every row of a table up to the width of its head.
constexpr size_t kMaxBrackets = 3000;    // of a paragraph
constexpr size_t kMaxCells = 1'000'000;  // of all tables

// A line that begins a list item, and with it a paragraph.
bool BeginsListItem(std::string_view line) {
  const size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return false;
  line.remove_prefix(begin);
  return line.starts_with("- ") || line.starts_with("* ") ||
         line.starts_with("+ ");
}

bool IsTooComplex(std::string_view markdown) {
  size_t brackets = 0;  // of this paragraph
  size_t rows = 0;      // lines of this run of lines that are not blank
  size_t columns = 0;   // most of any of them
  size_t cells = 0;     // of the runs before
  while (!markdown.empty()) {
    const size_t newline = markdown.find('\n');
    const std::string_view line = markdown.substr(0, newline);
    markdown.remove_prefix(newline == std::string_view::npos ? markdown.size()
                                                             : newline + 1);
    if (line.find_first_not_of(" \t\r>") == std::string_view::npos) {
      cells += columns * rows;
      brackets = rows = columns = 0;
      continue;
    }
    if (BeginsListItem(line)) brackets = 0;
    brackets += static_cast<size_t>(std::count(line.begin(), line.end(), '['));
    ++rows;
    columns = std::max(columns, static_cast<size_t>(
                                    std::count(line.begin(), line.end(), '|')));
    if (brackets > kMaxBrackets || cells + columns * rows > kMaxCells) {
      return true;
    }
  }
  return false;
}

class BlockBuilder {
 public:
  std::optional<std::vector<Block>> Build(cmark_node* root) {
    const std::unique_ptr<cmark_iter, IteratorFree> iterator(
        cmark_iter_new(root));
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE) {
      cmark_node* const node = cmark_iter_get_node(iterator.get());
      event == CMARK_EVENT_ENTER ? Enter(node) : Leave(node);
    }
    if (html_too_complex_) return std::nullopt;
    return std::move(blocks_);
  }

 private:
  void Enter(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
      AppendCollapsed(Literal(node), &text_);
    } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
      AppendCollapsed(" ", &text_);
    } else if (type == CMARK_NODE_HTML_INLINE) {
      AppendInlineHtml(Literal(node));
    } else if (type == CMARK_NODE_CODE_BLOCK) {
      std::string code(Literal(node));
      while (code.ends_with('\n')) code.pop_back();
      Emit(BlockKind::kCode, std::move(code));
    } else if (type == CMARK_NODE_HTML_BLOCK) {
      AppendHtmlBlock(Literal(node));
    } else if (type == CMARK_NODE_ITEM) {
      ++items_;
    } else if (IsOfType(node, "table_cell") && !text_.empty()) {
      while (text_.ends_with(' ')) text_.pop_back();
      text_ += " | ";
    }
  }

  void Leave(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_PARAGRAPH) {
      Emit(items_ > 0 ? BlockKind::kListItem : BlockKind::kParagraph,
           std::exchange(text_, {}));
    } else if (type == CMARK_NODE_HEADING) {
      EmitHeading(cmark_node_get_heading_level(node));
    } else if (type == CMARK_NODE_ITEM) {
      --items_;
    } else if (IsOfType(node, "table_row") || IsOfType(node, "table_header")) {
      Emit(BlockKind::kTableRow, std::exchange(text_, {}));
    }
  }

  // The node types of extensions have names only.
  static bool IsOfType(cmark_node* node, std::string_view name) {
    return name == cmark_node_get_type_string(node);
  }

  static std::string_view Literal(cmark_node* node) {
    const char* literal = cmark_node_get_literal(node);
    return literal == nullptr ? std::string_view() : literal;
  }

  // Only a tag at a time arrives here; of those <br> separates words.
  void AppendInlineHtml(std::string_view tag) {
    if (tag.starts_with("<br")) AppendCollapsed(" ", &text_);
  }

  void AppendHtmlBlock(std::string_view html) {
    const auto document = HtmlDocument::Parse(html);
    if (!document.ok()) {
      html_too_complex_ = true;
      return;
    }
    for (Block& block : BlocksOfHtml(document->body())) {
      if (block.anchor.empty()) block.anchor = anchor_;
      if (block.kind == BlockKind::kHeading) anchor_ = block.anchor;
      blocks_.push_back(std::move(block));
    }
  }

  void EmitHeading(int level) {
    std::string text = std::exchange(text_, {});
    std::string anchor = TakeWrittenAnchor(&text);
    if (anchor.empty()) {
      anchor = HeadingAnchor(text);
      const int uses = anchors_[anchor]++;
      if (uses > 0) absl::StrAppend(&anchor, "-", uses);
    }
    anchor_ = level == 1 ? "" : anchor;
    Emit(BlockKind::kHeading, std::move(text), static_cast<uint8_t>(level));
    if (level == 1 && !blocks_.empty()) blocks_.back().anchor = anchor;
  }

  // "Title {#anchor}"
  static std::string TakeWrittenAnchor(std::string* heading) {
    const size_t begin = heading->rfind("{#");
    if (begin == std::string::npos || !heading->ends_with('}')) return "";
    std::string anchor =
        heading->substr(begin + 2, heading->size() - begin - 3);
    heading->erase(begin);
    while (heading->ends_with(' ')) heading->pop_back();
    return anchor;
  }

  void Emit(BlockKind kind, std::string text, uint8_t level = 0) {
    while (kind != BlockKind::kCode && text.ends_with(' ')) text.pop_back();
    if (text.empty()) return;
    Block block;
    block.kind = kind;
    block.level = level;
    block.text = std::move(text);
    block.anchor = anchor_;
    blocks_.push_back(std::move(block));
  }

  std::vector<Block> blocks_;
  std::string text_;                    // of the block being read
  std::string anchor_;                  // of the heading we are below
  std::map<std::string, int> anchors_;  // how often each was made
  int items_ = 0;
  bool html_too_complex_ = false;
};

}  // namespace

std::string HeadingAnchor(std::string_view heading) {
  std::string anchor;
  const auto length = static_cast<int32_t>(heading.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(heading.data(), i, length, c);
    if (c == ' ' || c == '-') {
      anchor += '-';
    } else if (c == '_' || (c >= 0 && u_isalnum(c))) {
      char buffer[U8_MAX_LENGTH];
      int32_t used = 0;
      U8_APPEND_UNSAFE(buffer, used, u_tolower(c));
      anchor.append(buffer, static_cast<size_t>(used));
    }
  }
  return anchor;
}

std::optional<std::vector<Block>> BlocksOfMarkdown(std::string_view markdown) {
  if (IsTooComplex(markdown)) return std::nullopt;
  const Tree tree = ParseMarkdown(markdown);
  return BlockBuilder().Build(tree.get());
}

}  // namespace kbsearch::indexer
