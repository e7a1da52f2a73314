#include "engine/index/placeholders.h"

#include <algorithm>
#include <cctype>

namespace kbsearch::engine {
namespace {

constexpr size_t kLongest = 120;  // bytes of a gap, marks included

struct Marks {
  std::string_view open;
  std::string_view close;
};
// Longer marks first.
constexpr Marks kMarks[] = {{"{{", "}}"}, {"{%", "%}"}, {"${", "}"},
                            {"<<", ">>"}, {"{", "}"},   {"[", "]"},
                            {"%", "%"}};

bool IsNumber(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

// A name in capitals, as in %ORDER_ID%; else a per cent sign is one.
bool IsVariable(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) {
                       return std::isupper(c) != 0 || std::isdigit(c) != 0 ||
                              c == '_';
                     }) &&
         !IsNumber(text);
}

// Length of the gap that begins `text`, or 0.
size_t GapAt(std::string_view text) {
  for (const Marks& marks : kMarks) {
    if (!text.starts_with(marks.open)) continue;
    const std::string_view rest =
        text.substr(0, kLongest).substr(marks.open.size());
    const size_t close = rest.find(marks.close);
    const std::string_view inside = rest.substr(0, close);
    if (close == std::string_view::npos || inside.empty() ||
        inside.find('\n') != std::string_view::npos) {
      continue;
    }
    const size_t length = marks.open.size() + close + marks.close.size();
    const std::string_view after = text.substr(length);
    if (marks.open == "[" && (IsNumber(inside) || after.starts_with("("))) {
      continue;
    }
    if (marks.open == "%" && !IsVariable(inside)) continue;
    return length;
  }
  return 0;
}

}  // namespace

std::string WithoutPlaceholders(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    const size_t mark = text.find_first_of("{$<[%");
    kept += text.substr(0, mark);
    if (mark == std::string_view::npos) break;
    text.remove_prefix(mark);
    const size_t gap = GapAt(text);
    kept += gap > 0 ? ' ' : text.front();
    text.remove_prefix(std::max<size_t>(gap, 1));
  }
  return kept;
}

}  // namespace kbsearch::engine
