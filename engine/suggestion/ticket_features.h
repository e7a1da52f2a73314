// What is known of an article beside a ticket: numbers from 0 to about 1, on
// the same scale for every language, corpus and length of the ticket.
#ifndef KBSEARCH_ENGINE_SUGGESTION_TICKET_FEATURES_H_
#define KBSEARCH_ENGINE_SUGGESTION_TICKET_FEATURES_H_

#include <array>
#include <span>
#include <vector>

#include "engine/ranking/rank_features.h"
#include "engine/suggestion/ticket_query.h"

namespace kbsearch::engine {

enum TicketFeature : uint8_t {
  // Those of ranking come first (RankFeature), with the ticket's own weights in
  // the place of idf.
  kTitleFilled = kRankFeatureCount,  // of the title's content words, those that
                                     // the ticket has
  kMatchedWords,                     // log2(1 + different words found) / 4
  kIsEntry,                          // 1: an entry of an FAQ page
  kTicketFeatureCount
};

using TicketFeatures = std::array<double, kTicketFeatureCount>;

// Of each candidate, all found by `ticket`; zeros for one without a forward
// record. Tells the candidates' hit ids and versions, and scores them by
// weights fitted to queries parted by their length: those of search and weights
// fitted to tickets rank no better (docs/suggestions.md).
std::vector<TicketFeatures> ScoreTicketCandidates(
    const TicketQuery& ticket, Audience audience, SearchContext& context,
    std::span<Candidate> candidates);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_TICKET_FEATURES_H_
