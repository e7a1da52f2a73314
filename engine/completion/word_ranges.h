// Which words of a vocabulary may somebody be typing? The vocabulary is sorted,
// so that words which begin alike are a range of ids, and the whole of it a
// tree: the children of a range are the ranges of its words' next letters.
//
// A slip is one letter missing, extra, wrong, or swapped with its neighbour
// (Damerau 1964). It is looked for by walking the tree with the letters typed,
// and leaving it once at each place in each of the four ways:
//   FindSlips("wahc") holds the range of wacht…; FindSlips("pasw") of passw…
#ifndef KBSEARCH_ENGINE_COMPLETION_WORD_RANGES_H_
#define KBSEARCH_ENGINE_COMPLETION_WORD_RANGES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/index/vocabulary.h"

namespace kbsearch::engine {

// Ids [first, last) of a vocabulary.
struct WordRange {
  size_t first = 0;
  size_t last = 0;
  bool operator==(const WordRange&) const = default;
};

// Apart from each other, ascending.
using WordRanges = std::vector<WordRange>;

enum class SlipIn : uint8_t { kBeginning, kWholeWord };

// The words that begin with (or are) `typed`, folded, but for one slip; those
// without any are among them. Nothing for less than three letters and for more
// than kMaxSlipLetters. The first letter may be missing, extra or wrong from
// kMinFirstSlipLetters on: people rarely err in it, and too much ends alike.
inline constexpr size_t kMinSlipLetters = 3;
inline constexpr size_t kMinFirstSlipLetters = 5;
inline constexpr size_t kMaxSlipLetters = 40;
WordRanges FindSlips(const ShardVocabulary& vocabulary,
                     std::u32string_view typed, SlipIn where);

// Sorted, without ranges inside others. REQUIRES: two ranges are apart or one
// holds the other.
WordRanges Arrange(WordRanges ranges);

bool Holds(const WordRanges& ranges, size_t id);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_WORD_RANGES_H_
