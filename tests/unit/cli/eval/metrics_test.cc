#include "cli/eval/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace kbsearch::cli {
namespace {

constexpr double kTolerance = 1e-9;

// Documents "1", "2", … in this order.
std::vector<std::string> RankingOf(int documents) {
  std::vector<std::string> ranking;
  for (int i = 1; i <= documents; ++i) ranking.push_back(std::to_string(i));
  return ranking;
}

struct Case {
  const char* name;
  int documents;
  std::set<std::string> relevant;
  Scores expected;
};

// Computed by hand: 1/log2(3) = 0.630929753571, 1/log2(4) = 0.5,
// 1/log2(11) = 0.289064826318, 1/log2(5) = 0.430676558073.
const Case kCases[] = {
    {"the only right one is first", 100, {"1"}, {1, 1, 1, 1}},
    {"second", 100, {"2"}, {0.5, 0.630929753571, 1, 1}},
    {"tenth", 100, {"10"}, {0.1, 0.289064826318, 1, 1}},
    {"eleventh counts in depth only", 100, {"11"}, {0, 0, 0, 1}},
    {"hundredth", 100, {"100"}, {0, 0, 0, 1}},
    {"beyond the hundredth", 120, {"101"}, {0, 0, 0, 0}},
    {"absent", 100, {"x"}, {0, 0, 0, 0}},
    {"nothing found", 0, {"1"}, {0, 0, 0, 0}},
    {"second and fourth of two",
     100,
     {"2", "4"},
     {0.5, (0.630929753571 + 0.430676558073) / 1.630929753571, 1, 1}},
    {"first of two, other absent",
     5,
     {"1", "x"},
     {1, 1 / 1.630929753571, 0.5, 0.5}},
    {"third and thirtieth of four",
     100,
     {"3", "30", "x", "y"},
     {1.0 / 3, 0.5 / (1 + 0.630929753571 + 0.5 + 0.430676558073), 0.25, 0.5}},
};

TEST(ScoreRankingTest, MatchesHandComputedValues) {
  for (const Case& test : kCases) {
    SCOPED_TRACE(test.name);
    const Scores scores =
        ScoreRanking(RankingOf(test.documents), test.relevant);
    EXPECT_NEAR(scores.reciprocal_rank, test.expected.reciprocal_rank,
                kTolerance);
    EXPECT_NEAR(scores.ndcg, test.expected.ndcg, kTolerance);
    EXPECT_NEAR(scores.recall, test.expected.recall, kTolerance);
    EXPECT_NEAR(scores.deep_recall, test.expected.deep_recall, kTolerance);
  }
}

TEST(ScoreRankingTest, BestRankingOfManyRightOnesIsPerfect) {
  std::set<std::string> relevant;
  for (int i = 1; i <= 15; ++i) relevant.insert(std::to_string(i));
  const Scores scores = ScoreRanking(RankingOf(100), relevant);
  EXPECT_NEAR(scores.ndcg, 1, kTolerance);
  EXPECT_NEAR(scores.recall, 10.0 / 15, kTolerance);
  EXPECT_NEAR(scores.deep_recall, 1, kTolerance);
}

TEST(LanguageScoresTest, MeanGivesEveryLanguageTheSameWeight) {
  LanguageScores scores;
  scores.Add("el", {1.0, 0.8, 0.6, 1.0});
  scores.Add("el", {0.0, 0.4, 0.2, 0.0});
  scores.Add("el", {0.5, 0.3, 0.1, 0.5});
  scores.Add("ru", {0.25, 0.9, 1.0, 1.0});
  const auto rows = scores.ByLanguage();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows.at("el").queries, 3);
  EXPECT_NEAR(rows.at("el").mean.reciprocal_rank, 0.5, kTolerance);
  EXPECT_NEAR(rows.at("el").mean.ndcg, 0.5, kTolerance);
  EXPECT_NEAR(rows.at("el").mean.recall, 0.3, kTolerance);
  EXPECT_NEAR(rows.at("el").mean.deep_recall, 0.5, kTolerance);
  const LanguageScores::Row mean = scores.Mean();
  EXPECT_EQ(mean.queries, 4);
  EXPECT_NEAR(mean.mean.reciprocal_rank, 0.375, kTolerance);
  EXPECT_NEAR(mean.mean.ndcg, 0.7, kTolerance);
  EXPECT_NEAR(mean.mean.recall, 0.65, kTolerance);
  EXPECT_NEAR(mean.mean.deep_recall, 0.75, kTolerance);
}

TEST(LanguageScoresTest, NothingAddedIsZero) {
  EXPECT_EQ(LanguageScores().Mean().queries, 0);
  EXPECT_EQ(LanguageScores().Mean().mean.ndcg, 0);
}

}  // namespace
}  // namespace kbsearch::cli
