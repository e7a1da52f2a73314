#include "indexer/text/plain_text.h"

#include <algorithm>
#include <utility>

namespace kbsearch::indexer {
namespace {

// Lines of a wrapped paragraph are of similar, moderate length.
constexpr size_t kWrapShortest = 45;
constexpr size_t kWrapLongest = 100;

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool EndsSentence(const std::string& line) {
  return std::string_view(".!?;:").find(line.back()) != std::string_view::npos;
}

bool LooksWrapped(const std::vector<std::string>& lines) {
  // Lines that mostly end with a sentence are paragraphs of their own.
  const auto ends = static_cast<size_t>(
      std::count_if(lines.begin(), lines.end(), EndsSentence));
  if (2 * ends > lines.size() + 1) return false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const size_t length = CountCharacters(lines[i]);
    if (length > kWrapLongest) return false;
    if (i + 1 < lines.size() && length < kWrapShortest) return false;
  }
  return lines.size() > 1;
}

void Flush(std::vector<std::string>* lines,
           std::vector<engine::Block>* blocks) {
  if (LooksWrapped(*lines)) {
    std::string joined;
    for (const std::string& line : *lines) {
      if (!joined.empty()) joined += ' ';
      joined += line;
    }
    *lines = {std::move(joined)};
  }
  for (std::string& line : *lines) {
    engine::Block block;
    block.text = std::move(line);
    blocks->push_back(std::move(block));
  }
  lines->clear();
}

// Neither white space nor its first byte, whatever follows.
bool IsNeverSpace(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > ' ' && byte != 0xC2;
}

// Bytes of white space at the start of `text`: ASCII or U+00A0.
size_t SpaceLength(std::string_view text) {
  switch (text.front()) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '\f':
    case '\v':
      return 1;
    case '\xC2':
      return text.size() > 1 && text[1] == '\xA0' ? 2 : 0;
    default:
      return 0;
  }
}

}  // namespace

void AppendCollapsed(std::string_view text, std::string* out) {
  while (!text.empty()) {
    if (const size_t space = SpaceLength(text); space > 0) {
      if (!out->empty() && out->back() != ' ') *out += ' ';
      text.remove_prefix(space);
      continue;
    }
    size_t end = 1;
    while (end < text.size() &&
           (IsNeverSpace(text[end]) || SpaceLength(text.substr(end)) == 0)) {
      ++end;
    }
    out->append(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string CollapseSpaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  AppendCollapsed(text, &out);
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::vector<engine::Block> BlocksOfPlainText(std::string_view text) {
  std::vector<engine::Block> blocks;
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t newline = text.find('\n');
    std::string line = CollapseSpaces(text.substr(0, newline));
    text.remove_prefix(newline == std::string_view::npos ? text.size()
                                                         : newline + 1);
    if (line.empty()) {
      Flush(&lines, &blocks);
    } else {
      lines.push_back(std::move(line));
    }
  }
  Flush(&lines, &blocks);
  return blocks;
}

}  // namespace kbsearch::indexer
