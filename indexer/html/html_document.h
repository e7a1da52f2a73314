// A parsed HTML page in an arena of its own.
#ifndef KBSEARCH_INDEXER_HTML_HTML_DOCUMENT_H_
#define KBSEARCH_INDEXER_HTML_HTML_DOCUMENT_H_

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kbsearch::indexer {

// Movable. Nodes live as long as the document. The HTML5 rules repair any
// input.
class HtmlDocument {
 public:
  // Takes a page or a fragment, UTF-8. InvalidArgument: elements are nested
  // more than a thousand levels deep or left open by the thousand (the tree
  // builder's time and memory grow with the square of that).
  static absl::StatusOr<HtmlDocument> Parse(std::string_view html);

  HtmlDocument(HtmlDocument&&) = default;
  HtmlDocument& operator=(HtmlDocument&&) = default;

  const GumboNode* root() const { return output_->root; }  // <html>
  const GumboNode* head() const;                           // never null
  const GumboNode* body() const;                           // never null

 private:
  // Memory of one parse, freed as one. Freeing node by node would recurse as
  // deep as the tree.
  class Arena {
   public:
    void* Allocate(size_t size);

   private:
    std::vector<std::unique_ptr<char[]>> chunks_;
    char* next_ = nullptr;
    size_t left_ = 0;
    size_t chunk_size_ = 1 << 14;
  };

  HtmlDocument() = default;
  const GumboNode* ChildOfRoot(GumboTag tag) const;

  std::unique_ptr<std::string> text_;  // nodes point into it
  std::unique_ptr<Arena> arena_;
  const GumboOutput* output_ = nullptr;
};

// The attribute's value, or empty. Names are in lower case, as the parser makes
// those of HTML.
std::string_view Attribute(const GumboNode* node, const char* name);
bool HasAttribute(const GumboNode* node, const char* name);
inline bool IsElement(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT;
}
inline bool IsElement(const GumboNode* node, GumboTag tag) {
  return IsElement(node) && node->v.element.tag == tag;
}
// Of an element; empty for any other node.
inline const GumboVector& Children(const GumboNode* node) {
  return IsElement(node) ? node->v.element.children : kGumboEmptyVector;
}

// The first element below `node` (itself included) in document order for which
// `wanted` is true, or null. Elements for which `skipped` is true are not
// entered. Both take const GumboNode* of an element.
template <typename Wanted, typename Skipped>
const GumboNode* FindElement(const GumboNode* node, Wanted wanted,
                             Skipped skipped) {
  std::vector<const GumboNode*> stack = {node};
  while (!stack.empty()) {
    const GumboNode* const current = stack.back();
    stack.pop_back();
    if (!IsElement(current) || skipped(current)) continue;
    if (wanted(current)) return current;
    const GumboVector& children = Children(current);
    for (unsigned i = children.length; i > 0; --i) {
      stack.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
  }
  return nullptr;
}

template <typename Wanted>
const GumboNode* FindElement(const GumboNode* node, Wanted wanted) {
  return FindElement(node, wanted, [](const GumboNode*) { return false; });
}

// All text below `node`, white space collapsed; for titles, not for bodies.
std::string TextOf(const GumboNode* node);
// The text of a <script>, <style> or <title> as it stands.
std::string RawTextOf(const GumboNode* node);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_HTML_HTML_DOCUMENT_H_
