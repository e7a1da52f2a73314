#include "engine/ranking/prior_reranker.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/ranking/article_prior.h"

namespace kbsearch::engine {
namespace {

// The scores of a query's first two articles lie 1.2 apart in the sample corpus
// (median; docs/relevance.md): only what stands closer is moved.
constexpr double kUseWeight = 0.5;
constexpr double kFreshnessWeight = 0.1;
constexpr double kHalfLifeDays = 365;
constexpr double kForumThread = -0.2;

// 1 for the newest day, halved with every half-life before it.
double Freshness(uint32_t day, uint32_t newest) {
  const double age = day == 0 ? kHalfLifeDays : newest - day;
  return std::exp2(-age / kHalfLifeDays);
}

double OfKind(uint8_t kind) {
  return kind == static_cast<uint8_t>(ArticleKind::kForumThread) ? kForumThread
                                                                 : 0;
}

}  // namespace

void PriorReranker::Score(const LanguageLookup& lookup, Audience audience,
                          SearchContext& context,
                          std::span<Candidate> candidates) {
  words_->Score(lookup, audience, context, candidates);
  const std::vector<const ForwardIndex*> indexes =
      context.corpus.ForwardIndexes(lookup.language.language, audience);
  std::vector<ForwardRecord> records(candidates.size());
  uint32_t newest = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const ShardDocument place = PlaceOf(candidates[i].document, indexes.size());
    if (indexes[place.shard] == nullptr) continue;
    records[i] = indexes[place.shard]->Find(place.document);
    newest = std::max(newest, records[i].updated_day());
  }
  for (size_t i = 0; i < candidates.size(); ++i) {
    const ForwardRecord& record = records[i];
    if (record.empty()) continue;
    PriorParts& prior = candidates[i].prior;
    if (context.priors != nullptr) {
      prior.use =
          kUseWeight * context.priors->Of(record.hit_id(), record.language());
    }
    // Where nothing has a date nothing is fresher than the rest.
    if (newest != 0) {
      prior.freshness =
          kFreshnessWeight * Freshness(record.updated_day(), newest);
    }
    prior.kind = OfKind(record.kind());
    candidates[i].score += prior.Sum();
  }
}

}  // namespace kbsearch::engine
