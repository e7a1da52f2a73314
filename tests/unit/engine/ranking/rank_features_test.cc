#include "engine/ranking/rank_features.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kbsearch::engine {
namespace {

// A query of three content words, standing together in the text.
QueryWords ThreeWords() {
  QueryWords query;
  for (uint32_t i = 0; i < 3; ++i) {
    QueryWord word;
    word.position = i;
    query.words.push_back(word);
  }
  return query;
}

RankStatistics Equal() { return {{1, 1, 1}, 20}; }

// A document with a title of four words and a text of forty.
DocumentMatch Document(std::vector<Occurrence> occurrences) {
  DocumentMatch match;
  match.blocks = {{BlockField::kTitle, 4, 3}, {BlockField::kBody, 40, 30}};
  match.words = 44;
  match.body_start = 12;
  match.occurrences = std::move(occurrences);
  return match;
}

RankFeatures Of(std::vector<Occurrence> occurrences) {
  return ComputeRankFeatures(ThreeWords(), Document(std::move(occurrences)),
                             Equal());
}

TEST(RankFeaturesTest, NothingFoundIsNothing) {
  for (const double value : Of({})) EXPECT_EQ(value, 0);
}

TEST(RankFeaturesTest, CoverageIsTheShareOfTheWordsFound) {
  EXPECT_DOUBLE_EQ(Of({{12, 1, 0, 1.0}})[kCoverage], 1.0 / 3);
  EXPECT_DOUBLE_EQ(Of({{12, 1, 0, 1}, {20, 1, 1, 0.8}})[kCoverage], 2.0 / 3);
  // A weak sign counts in part.
  EXPECT_LT(Of({{12, 1, 0, kRootQuality}})[kCoverage], 0.2);
}

TEST(RankFeaturesTest, ExactCoverageTakesWordsAsTypedOnly) {
  EXPECT_DOUBLE_EQ(Of({{12, 1, 0, 1}, {20, 1, 1, 0.8}})[kExactCoverage],
                   1.0 / 3);
}

TEST(RankFeaturesTest, ATitleOfTheQueryAloneIsEqual) {
  EXPECT_DOUBLE_EQ(
      Of({{0, 0, 0, 1}, {1, 0, 1, 1}, {2, 0, 2, 1}})[kTitleEquality], 1);
  EXPECT_LT(Of({{0, 0, 0, 1}, {1, 0, 1, 1}})[kTitleEquality], 1);
}

TEST(RankFeaturesTest, OrderWantsNeighboursInTheirOrder) {
  EXPECT_DOUBLE_EQ(Of({{12, 1, 0, 1}, {13, 1, 1, 1}, {15, 1, 2, 1}})[kOrder],
                   1);
  EXPECT_DOUBLE_EQ(Of({{12, 1, 1, 1}, {13, 1, 0, 1}})[kOrder], 0);
  EXPECT_DOUBLE_EQ(Of({{12, 1, 0, 1}, {30, 1, 1, 1}})[kOrder], 0);
}

TEST(RankFeaturesTest, WindowCoverageWantsWordsNearEachOther) {
  EXPECT_DOUBLE_EQ(Of({{12, 1, 0, 1}, {18, 1, 1, 1}})[kWindowCoverage],
                   2.0 / 3);
  EXPECT_DOUBLE_EQ(Of({{12, 1, 0, 1}, {50, 1, 1, 1}})[kWindowCoverage],
                   1.0 / 3);
}

TEST(RankFeaturesTest, EarlierIsBetter) {
  EXPECT_GT(Of({{12, 1, 0, 1}})[kEarliness], Of({{40, 1, 0, 1}})[kEarliness]);
}

TEST(RankFeaturesTest, ATitleWordWeighsMoreThanOneInTheText) {
  EXPECT_GT(Of({{0, 0, 0, 1}})[kFieldedBm25],
            Of({{20, 1, 0, 1}})[kFieldedBm25]);
}

TEST(RankFeaturesTest, RareWordsWeighMoreAndUnknownOnesLessThanRareOnes) {
  for (const size_t words : {1, 3, 9}) {
    EXPECT_GT(WordWeight(1000, 1, words), WordWeight(1000, 100, words));
    EXPECT_GT(WordWeight(1000, 1000, words), 0);
    EXPECT_GT(WordWeight(1000, 1, words), WordWeight(1000, 0, words));
  }
}

TEST(RankFeaturesTest, EveryFeatureHasAName) {
  for (int i = 0; i < kRankFeatureCount; ++i) {
    EXPECT_FALSE(RankFeatureName(static_cast<RankFeature>(i)).empty());
  }
}

}  // namespace
}  // namespace kbsearch::engine
