#include "engine/suggestion/ticket_features.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "engine/index/stored_document.h"
#include "engine/ranking/document_match.h"
#include "engine/ranking/reranker.h"

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

// A ticket of that many words is ranked like keywords, or wholly as a text;
// between them by what lies between the weights. Its function words, which tell
// a question in search, tell nothing of it.
constexpr double kFewWords = 2;
constexpr double kManyWords = 5;

struct TicketWeight {
  RankFeature feature;
  double few_words;   // of a ticket of kFewWords and less
  double many_words;  // of one of kManyWords and more
};

// Fitted by fit-ranking to judged queries parted by their number of words. On
// tickets they rank a little better than the weights of search, which part
// queries by function words (docs/suggestions.md).
constexpr TicketWeight kTicketWeights[] = {
    {kFieldedBm25, 0.54, 2.04},    {kShortBm25, 0.06, 2.27},
    {kExactBm25, 0.42, 1.02},      {kCoverage, 1.22, 0.00},
    {kExactCoverage, 0.78, 0.01},  {kTitleEquality, 0.63, 4.46},
    {kBlockEquality, 1.88, 1.49},  {kLineEquality, 1.04, 0.20},
    {kWindowCoverage, 1.52, 0.02}, {kOrder, 0.50, 0.00},
    {kEarliness, 1.75, 1.98},      {kIntroduction, 1.11, 2.17},
    {kBestPassage, 1.26, 0.00},    {kBalance, 0.29, 0.00}};

double Score(const TicketFeatures& features, size_t words) {
  const double many = std::clamp(
      (static_cast<double>(words) - kFewWords) / (kManyWords - kFewWords), 0.0,
      1.0);
  double score = 0;
  for (const TicketWeight& weight : kTicketWeights) {
    score += std::lerp(weight.few_words, weight.many_words, many) *
             features[weight.feature];
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
    candidates[i].score =
        Score(all[i], words.words.size()) * ticket.lookup.language.weight;
  }
  return all;
}

}  // namespace kbsearch::engine
