#include "engine/suggestion/sentence_match.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "engine/suggestion/confidence.h"

namespace kbsearch::engine {
namespace {

// Sentences that are looked at: people say early what they want.
constexpr size_t kMaxSentences = 8;
constexpr size_t kNeighbours = 2;
// From this title_equality on a sentence and a title say the same.
constexpr double kSame = 0.9;
// A title whose words the ticket lacks is none of its sentences.
constexpr double kTitleFilledEnough = 0.8;
// One word is no question: "Invoice".
constexpr size_t kMinWords = 2;
// Of a sentence's weight: words in no article.
constexpr double kMaxUnknown = 0.2;

// The probabilities by one stretch of the ticket, into `best` where higher.
void MatchStretch(const TicketQuery& stretch, Audience audience,
                  SearchContext& context, std::span<const Candidate> all,
                  std::span<const size_t> likely, std::vector<double>* best) {
  std::vector<Candidate> few;
  for (const size_t i : likely) few.push_back(all[i]);
  const std::vector<TicketFeatures> quick =
      ScoreTicketCandidates(stretch, audience, context, few);
  if (std::none_of(quick.begin(), quick.end(), [](const TicketFeatures& f) {
        return f[kTitleEquality] >= kSame;
      })) {
    return;
  }
  std::vector<Candidate> candidates(all.begin(), all.end());
  const std::vector<TicketFeatures> features =
      ScoreTicketCandidates(stretch, audience, context, candidates);
  const std::vector<size_t> order = OrderByScore(candidates);
  for (size_t rank = 0; rank < order.size(); ++rank) {
    const size_t i = order[rank];
    if (features[i][kTitleEquality] < kSame) continue;
    (*best)[i] = std::max(
        (*best)[i], ConfidenceAt(rank, order, candidates, features, stretch));
  }
}

}  // namespace

double ConfidenceAt(size_t rank, std::span<const size_t> order,
                    std::span<const Candidate> candidates,
                    std::span<const TicketFeatures> features,
                    const TicketQuery& ticket) {
  const size_t other = rank == 0 ? 1 : 0;
  SuggestionEvidence evidence;
  evidence.features = features[order[rank]];
  evidence.is_first = rank == 0;
  evidence.margin = candidates[order[rank]].score -
                    (other < order.size() ? candidates[order[other]].score : 0);
  evidence.unknown_share = ticket.unknown_weight / ticket.all_weight;
  evidence.content_words = ticket.content_words;
  return Confidence(evidence);
}

std::vector<size_t> OrderByScore(std::span<const Candidate> candidates) {
  std::vector<size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return candidates[a].score > candidates[b].score;
  });
  return order;
}

std::vector<double> SentenceConfidences(
    const TicketQuery& ticket, Audience audience, SearchContext& context,
    std::span<const Candidate> candidates,
    std::span<const TicketFeatures> features) {
  std::vector<double> best(candidates.size(), 0);
  std::vector<size_t> likely;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (features[i][kTitleFilled] >= kTitleFilledEnough) likely.push_back(i);
  }
  const size_t sentences = std::min(ticket.sentences.size(), kMaxSentences);
  if (likely.empty() || ticket.sentences.size() < 2) return best;
  for (size_t first = 0; first < sentences; ++first) {
    std::vector<WeighedText> texts;
    for (size_t i = first; i < std::min(sentences, first + kNeighbours); ++i) {
      texts.push_back({ticket.sentences[i]->text, 1, false});
      const TicketQuery stretch = MakeWordsQuery(
          ticket.lookup.language, texts, kMaxTicketWords, audience, context);
      if (stretch.content_words < kMinWords ||
          stretch.unknown_weight > kMaxUnknown * stretch.all_weight) {
        continue;
      }
      MatchStretch(stretch, audience, context, candidates, likely, &best);
    }
  }
  return best;
}

}  // namespace kbsearch::engine
