// What the words of an input may stand for in the vocabulary of one shard.
#ifndef KBSEARCH_ENGINE_COMPLETION_INPUT_WORDS_H_
#define KBSEARCH_ENGINE_COMPLETION_INPUT_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "analyzers/spelling/spelling_rules.h"
#include "engine/completion/completion_shard.h"
#include "engine/completion/typed_text.h"
#include "engine/completion/word_ranges.h"

namespace kbsearch::engine {

// A finished word. Ids, sorted.
struct FinishedChoice {
  std::vector<uint32_t> same;    // the word as it stands
  std::vector<uint32_t> forms;   // other forms of it, as titles have them
  std::vector<uint32_t> mended;  // words a slip away, or sounding alike
  bool is_stop = false;          // a function word, or what may be one misspelt
  bool is_hopeless = false;      // no title holds anything of it
};

struct InputWords {
  std::vector<FinishedChoice> finished;
  bool has_last = false;
  WordRange last;             // begin as it is typed
  bool last_is_word = false;  // the first of these is what is typed, whole
  WordRanges last_mended;     // begin so but for a slip, or sound so
};

enum class Tolerance : uint8_t {
  kNone,   // as typed, accents and case aside
  kSlips,  // mended: a slip in a word, other letters for the same sounds
};

// Slips and sounds are looked for only where the word as it stands is in no
// title; of the last word too, unless a word before it is in no title anyhow. A
// shard without titles knows the last word only.
InputWords ReadInputWords(const TypedText& typed, Tolerance tolerance,
                          const CompletionShard& shard,
                          const analyzers::LanguageSpelling& spelling);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_INPUT_WORDS_H_
