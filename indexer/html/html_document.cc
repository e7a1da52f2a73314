#include "indexer/html/html_document.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

constexpr int kMaxDepth = 1000;
constexpr size_t kMaxAttributes = 200;
// Formatting elements left open are made anew in every block; a bound on how
// many copies that makes in all.
constexpr size_t kMaxReopened = 2'000'000;

// Elements that cannot have content, and those whose end tag may be left out:
// outside SVG and MathML neither nests without bound.
constexpr std::string_view kNotNesting[] = {
    "area",  "base",   "body", "br",    "col",    "colgroup", "dd", "dt",
    "embed", "head",   "hr",   "html",  "img",    "input",    "li", "link",
    "meta",  "option", "p",    "param", "source", "tbody",    "td", "tfoot",
    "th",    "thead",  "tr",   "track", "wbr"};
constexpr std::string_view kVoid[] = {
    "area",  "base", "br",   "col",   "embed",  "hr",    "img",
    "input", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::string_view kRawText[] = {"script", "style", "textarea", "title",
                                         "iframe"};
constexpr std::string_view kFormatting[] = {
    "a",    "b", "big",   "code",   "em",     "font", "i",
    "nobr", "s", "small", "strike", "strong", "tt",   "u"};

template <size_t N>
bool Contains(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// Walks the tags of a page as the HTML5 tokenizer cuts them, without building
// a tree: enough to bound the tree builder's work beforehand and to find
// self-closed tags.
class TagScanner {
 public:
  explicit TagScanner(std::string_view html) : html_(html) {}

  struct Tag {
    std::string name;  // lower case
    bool is_end = false;
    bool is_self_closed = false;
    size_t attributes = 0;
    size_t end = 0;  // one past '>'
  };

  // Inside SVG and MathML <title> and <script> hold elements.
  void set_in_foreign(bool in_foreign) { in_foreign_ = in_foreign; }

  bool Next(Tag* tag) {
    if (!raw_text_.empty()) SkipRawText();
    while (true) {
      position_ = html_.find('<', position_);
      if (position_ == std::string_view::npos) return false;
      const std::string_view rest = html_.substr(position_);
      if (rest.starts_with("<!--")) {
        SkipComment();
        continue;
      }
      const size_t start = rest.starts_with("</") ? 2 : 1;
      if (rest.size() <= start || !absl::ascii_isalpha(rest[start])) {
        ++position_;
        continue;
      }
      ReadTag(start, tag);
      if (!tag->is_end && !in_foreign_ && Contains(kRawText, tag->name)) {
        raw_text_ = tag->name;
      }
      return true;
    }
  }

 private:
  bool AtEnd() const { return position_ >= html_.size(); }
  char Here() const { return html_[position_]; }
  bool AtSpace() const { return absl::ascii_isspace(Here()); }
  void SkipSpaces() {
    while (!AtEnd() && AtSpace()) ++position_;
  }

  void SkipComment() {
    // From "<!--": "<!-->" is a whole comment.
    const size_t usual = html_.find("-->", position_ + 2);
    if (odd_comment_end_ < position_ + 2) {
      odd_comment_end_ = html_.find("--!>", position_ + 2);
    }
    if (odd_comment_end_ < usual) {
      position_ = odd_comment_end_ + 4;
    } else {
      position_ = usual == std::string_view::npos ? html_.size() : usual + 3;
    }
  }

  void ReadTag(size_t start, Tag* tag) {
    tag->is_end = start == 2;
    tag->is_self_closed = false;
    tag->attributes = 0;
    tag->name.clear();
    for (position_ += start; !AtEnd(); ++position_) {
      if (AtSpace() || Here() == '>' || Here() == '/') break;
      tag->name += absl::ascii_tolower(Here());
    }
    while (!AtEnd() && Here() != '>') {
      if (AtSpace() || Here() == '/') {
        tag->is_self_closed = Here() == '/';
        ++position_;
      } else {
        tag->is_self_closed = false;
        ++tag->attributes;
        ReadAttribute();
      }
    }
    position_ = std::min(position_ + 1, html_.size());
    tag->end = position_;
  }

  void ReadAttribute() {
    ++position_;  // "=" may begin a name
    while (!AtEnd() && !AtSpace() && Here() != '/' && Here() != '>' &&
           Here() != '=') {
      ++position_;
    }
    SkipSpaces();
    if (AtEnd() || Here() != '=') return;
    ++position_;
    SkipSpaces();
    if (AtEnd()) return;
    if (const char quote = Here(); quote == '"' || quote == '\'') {
      const size_t end = html_.find(quote, position_ + 1);
      position_ = end == std::string_view::npos ? html_.size() : end + 1;
      return;
    }
    while (!AtEnd() && !AtSpace() && Here() != '>') ++position_;
  }

  void SkipRawText() {
    const std::string end = absl::StrCat("</", raw_text_);
    raw_text_.clear();
    while (!AtEnd()) {
      position_ = html_.find("</", position_);
      if (AtEnd()) return;
      const std::string_view here = html_.substr(position_, end.size());
      if (absl::EqualsIgnoreCase(absl::string_view(here.data(), here.size()),
                                 end)) {
        return;
      }
      position_ += 2;
    }
  }

  std::string_view html_;
  size_t position_ = 0;
  size_t odd_comment_end_ = 0;
  bool in_foreign_ = false;
  std::string raw_text_;  // name of the element whose text comes next
};

// Whether the tree builder would need time or memory out of proportion.
bool IsTooComplex(std::string_view html) {
  TagScanner scanner(html);
  TagScanner::Tag tag;
  int depth = 0;
  int foreign = 0;
  size_t formatting = 0;
  size_t reopened = 0;
  bool link_open = false;
  while (scanner.Next(&tag)) {
    if (tag.attributes > kMaxAttributes) return true;
    if (tag.name == "svg" || tag.name == "math") {
      foreign = tag.is_end ? std::max(foreign - 1, 0)
                           : foreign + (tag.is_self_closed ? 0 : 1);
      scanner.set_in_foreign(foreign > 0);
    }
    if (tag.name == "a" && foreign == 0) {
      // A link ends the one before it; old pages leave thousands open.
      const bool ends_another = !tag.is_end && link_open;
      link_open = !tag.is_end;
      if (ends_another) continue;
    }
    if (Contains(kFormatting, tag.name)) {
      if (!tag.is_end) ++formatting;
      if (tag.is_end && formatting > 0) --formatting;
    } else if (!tag.is_end) {
      reopened += formatting;
    }
    if (reopened > kMaxReopened) return true;
    if (foreign > 0 ? tag.is_self_closed : Contains(kNotNesting, tag.name)) {
      continue;
    }
    depth = tag.is_end ? std::max(depth - 1, 0) : depth + 1;
    if (depth > kMaxDepth) return true;
  }
  return false;
}

// XHTML writes <a id="x"/> and <script src="x"/>, which HTML's rules leave
// open: everything after would be inside.
std::string ExpandSelfClosedTags(std::string_view html) {
  std::string out;
  out.reserve(html.size() + html.size() / 16);
  TagScanner scanner(html);
  TagScanner::Tag tag;
  size_t copied = 0;
  while (scanner.Next(&tag)) {
    if (!tag.is_self_closed || tag.is_end || Contains(kVoid, tag.name)) {
      continue;
    }
    out.append(html.substr(copied, tag.end - 2 - copied));
    absl::StrAppend(&out, "></", tag.name, ">");
    copied = tag.end;
  }
  out.append(html.substr(copied));
  return out;
}

bool IsXml(std::string_view html) {
  const std::string_view beginning = html.substr(0, 1024);
  return beginning.starts_with("<?xml") ||
         beginning.find("XHTML") != std::string_view::npos ||
         beginning.find("www.w3.org/1999/xhtml") != std::string_view::npos;
}

}  // namespace

void* HtmlDocument::Arena::Allocate(size_t size) {
  size =
      (size + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
  if (size > left_) {
    left_ = std::max(size, chunk_size_);
    chunk_size_ = std::min<size_t>(chunk_size_ * 2, 1 << 20);
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = chunks_.back().get();
  }
  void* const result = next_;
  next_ += size;
  left_ -= size;
  return result;
}

absl::StatusOr<HtmlDocument> HtmlDocument::Parse(std::string_view html) {
  if (IsTooComplex(html)) {
    return absl::InvalidArgumentError(
        absl::StrCat("elements nested more than ", kMaxDepth,
                     " levels deep, or left open by the thousand"));
  }
  HtmlDocument document;
  document.text_ = std::make_unique<std::string>(
      IsXml(html) ? ExpandSelfClosedTags(html) : std::string(html));
  document.arena_ = std::make_unique<Arena>();
  GumboOptions options = kGumboDefaultOptions;
  options.userdata = document.arena_.get();
  options.allocator = [](void* arena, size_t size) {
    return static_cast<Arena*>(arena)->Allocate(size);
  };
  options.deallocator = [](void*, void*) {};
  options.max_errors = 0;
  document.output_ = gumbo_parse_with_options(&options, document.text_->data(),
                                              document.text_->size());
  return document;
}

const GumboNode* HtmlDocument::ChildOfRoot(GumboTag tag) const {
  const GumboVector& children = Children(output_->root);
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (IsElement(child, tag)) return child;
  }
  return output_->root;
}

const GumboNode* HtmlDocument::head() const {
  return ChildOfRoot(GUMBO_TAG_HEAD);
}

const GumboNode* HtmlDocument::body() const {
  return ChildOfRoot(GUMBO_TAG_BODY);
}

namespace {

// Null: the node has none of that name.
const GumboAttribute* FindAttribute(const GumboNode* node, const char* name) {
  if (!IsElement(node)) return nullptr;
  const GumboVector& attributes = node->v.element.attributes;
  for (unsigned i = 0; i < attributes.length; ++i) {
    const auto* attribute =
        static_cast<const GumboAttribute*>(attributes.data[i]);
    if (attribute->name[0] == name[0] &&
        std::strcmp(attribute->name, name) == 0) {
      return attribute;
    }
  }
  return nullptr;
}

}  // namespace

std::string_view Attribute(const GumboNode* node, const char* name) {
  const GumboAttribute* const attribute = FindAttribute(node, name);
  return attribute == nullptr ? std::string_view() : attribute->value;
}

bool HasAttribute(const GumboNode* node, const char* name) {
  return FindAttribute(node, name) != nullptr;
}

std::string RawTextOf(const GumboNode* node) {
  std::string text;
  const GumboVector& children = Children(node);
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_CDATA ||
        child->type == GUMBO_NODE_WHITESPACE) {
      text += child->v.text.text;
    }
  }
  return text;
}

std::string TextOf(const GumboNode* node) {
  std::string text;
  std::vector<const GumboNode*> stack = {node};
  while (!stack.empty()) {
    const GumboNode* const current = stack.back();
    stack.pop_back();
    if (current->type == GUMBO_NODE_TEXT ||
        current->type == GUMBO_NODE_WHITESPACE ||
        current->type == GUMBO_NODE_CDATA) {
      AppendCollapsed(current->v.text.text, &text);
    } else if (IsElement(current, GUMBO_TAG_BR)) {
      AppendCollapsed(" ", &text);
    } else if (IsElement(current) && !IsElement(current, GUMBO_TAG_SCRIPT) &&
               !IsElement(current, GUMBO_TAG_STYLE)) {
      const GumboVector& children = Children(current);
      for (unsigned i = children.length; i > 0; --i) {
        stack.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
      }
    }
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace kbsearch::indexer
