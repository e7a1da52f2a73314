// What somebody is typing → words, phrases and whole titles or questions that
// complete it.
//
//   "wachtw"         → "wachtwoord", "wachtwoord vergeten", title
//                      "Wachtwoord opnieuw instellen"
//   "wahctw"         → the same: one slip a word is forgiven
//   "kodikos pros"   → "κωδικός πρόσβασης"   (Greek in Latin letters)
//   "gfhjk"          → "пароль"              (another keyboard layout)
//
// Words come from all texts, the most useful first; phrases and titles from
// titles and questions (title_index.h). Of titles that complete the input alike
// those come first whose articles are used most (SearchContext::priors).
// Nothing is offered that would find nothing. Titles that an operator hides,
// for whatever query, are left out.
#ifndef KBSEARCH_ENGINE_COMPLETION_COMPLETER_H_
#define KBSEARCH_ENGINE_COMPLETION_COMPLETER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "engine/search.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Best first; at most query.max_completions. An article that is found in
// several languages comes once, in the user's language if that is among them;
// equal texts come once. The time is bounded whatever the input.
// DeadlineExceeded; throws Xapian errors.
absl::StatusOr<std::vector<Completion>> Complete(const AutocompleteQuery& query,
                                                 SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_COMPLETER_H_
