#include "engine/suggestion/confidence.h"

#include <cmath>

namespace kbsearch::engine {
namespace {

// As fit-suggestions prints them.
constexpr double kConstant = -4.820;
constexpr double kMargin = 0.396;
constexpr double kNotFirst = -1.005;
constexpr double kUnknownShare = -1.725;
constexpr double kLogWords = 1.104;  // × log2(1 + words) / 5
constexpr double kFewWords = 3.194;  // ÷ (1 + words)
constexpr double kCoverageWeight = 0.585;
constexpr double kTitleFilledWeight = 1.425;
constexpr double kMatchedWordsWeight = 3.100;
constexpr double kBlockEqualityWeight = 2.028;
constexpr double kIsEntryWeight = 0.991;

}  // namespace

double Confidence(const SuggestionEvidence& evidence) {
  const auto words = static_cast<double>(evidence.content_words);
  const TicketFeatures& features = evidence.features;
  const double log_odds = kConstant + kMargin * evidence.margin +
                          (evidence.is_first ? 0 : kNotFirst) +
                          kUnknownShare * evidence.unknown_share +
                          kLogWords * std::log2(1 + words) / 5 +
                          kFewWords / (1 + words) +
                          kCoverageWeight * features[kCoverage] +
                          kTitleFilledWeight * features[kTitleFilled] +
                          kMatchedWordsWeight * features[kMatchedWords] +
                          kBlockEqualityWeight * features[kBlockEquality] +
                          kIsEntryWeight * features[kIsEntry];
  return 1 / (1 + std::exp(-log_odds));
}

}  // namespace kbsearch::engine
