#include "engine/suggestion/confidence.h"

#include <cmath>

namespace kbsearch::engine {
namespace {

// As fit-suggestions prints them.
constexpr double kConstant = -4.917;
constexpr double kMargin = 0.390;
constexpr double kNotFirst = -0.988;
constexpr double kUnknownShare = -1.744;
constexpr double kLogWords = 1.141;  // × log2(1 + words) / 5
constexpr double kFewWords = 3.415;  // ÷ (1 + words)
constexpr double kCoverageWeight = 0.545;
constexpr double kTitleFilledWeight = 1.377;
constexpr double kMatchedWordsWeight = 3.193;
constexpr double kBlockEqualityWeight = 1.995;
constexpr double kIsEntryWeight = 1.027;

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
