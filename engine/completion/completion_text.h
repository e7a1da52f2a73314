// The text of a completion and its stretches: what was typed, what was added.
#ifndef KBSEARCH_ENGINE_COMPLETION_COMPLETION_TEXT_H_
#define KBSEARCH_ENGINE_COMPLETION_COMPLETION_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/completion/completion_shard.h"
#include "engine/completion/title_matcher.h"
#include "engine/completion/typed_text.h"
#include "engine/search.h"

namespace kbsearch::engine {

// A text that is put together of stretches; equal neighbours become one.
class SpanText {
 public:
  void Add(std::string_view text, bool is_added);
  std::string text() const;
  std::vector<Span> Take() { return std::move(spans_); }

 private:
  std::vector<Span> spans_;
};

// The whole title; what was typed of it is not highlighted.
std::vector<Span> TitleSpans(const TypedText& typed,
                             const TitlePlacement& placement, uint32_t title,
                             const TitleIndex& titles);

// The input with its last word completed by the phrase, and with the words
// mended that `placement`, in the phrase's title, does not hold as typed.
// Words are in the case in which they stand inside sentences.
std::vector<Span> PhraseSpans(const TypedText& typed,
                              const TitlePlacement& placement,
                              const PhraseMatch& phrase,
                              const InputWords& input,
                              const CompletionShard& shard);

// The input with its last word completed to `word`, as it is written.
std::vector<Span> WordSpans(const TypedText& typed, std::string_view word,
                            bool as_typed);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_COMPLETION_TEXT_H_
