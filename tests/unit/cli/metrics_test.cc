#include "cli/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace kbsearch::cli {
namespace {

// "x" fills the places of wrong answers, each under a name of its own.
std::vector<std::string> Ranking(const std::vector<std::string>& ids) {
  std::vector<std::string> ranking;
  for (const std::string& id : ids) {
    ranking.push_back(id == "x" ? "x" + std::to_string(ranking.size()) : id);
  }
  return ranking;
}

std::vector<std::string> WrongThen(size_t wrong, const std::string& right) {
  std::vector<std::string> ids(wrong, "x");
  ids.push_back(right);
  return Ranking(ids);
}

struct Case {
  const char* name;
  std::vector<std::string> ranked;
  std::set<std::string> relevant;
  Metrics expected;
};

// By hand: 1/log2(2) = 1, 1/log2(3) = 0.6309298, 1/log2(4) = 0.5,
// 1/log2(5) = 0.4306766, 1/log2(11) = 0.2890648.
const Case kCases[] = {
    {"first", {"a", "b"}, {"a"}, {1, 1, 1, 1}},
    {"second", {"b", "a"}, {"a"}, {0.5, 0.6309298, 1, 1}},
    {"none", {"b", "c"}, {"a"}, {0, 0, 0, 0}},
    {"empty ranking", {}, {"a"}, {0, 0, 0, 0}},
    // (1 + 0.5) / (1 + 0.6309298)
    {"first and third of two",
     Ranking({"a", "x", "b"}),
     {"a", "b"},
     {1, 0.9197208, 1, 1}},
    // (0.6309298 + 0.4306766) / (1 + 0.6309298 + 0.5)
    {"second and fourth of three",
     Ranking({"x", "a", "x", "b"}),
     {"a", "b", "c"},
     {0.5, 0.4981884, 2.0 / 3, 2.0 / 3}},
    {"tenth", WrongThen(9, "a"), {"a"}, {0.1, 0.2890648, 1, 1}},
    {"eleventh", WrongThen(10, "a"), {"a"}, {0, 0, 0, 1}},
    {"hundredth", WrongThen(99, "a"), {"a"}, {0, 0, 0, 1}},
    {"hundred and first", WrongThen(100, "a"), {"a"}, {0, 0, 0, 0}},
    // The second "a" is no second right answer.
    {"twice the same",
     {"a", "a", "b"},
     {"a", "b"},
     {1, 0.9197208, 1, 1}},
};

TEST(MetricsTest, MatchesFiguresWorkedOutByHand) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    const Metrics metrics = Score(c.ranked, c.relevant);
    EXPECT_NEAR(metrics.mrr_at_10, c.expected.mrr_at_10, 1e-6);
    EXPECT_NEAR(metrics.ndcg_at_10, c.expected.ndcg_at_10, 1e-6);
    EXPECT_NEAR(metrics.recall_at_10, c.expected.recall_at_10, 1e-6);
    EXPECT_NEAR(metrics.recall_at_100, c.expected.recall_at_100, 1e-6);
  }
}

TEST(MetricsTest, IdealHoldsNoMoreThanTenOfManyRightAnswers) {
  std::vector<std::string> ranked;
  std::set<std::string> relevant;
  for (char id = 'a'; id < 'a' + 20; ++id) {
    relevant.insert(std::string(1, id));
    if (ranked.size() < 10) ranked.push_back(std::string(1, id));
  }
  const Metrics metrics = Score(ranked, relevant);
  EXPECT_NEAR(metrics.ndcg_at_10, 1, 1e-9);
  EXPECT_NEAR(metrics.recall_at_10, 0.5, 1e-9);
}

TEST(MetricsTest, MeanIsOfEachFigure) {
  const Metrics mean = Mean({{1, 0.5, 0, 1}, {0, 1, 0.5, 1}});
  EXPECT_DOUBLE_EQ(mean.mrr_at_10, 0.5);
  EXPECT_DOUBLE_EQ(mean.ndcg_at_10, 0.75);
  EXPECT_DOUBLE_EQ(mean.recall_at_10, 0.25);
  EXPECT_DOUBLE_EQ(mean.recall_at_100, 1);
  EXPECT_DOUBLE_EQ(Mean({}).mrr_at_10, 0);
}

}  // namespace
}  // namespace kbsearch::cli
