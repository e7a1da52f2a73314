// Single words that complete an input.
#ifndef KBSEARCH_ENGINE_COMPLETION_WORD_COMPLETIONS_H_
#define KBSEARCH_ENGINE_COMPLETION_WORD_COMPLETIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/completion/input_words.h"
#include "engine/completion/typed_text.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

struct WordCompletion {
  std::string display;
  uint64_t usefulness = 0;  // Usefulness() in all that the audience may see
  double quality = 1;       // less than 1: mended
  bool as_typed = true;     // it begins with what was typed
};

// The most useful words, function words left out, among the ids that `ranges`
// gives for each shard (in the order of OpenCorpus::CompletionOf); mended are
// those that do not begin with the last word of the input. `limit` is about how
// many. REQUIRES: typed.last.
std::vector<WordCompletion> CompleteWord(const TypedText& typed,
                                         const std::vector<WordRanges>& ranges,
                                         const std::string& language,
                                         Audience audience, size_t limit,
                                         SearchContext& context);

// A few useful words that begin with the last word of the input and stand in a
// document together with all the words before it, function words aside. Asks
// the database: slow beside the others. Throws Xapian errors.
std::vector<WordCompletion> WordsTogether(const TypedText& typed,
                                          const std::string& language,
                                          Audience audience,
                                          SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_WORD_COMPLETIONS_H_
