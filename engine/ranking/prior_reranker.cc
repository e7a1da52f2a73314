#include "engine/ranking/prior_reranker.h"

#include <vector>

namespace kbsearch::engine {
namespace {

// The scores of a query's first two articles lie 1.2 apart in the sample corpus
// (median; docs/relevance.md): only what stands closer is moved.
constexpr double kPriorWeight = 0.5;

}  // namespace

std::shared_ptr<const ArticlePriors> PriorReranker::Find(
    const SearchContext& context) const {
  if (priors_ == nullptr) return nullptr;
  return priors_->Find(context.corpus.snapshot().info.name);
}

void PriorReranker::Score(const LanguageLookup& lookup, Audience audience,
                          SearchContext& context,
                          std::span<Candidate> candidates) {
  words_->Score(lookup, audience, context, candidates);
  const std::shared_ptr<const ArticlePriors> priors = Find(context);
  if (priors == nullptr) return;
  const std::vector<const ForwardIndex*> indexes =
      context.corpus.ForwardIndexes(lookup.language.language, audience);
  for (Candidate& candidate : candidates) {
    const ShardDocument place = PlaceOf(candidate.document, indexes.size());
    if (indexes[place.shard] == nullptr) continue;
    const ForwardRecord record = indexes[place.shard]->Find(place.document);
    if (record.empty()) continue;
    candidate.score +=
        kPriorWeight * priors->Of(record.hit_id(), record.language());
  }
}

double PriorReranker::UseOf(const Candidate& candidate,
                            const SearchContext& context) const {
  const std::shared_ptr<const ArticlePriors> priors = Find(context);
  if (priors == nullptr) return 0;
  return kPriorWeight * priors->Of(candidate.hit_id, candidate.version);
}

}  // namespace kbsearch::engine
