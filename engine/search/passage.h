// Where in an article the words of a query stand together: the stretch that its
// snippet is cut from. The forward index tells, so that only this stretch has
// to be analysed.
#ifndef KBSEARCH_ENGINE_SEARCH_PASSAGE_H_
#define KBSEARCH_ENGINE_SEARCH_PASSAGE_H_

#include <cstddef>
#include <vector>

#include "engine/article.h"
#include "engine/ranking/document_match.h"

namespace kbsearch::engine {

// Blocks [begin, end) of an article.
struct BlockRange {
  size_t begin = 0;
  size_t end = 0;
};

// The blocks that hold the window with most words of the query, and as many
// after them as make a snippet. The beginning when no word stands in the text.
// REQUIRES: `match` is of the article's document.
BlockRange BestPassage(const std::vector<Block>& blocks,
                       const DocumentMatch& match);

// Of each block of the range, whether a word of the query stands in it, as far
// as the forward index tells: it leaves out blocks of weight 0, so these count
// as if one did. REQUIRES: as above.
std::vector<bool> HoldersIn(const BlockRange& range,
                            const std::vector<Block>& blocks,
                            const DocumentMatch& match);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_PASSAGE_H_
