#include "engine/ranking/prior_reranker.h"

#include <vector>

namespace kbsearch::engine {
namespace {

// The scores of a query's first two articles lie 1.2 apart in the sample corpus
// (median; docs/relevance.md): only what stands closer is moved.
constexpr double kPriorWeight = 0.5;

}  // namespace

void PriorReranker::Score(const LanguageLookup& lookup, Audience audience,
                          SearchContext& context,
                          std::span<Candidate> candidates) {
  words_->Score(lookup, audience, context, candidates);
  if (priors_ == nullptr) return;
  const std::shared_ptr<const ArticlePriors> priors =
      priors_->Find(context.corpus.snapshot().info.name);
  if (priors == nullptr) return;
  const std::vector<const ForwardIndex*> indexes =
      context.corpus.ForwardIndexes(lookup.language.language, audience);
  for (Candidate& candidate : candidates) {
    const ShardDocument place = PlaceOf(candidate.document, indexes.size());
    if (indexes[place.shard] == nullptr) continue;
    const ForwardRecord record = indexes[place.shard]->Find(place.document);
    if (record.empty()) continue;
    candidate.use =
        kPriorWeight * priors->Of(record.hit_id(), record.language());
    candidate.score += candidate.use;
  }
}

}  // namespace kbsearch::engine
