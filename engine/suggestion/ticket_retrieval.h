// The articles that may answer a ticket, by the words looked up for it.
#ifndef KBSEARCH_ENGINE_SUGGESTION_TICKET_RETRIEVAL_H_
#define KBSEARCH_ENGINE_SUGGESTION_TICKET_RETRIEVAL_H_

#include <cstddef>
#include <vector>

#include "engine/search/candidate.h"
#include "engine/search_context.h"
#include "engine/suggestion/ticket_query.h"

namespace kbsearch::engine {

// The best kTicketCandidates candidates of one language by BM25 over title and
// text, each word weighed by its place in the ticket; best first, as candidates
// of the lookup `language`, without hit id and version. Throws Xapian errors.
std::vector<Candidate> FindTicketCandidates(
    const TicketQuery& ticket, size_t language, const SearchFilter& filter,
    Audience audience, Deadline deadline, SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_TICKET_RETRIEVAL_H_
