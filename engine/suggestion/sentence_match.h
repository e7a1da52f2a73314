// What single sentences of a ticket ask word for word, whatever else it tells.
//
//   "Who pays for the return label? I have been waiting for two weeks now."
//   gives the entry "Who pays for the return label?" the probability it has
//   for a ticket of its question alone.
#ifndef KBSEARCH_ENGINE_SUGGESTION_SENTENCE_MATCH_H_
#define KBSEARCH_ENGINE_SUGGESTION_SENTENCE_MATCH_H_

#include <span>
#include <vector>

#include "engine/search/candidate.h"
#include "engine/search_context.h"
#include "engine/suggestion/ticket_features.h"
#include "engine/suggestion/ticket_query.h"

namespace kbsearch::engine {

// The probability that an article answers a ticket, by its features beside
// those of the others; `rank` is its place in `order`, which is by falling
// score.
double ConfidenceAt(size_t rank, std::span<const size_t> order,
                    std::span<const Candidate> candidates,
                    std::span<const TicketFeatures> features,
                    const TicketQuery& ticket);

// The candidates' indexes by falling score.
std::vector<size_t> OrderByScore(std::span<const Candidate> candidates);

// Of each candidate: 0, or the probability that it answers the one sentence, or
// the two neighbouring ones, of the ticket that say what its title says.
// `features` are the candidates' beside the whole ticket, all scored. Throws
// Xapian errors.
std::vector<double> SentenceConfidences(
    const TicketQuery& ticket, Audience audience, SearchContext& context,
    std::span<const Candidate> candidates,
    std::span<const TicketFeatures> features);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_SENTENCE_MATCH_H_
