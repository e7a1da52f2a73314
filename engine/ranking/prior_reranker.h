// Lets use (article_prior.h) take part in ranking.
#ifndef KBSEARCH_ENGINE_RANKING_PRIOR_RERANKER_H_
#define KBSEARCH_ENGINE_RANKING_PRIOR_RERANKER_H_

#include <memory>
#include <span>
#include <utility>

#include "engine/ranking/article_prior.h"
#include "engine/ranking/reranker.h"

namespace kbsearch::engine {

// Adds the priors to another's scores. The weight is small: between articles
// that the words leave about level use decides, but the most liked article does
// not overtake one that answers clearly better.
class PriorReranker : public Reranker {
 public:
  // `priors` null: the scores stay as they are.
  PriorReranker(std::unique_ptr<Reranker> words,
                std::shared_ptr<const PriorStore> priors)
      : words_(std::move(words)), priors_(std::move(priors)) {}

  void Score(const LanguageLookup& lookup, Audience audience,
             SearchContext& context, std::span<Candidate> candidates) override;

 private:
  const std::unique_ptr<Reranker> words_;
  const std::shared_ptr<const PriorStore> priors_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_PRIOR_RERANKER_H_
