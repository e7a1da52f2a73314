// Which titles of a shard complete an input, and which phrases of titles do.
//
// A title completes an input when it holds every word of it, in any order:
// function words may be missing, the last word need only be begun.
//   "wachtwoord ver"  → title "Uw wachtwoord vergeten?"
//                       phrase "vergeten", which follows "wachtwoord" there
//   "mot"             → title "Mot de passe oublié", phrase "mot de passe"
#ifndef KBSEARCH_ENGINE_COMPLETION_TITLE_MATCHER_H_
#define KBSEARCH_ENGINE_COMPLETION_TITLE_MATCHER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/completion/completion_shard.h"
#include "engine/completion/input_words.h"
#include "engine/completion/typed_text.h"

namespace kbsearch::engine {

// Where an input's words stand in a title: indices of its words.
struct TitlePlacement {
  static constexpr int8_t kNowhere = -1;
  std::array<int8_t, kMaxTypedWords> finished = {};
  int8_t last = kNowhere;
  double quality = 0;  // 1: all as typed, in this spelling and form
  // Words typed that the title holds as typed, but for accents and case; by
  // index, the last one at the end.
  uint32_t as_typed = 0;
  bool IsAsTyped(size_t word) const { return (as_typed >> word & 1) != 0; }
};
static_assert(kMaxTypedWords < 32);

struct TitleMatch {
  uint32_t title = 0;
  double score =
      0;  // above 0; 2.5 is a title that begins so and is little more
};

// Words of a title that go on from the input, its last word with them.
struct PhraseMatch {
  uint32_t title = 0;  // one that holds it
  uint8_t first = 0;   // words [first, last) of it
  uint8_t last = 0;
  uint32_t titles = 0;  // that hold it at such a place
  double quality = 0;
};

struct ShardMatches {
  std::vector<TitleMatch> titles;    // in no order
  std::vector<PhraseMatch> phrases;  // in no order
};

// For one input and shard; nothing is owned. REQUIRES: the shard has titles,
// and the input no more than kMaxTypedWords words.
class TitleMatcher {
 public:
  TitleMatcher(const InputWords& input, const CompletionShard& shard);

  // Looks at a few thousand titles at most: those that begin with the input,
  // then those with its rarest word.
  ShardMatches Match();

  // False when the title does not complete the input.
  bool Place(uint32_t title, TitlePlacement* placement) const;

 private:
  std::vector<uint32_t> Candidates() const;
  void AddBeginning(std::vector<uint32_t>* candidates) const;
  void AddWithRarestWord(std::vector<uint32_t>* candidates) const;
  void AddWithBegunWord(std::vector<uint32_t>* candidates) const;
  size_t FirstNotBefore(const std::vector<size_t>& words) const;
  double Score(uint32_t title, const TitlePlacement& placement) const;
  void CountPhrase(uint32_t title, const TitlePlacement& placement);

  const InputWords& input_;
  const ShardVocabulary& vocabulary_;
  const TitleIndex& titles_;
  bool all_stop_ = false;  // of the finished words; then they count
  absl::flat_hash_map<uint64_t, PhraseMatch> phrases_;  // by hash of the words
};

// The words of a title's text, without what stands beside it.
size_t TextWords(const TitleWords& words);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_TITLE_MATCHER_H_
