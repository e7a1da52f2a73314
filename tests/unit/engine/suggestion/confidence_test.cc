#include "engine/suggestion/confidence.h"

#include <gtest/gtest.h>

namespace kbsearch::engine {
namespace {

SuggestionEvidence Evidence(double match) {
  SuggestionEvidence evidence;
  evidence.content_words = 15;
  evidence.is_first = true;
  evidence.margin = match;
  evidence.features[kCoverage] = match;
  evidence.features[kTitleFilled] = match;
  evidence.features[kMatchedWords] = match;
  evidence.features[kBlockEquality] = match / 2;
  return evidence;
}

TEST(Confidence, IsAProbability) {
  for (const double match : {-1e6, -1.0, 0.0, 0.5, 1.0, 1e6}) {
    EXPECT_GE(Confidence(Evidence(match)), 0);
    EXPECT_LE(Confidence(Evidence(match)), 1);
  }
}

TEST(Confidence, RisesWithWhatSpeaksForTheArticle) {
  EXPECT_LT(Confidence(Evidence(0.1)), 0.2);
  EXPECT_GT(Confidence(Evidence(1)), 0.7);
  EXPECT_LT(Confidence(Evidence(0.3)), Confidence(Evidence(0.6)));
}

TEST(Confidence, FallsWithWordsOfNoArticleAndBehindTheFirst) {
  SuggestionEvidence known = Evidence(0.6);
  SuggestionEvidence unknown = known;
  unknown.unknown_share = 0.6;
  EXPECT_LT(Confidence(unknown), Confidence(known));
  SuggestionEvidence second = known;
  second.is_first = false;
  second.margin = -0.5;
  EXPECT_LT(Confidence(second), Confidence(known));
}

}  // namespace
}  // namespace kbsearch::engine
