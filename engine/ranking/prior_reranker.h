// Lets what is known of an article itself take part in ranking: its use, its
// age, its kind. No judged set knows of these, so they are kept small: where
// the words leave articles about level they decide, but none of them overtakes
// an article that answers clearly better.
//
//   use        what clicks and ratings have shown (article_prior.h), ± 0.5
//   freshness  0.1 for the candidate that was updated last; half of it for one
//              updated a year before that one, a quarter two years before. An
//              article without a date counts as one of a year before.
//   kind       what the company says goes before what users say among
//              themselves: − 0.2 for a forum thread
#ifndef KBSEARCH_ENGINE_RANKING_PRIOR_RERANKER_H_
#define KBSEARCH_ENGINE_RANKING_PRIOR_RERANKER_H_

#include <memory>
#include <span>
#include <utility>

#include "engine/ranking/reranker.h"

namespace kbsearch::engine {

// Adds the parts to another's scores. Use is what SearchContext::priors says.
class PriorReranker : public Reranker {
 public:
  explicit PriorReranker(std::unique_ptr<Reranker> words)
      : words_(std::move(words)) {}

  void Score(const LanguageLookup& lookup, Audience audience,
             SearchContext& context, std::span<Candidate> candidates) override;

 private:
  const std::unique_ptr<Reranker> words_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_PRIOR_RERANKER_H_
