#include "engine/suggestion/ticket_features.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "engine/ranking/document_match.h"
#include "engine/ranking/reranker.h"
#include "engine/stored_document.h"

namespace kbsearch::engine {
namespace {

void AddOwnFeatures(const DocumentMatch& match, size_t words,
                    TicketFeatures* features) {
  std::vector<bool> found(words);
  double in_title = 0;
  for (const Occurrence& occurrence : match.occurrences) {
    found[occurrence.word] = true;
    if (match.blocks[occurrence.block].field == BlockField::kTitle) {
      in_title += occurrence.quality;
    }
  }
  (*features)[kTitleFilled] =
      std::min(1.0, in_title / std::max(1u, match.title_content_words));
  const auto matched = std::count(found.begin(), found.end(), true);
  (*features)[kMatchedWords] =
      std::log2(1.0 + static_cast<double>(matched)) / 4;
}

double Score(const TicketFeatures& features, const QueryWords& words) {
  double score = 0;
  for (size_t k = 0; k < kRankFeatureCount; ++k) {
    score += FeatureWeight(static_cast<RankFeature>(k), words) * features[k];
  }
  return score;
}

}  // namespace

std::vector<TicketFeatures> ScoreTicketCandidates(
    const TicketQuery& ticket, Audience audience, SearchContext& context,
    std::span<Candidate> candidates) {
  std::vector<TicketFeatures> all(candidates.size(), TicketFeatures{});
  const QueryWords& words = ticket.lookup.words;
  const std::vector<const ForwardIndex*> indexes =
      context.corpus.ForwardIndexes(ticket.lookup.language.language, audience);
  std::vector<std::unique_ptr<QueryMatcher>> matchers(indexes.size());
  RankStatistics statistics;
  statistics.idf = ticket.weights;
  DocumentMatch match;
  for (size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].score = 0;
    const ShardDocument place = PlaceOf(candidates[i].document, indexes.size());
    const ForwardIndex* index = indexes[place.shard];
    if (index == nullptr) continue;
    const ForwardRecord record = index->Find(place.document);
    if (record.empty()) continue;
    candidates[i].hit_id = record.hit_id();
    candidates[i].version = record.language();
    std::unique_ptr<QueryMatcher>& matcher = matchers[place.shard];
    if (matcher == nullptr) {
      matcher = std::make_unique<QueryMatcher>(words, *index);
    }
    statistics.average_words = index->average_words();
    matcher->Match(record, &match);
    const RankFeatures ranking = ComputeRankFeatures(words, match, statistics);
    std::copy(ranking.begin(), ranking.end(), all[i].begin());
    AddOwnFeatures(match, words.words.size(), &all[i]);
    all[i][kIsEntry] = PageId(record.hit_id()) == record.hit_id() ? 0 : 1;
    candidates[i].score = Score(all[i], words) * ticket.lookup.language.weight;
  }
  return all;
}

}  // namespace kbsearch::engine
