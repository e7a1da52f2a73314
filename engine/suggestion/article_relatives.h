// The articles on the same matter as an article, scored: its words are looked
// up like a ticket's, the title's first, in each of the languages it exists in,
// and the languages vote.
#ifndef KBSEARCH_ENGINE_SUGGESTION_ARTICLE_RELATIVES_H_
#define KBSEARCH_ENGINE_SUGGESTION_ARTICLE_RELATIVES_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/search/candidate.h"
#include "engine/search_context.h"
#include "engine/suggestion/suggestion.h"
#include "engine/suggestion/ticket_features.h"

namespace kbsearch::engine {

// Beside the features of a ticket.
enum RelationFeature : uint8_t {
  kOwnTitleShare = kTicketFeatureCount,  // of the weight of the article's own
                                         // title, found in the other
  kSameCategory,  // levels of the category in common / levels of the longer
  kRelationFeatureCount
};

using RelationFeatures = std::array<double, kRelationFeatureCount>;

// In one language: the article, its words, and the candidates with features.
struct Relatives {
  TicketQuery words;
  std::vector<Candidate> candidates;  // as found
  std::vector<RelationFeatures> features;
};

// The relatives in `language` of an article stored there. Entries and
// translations of the article are no candidates. Throws Xapian errors.
Relatives FindRelatives(const Article& article, const RelatedQuery& query,
                        const std::string& language, SearchContext& context);

// How closely related. The weights are fitted by tests/relevance/fit-related.
double RelationScore(const RelationFeatures& features);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SUGGESTION_ARTICLE_RELATIVES_H_
