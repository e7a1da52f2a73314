#include "engine/search/passage.h"

#include <algorithm>
#include <cstdint>

namespace kbsearch::engine {
namespace {

constexpr uint32_t kWindowWords = 35;  // about a snippet
// Each further occurrence of a word beside a first one of another word.
constexpr double kRepeatWorth = 0.1;
// More than a snippet of any script has.
constexpr size_t kEnoughBytes = 600;

bool IsText(const MatchedBlock& block) {
  return block.field == BlockField::kBody ||
         block.field == BlockField::kHeading;
}

// Index of the article's block, which has no title and tags among its blocks.
size_t TextBlock(const DocumentMatch& match, uint32_t block) {
  return static_cast<size_t>(std::count_if(
      match.blocks.begin(), match.blocks.begin() + block, IsText));
}

}  // namespace

BlockRange BestPassage(const std::vector<Block>& blocks,
                       const DocumentMatch& match) {
  const std::vector<Occurrence>& all = match.occurrences;
  BlockRange range;
  double best = 0;
  std::vector<uint32_t> seen;  // words in the window
  for (size_t i = 0; i < all.size(); ++i) {
    if (!IsText(match.blocks[all[i].block])) continue;
    double worth = 0;
    size_t end = i;
    seen.clear();
    for (;
         end < all.size() && all[end].position - all[i].position < kWindowWords;
         ++end) {
      const bool again =
          std::find(seen.begin(), seen.end(), all[end].word) != seen.end();
      worth += all[end].quality * (again ? kRepeatWorth : 1);
      seen.push_back(all[end].word);
    }
    if (worth > best) {
      best = worth;
      range = {TextBlock(match, all[i].block),
               TextBlock(match, all[end - 1].block) + 1};
    }
  }
  range.begin = std::min(range.begin, blocks.size());
  range.end = std::min(range.end, blocks.size());
  size_t bytes = 0;
  for (size_t i = range.begin;
       i < blocks.size() && (i < range.end || bytes < kEnoughBytes); ++i) {
    bytes += blocks[i].text.size();
    range.end = std::max(range.end, i + 1);
  }
  return range;
}

std::vector<bool> HoldersIn(const BlockRange& range,
                            const std::vector<Block>& blocks,
                            const DocumentMatch& match) {
  std::vector<bool> holders(range.end - range.begin);
  for (size_t i = range.begin; i < range.end; ++i) {
    holders[i - range.begin] = blocks[i].weight == 0;
  }
  uint32_t counted = 0;  // blocks of the match
  size_t text_block = 0;
  for (const Occurrence& found : match.occurrences) {
    for (; counted < found.block; ++counted) {
      if (IsText(match.blocks[counted])) ++text_block;
    }
    if (IsText(match.blocks[found.block]) && text_block >= range.begin &&
        text_block < range.end) {
      holders[text_block - range.begin] = true;
    }
  }
  return holders;
}

}  // namespace kbsearch::engine
