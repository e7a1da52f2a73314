#include "indexer/readers/crawled_text.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "indexer/boilerplate/boilerplate_phrases.h"
#include "indexer/html/html_page.h"
#include "indexer/readers/faq_text.h"
#include "indexer/text/page_blocks.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

using engine::Block;

// More short lines than this before the first sentence are a menu.
constexpr size_t kMostTitleLines = 4;
constexpr size_t kLongestTitle = 300;  // bytes
// Where in JSON-LD the words stand that betray it.
constexpr size_t kBracketDistance = 200;

// The stretch of `text` that is JSON-LD; empty at the end when there is none.
std::string_view FindJsonLd(std::string_view text) {
  for (size_t at = text.find('@'); at != std::string_view::npos;
       at = text.find('@', at + 1)) {
    const std::string_view word = text.substr(at, 8);
    if (!word.starts_with("@context") && !word.starts_with("@type")) continue;
    const size_t near = at < kBracketDistance ? 0 : at - kBracketDistance;
    size_t begin = text.substr(near, at - near).find_first_of("{[");
    if (begin == std::string_view::npos) continue;
    begin += near;
    // To the last closing bracket: what follows JSON-LD in a text is rare, and
    // the marks inside it cannot be trusted to find where it ends.
    size_t depth = 0;
    size_t end = begin;
    for (; end < text.size(); ++end) {
      const char c = text[end];
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) break;
    }
    end = std::min(end + 1, text.size());
    return text.substr(begin, end - begin);
  }
  return text.substr(text.size());
}

// Takes every JSON-LD text out of `text`.
std::string WithoutJsonLd(std::string_view text, FaqMarkup* markup) {
  std::string rest;
  while (true) {
    const std::string_view json_ld = FindJsonLd(text);
    const auto begin = static_cast<size_t>(json_ld.data() - text.data());
    rest += text.substr(0, begin);
    if (json_ld.empty()) return rest;
    AppendJsonLdEntries(json_ld, markup);
    rest += '\n';
    text.remove_prefix(begin + json_ld.size());
  }
}

bool IsShortLine(const Block& block) {
  return block.text.size() <= kLongestTitle && !IsProse(block.text);
}

// Which of the short lines before the first sentence is the title.
size_t ChooseTitle(const std::vector<Block>& blocks, size_t prose) {
  if (prose <= kMostTitleLines) return 0;
  // Below a menu. A line that the page says twice (its title and its heading),
  // or that its first line begins with; else the last before the text.
  const std::string first = blocks[0].text;
  const std::string name = WithoutSiteName(first, "");
  for (size_t i = prose; i > 1; --i) {
    const std::string& line = blocks[i - 1].text;
    if (line == first || line == name) return i - 1;
  }
  return prose - 1;
}

void TakeTitle(engine::Article* article) {
  std::vector<Block>& blocks = article->blocks;
  size_t prose = 0;
  while (prose < blocks.size() && IsShortLine(blocks[prose])) {
    ++prose;
  }
  // Nothing but short lines: a list, whose first line is as good as any.
  if (prose == blocks.size()) prose = std::min<size_t>(prose, 1);
  if (prose == 0) {  // a page that begins with a sentence
    if (blocks.empty()) return;
    article->title = blocks.front().text;
    blocks.erase(blocks.begin());
    return;
  }
  const size_t chosen = ChooseTitle(blocks, prose);
  article->title = std::move(blocks[chosen].text);
  blocks.erase(blocks.begin(),
               blocks.begin() + static_cast<ptrdiff_t>(chosen) + 1);
}

}  // namespace

FaqMarkup ReadCrawledText(std::string_view text, TitlePlace title,
                          engine::Article* article) {
  FaqMarkup markup;
  const std::string rest = WithoutJsonLd(text, &markup);
  std::vector<PageBlock> blocks;
  for (Block& block : BlocksOfPlainText(rest)) {
    blocks.push_back({std::move(block)});
  }
  article->blocks = WithoutBoilerplate(std::move(blocks), article->title);
  if (title == TitlePlace::kInText) {
    TakeTitle(article);
  } else if (article->blocks.size() > 1 &&
             article->blocks.front().text == article->title) {
    article->blocks.erase(article->blocks.begin());
  }
  article->entries = std::exchange(markup.entries, {});
  RemoveEntriesFromBlocks(article);
  TakeQuestionsFromBlocks(article);
  return markup;
}

}  // namespace kbsearch::indexer
