#include "engine/ranking/rank_features.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
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

TEST(RankFeaturesTest, DensityIsOccurrencesForTheLength) {
  const RankFeatures once = Of({{12, 1, 0, 1}});
  const RankFeatures twice = Of({{12, 1, 0, 1}, {30, 1, 0, 1}});
  EXPECT_NEAR(once[kDensity], std::log(2) / std::log(52) / 3, 1e-9);
  EXPECT_GT(twice[kDensity], once[kDensity]);
  DocumentMatch longer = Document({{12, 1, 0, 1}});
  longer.words = 400;
  EXPECT_LT(ComputeRankFeatures(ThreeWords(), longer, Equal())[kDensity],
            once[kDensity]);
}

TEST(RankFeaturesTest, TitlePrecisionIsTheTitlesShareOfTheQuery) {
  EXPECT_DOUBLE_EQ(Of({{0, 0, 0, 1}})[kTitlePrecision], 1.0 / 3);
  EXPECT_DOUBLE_EQ(Of({{0, 0, 0, 1}, {1, 0, 1, 1}})[kTitlePrecision], 2.0 / 3);
  EXPECT_DOUBLE_EQ(Of({{12, 1, 0, 1}})[kTitlePrecision], 0);
}

// A query whose content words stand at these places.
QueryWords At(std::vector<uint32_t> positions) {
  QueryWords query;
  for (const uint32_t position : positions) {
    query.words.emplace_back().position = position;
  }
  return query;
}

TEST(RankFeaturesTest, FunctionWordsMakeAQuestion) {
  EXPECT_DOUBLE_EQ(QuestionShare(At({})), 0);
  EXPECT_DOUBLE_EQ(QuestionShare(At({0, 1})), 0);
  // "printing formulas instead of results"
  EXPECT_DOUBLE_EQ(QuestionShare(At({0, 1, 2, 4})), 1.0 / 3);
  // "How can I print the formulas in the cells of a sheet"
  EXPECT_DOUBLE_EQ(QuestionShare(At({3, 5, 8, 11})), 1);
}

TEST(RankFeaturesTest, ManyWordsMakeAQuestionToo) {
  EXPECT_DOUBLE_EQ(QuestionShare(At({0, 1, 2, 3})), 0);
  EXPECT_DOUBLE_EQ(QuestionShare(At({0, 1, 2, 3, 4, 5})), 1.0 / 3);
  EXPECT_DOUBLE_EQ(QuestionShare(At({0, 1, 2, 3, 4, 5, 6, 7, 8, 9})), 1);
}

TEST(RankFeaturesTest, AQueryOfFunctionWordsAloneIsNoQuestion) {
  QueryWords query = At({0, 2, 6});
  query.only_stop_words = true;
  EXPECT_DOUBLE_EQ(QuestionShare(query), 0);
}

TEST(RankFeaturesTest, RareWordsWeighMoreAndUnknownOnesLessThanRareOnes) {
  for (const double question : {0.0, 0.3, 1.0}) {
    EXPECT_GT(WordWeight(1000, 1, question), WordWeight(1000, 100, question));
    EXPECT_GT(WordWeight(1000, 1000, question), 0);
    EXPECT_GT(WordWeight(1000, 1, question), WordWeight(1000, 0, question));
  }
}

TEST(RankFeaturesTest, EveryFeatureHasAName) {
  for (int i = 0; i < kRankFeatureCount; ++i) {
    EXPECT_FALSE(RankFeatureName(static_cast<RankFeature>(i)).empty());
  }
}

}  // namespace
}  // namespace kbsearch::engine
