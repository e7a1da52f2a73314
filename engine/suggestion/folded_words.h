// The words of a text in the form in which phrases are compared, with their
// places.
#ifndef KBSEARCH_ENGINE_SUGGESTION_FOLDED_WORDS_H_
#define KBSEARCH_ENGINE_SUGGESTION_FOLDED_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::engine {

struct FoldedWord {
  std::string text;    // analyzers::Fold
  uint32_t begin = 0;  // bytes [begin, end) of the original
  uint32_t end = 0;
};

// Runs of letters, marks and digits. Any bytes are accepted; bytes that are not
// UTF-8 divide words.
//   "Στάλθηκε από…" → {"σταλθηκε", 0, 16}, {"απο", 17, 23}
std::vector<FoldedWord> FoldWords(std::string_view text);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_FOLDED_WORDS_H_
