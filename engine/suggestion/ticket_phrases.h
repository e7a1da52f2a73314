// What surrounds the matter of a ticket, in the words of the five languages:
// phrases/<code>.txt, built into the library. Tickets mix languages, so the
// phrases of all of them are looked for at once.
#ifndef KBSEARCH_ENGINE_SUGGESTION_TICKET_PHRASES_H_
#define KBSEARCH_ENGINE_SUGGESTION_TICKET_PHRASES_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/suggestion/folded_words.h"

namespace kbsearch::engine {

// The sections of the files; phrases/en.txt says what each is.
enum class TicketPhrase : uint8_t {
  kGreeting,
  kReply,
  kClosing,
  kPostscript,
  kCourtesy,
  kDevice,
  kWrote,
  kForward,
  kHeader,
  kDisclaimer,
  kNumber,
  kProblem,
  kCount
};

// How many of `words` the longest phrase of the kind takes that they begin
// with; 0 when there is none. Thread-safe.
size_t PhraseLength(TicketPhrase kind, std::span<const FoldedWord> words);

// The same of the first place in `words` where such a phrase stands; 0:
// nowhere.
size_t FindPhrase(TicketPhrase kind, std::span<const FoldedWord> words);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_TICKET_PHRASES_H_
