// Puts the candidates of a query in order, by what Xapian cannot weigh.
//
// The seam for a model: another Reranker may read the candidates' texts and
// score them as it likes; nothing else changes (docs/relevance.md).
#ifndef KBSEARCH_ENGINE_RANKING_RERANKER_H_
#define KBSEARCH_ENGINE_RANKING_RERANKER_H_

#include <span>

#include "engine/ranking/rank_features.h"
#include "engine/search.h"
#include "engine/search/candidate.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Not thread-safe: one a thread.
class Reranker {
 public:
  virtual ~Reranker() = default;

  // Sets the score of every candidate, and what of it comes from use, all found
  // by `lookup` and retrieved for `audience`; higher is better, and scores of
  // different languages and queries of equal words are comparable. The order of
  // `candidates` is that of retrieval, best first. Throws Xapian errors.
  virtual void Score(const LanguageLookup& lookup, Audience audience,
                     SearchContext& context,
                     std::span<Candidate> candidates) = 0;
};

// A weighed sum of features (rank_features.h). The weights depend on how much
// of a question the query is: keywords name a subject, a question says what is
// wanted of it. They are fitted by tests/relevance/fit-ranking.
//
// A candidate without a forward record gets a score of 0.
class FeatureReranker : public Reranker {
 public:
  void Score(const LanguageLookup& lookup, Audience audience,
             SearchContext& context, std::span<Candidate> candidates) override;
};

// The features of each candidate, for the tools that fit weights and for
// explanations. Empty features (all 0) for a candidate without a record.
std::vector<RankFeatures> FeaturesOf(const LanguageLookup& lookup,
                                     Audience audience, SearchContext& context,
                                     std::span<const Candidate> candidates);

// The weight of a feature in a score of `query`.
double FeatureWeight(RankFeature feature, const QueryWords& query);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_RERANKER_H_
