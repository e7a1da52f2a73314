#include "engine/suggestion/confidence.h"

#include <cmath>

namespace kbsearch::engine {
namespace {

// As fit-suggestions prints them.
constexpr double kConstant = -5.094;
constexpr double kMargin = 0.379;
constexpr double kNotFirst = -0.959;
constexpr double kUnknownShare = -1.658;
constexpr double kLogWords = 1.083;  // × log2(1 + words) / 5
constexpr double kFewWords = 3.230;  // ÷ (1 + words)
constexpr double kCoverageWeight = 0.603;
constexpr double kTitleFilledWeight = 1.396;
constexpr double kMatchedWordsWeight = 3.242;
constexpr double kBlockEqualityWeight = 2.019;
constexpr double kIsEntryWeight = 1.074;

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
