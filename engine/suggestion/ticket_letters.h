// A ticket that writes Greek or Russian in Latin letters → the same in its own.
//
//   "Den mporo na syndetho ston logariasmo mou"
//     → "Δεν μπορώ να συνδεθώ στον λογαριασμό μου"
//
// Queries are mended word by word where the index lacks them (script_repair.h).
// A ticket is read so as a whole: most of its words must be of no language that
// is written in Latin letters, and most of those must sound like words of the
// corpus. English tickets with a few names stay as they are.
#ifndef KBSEARCH_ENGINE_SUGGESTION_TICKET_LETTERS_H_
#define KBSEARCH_ENGINE_SUGGESTION_TICKET_LETTERS_H_

#include <vector>

#include "engine/search_context.h"
#include "engine/suggestion/suggestion.h"
#include "engine/suggestion/ticket_text.h"

namespace kbsearch::engine {

// `sentences` with the words replaced that are so meant; the others, and
// tickets of no such kind, are left as they are. Looks for words that the
// query's audience may see, in the languages that it allows. Throws Xapian
// errors.
std::vector<TicketSentence> ReadLetters(std::vector<TicketSentence> sentences,
                                        const SuggestQuery& query,
                                        SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_TICKET_LETTERS_H_
