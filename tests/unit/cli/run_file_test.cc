#include "cli/run_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace kbsearch::cli {
namespace {

struct Line {
  std::string qid, q0, id, tag;
  int rank = 0;
  float score = 0;
};

std::vector<Line> Read(const std::string& run) {
  std::vector<Line> lines;
  std::istringstream stream(run);
  Line line;
  while (stream >> line.qid >> line.q0 >> line.id >> line.rank >> line.score >>
         line.tag) {
    lines.push_back(line);
  }
  return lines;
}

TEST(RunFileTest, WritesTheSixFieldsByRank) {
  EXPECT_EQ(FormatRun("q1", {{"el", "reset-password", 3.5}, {"el", "b#2", 2}},
                      "mine"),
            "q1 Q0 el:reset-password 1 3.5 mine\n"
            "q1 Q0 el:b#2 2 2 mine\n");
  EXPECT_EQ(FormatRun("q1", {}, "mine"), "");
}

TEST(RunFileTest, EncodesWhateverPartsFields) {
  const struct {
    const char* id;
    const char* expected;
  } kCases[] = {
      {"a b", "en:a%20b"},
      {"a\tb\nc", "en:a%09b%0Ac"},
      {"a\u00A0b", "en:a%C2%A0b"},  // no-break space
      {"a\x1Cz", "en:a%1Cz"},
      {"a%20b", "en:a%20b"},
      {"άρθρο/дом", "en:άρθρο/дом"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.expected);
    const auto lines = Read(FormatRun("q 1", {{"en", c.id, 1}}, "my run"));
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].id, c.expected);
    EXPECT_EQ(lines[0].qid, "q%201");
    EXPECT_EQ(lines[0].tag, "my%20run");
  }
}

TEST(RunFileTest, ScoresFallWithRankInSinglePrecision) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::vector<double>> kCases = {
      {3, 3, 3},
      {1, 2, 3},
      {0, 0, 0},
      {1.00000000001, 1.0, 0.99999999999},
      {5, nan, 4},
      {-1, -1, -2},
  };
  for (const auto& scores : kCases) {
    std::vector<RankedArticle> ranked;
    for (double score : scores) {
      ranked.push_back({"en", "a" + std::to_string(ranked.size()), score});
    }
    const auto lines = Read(FormatRun("q", ranked, "t"));
    ASSERT_EQ(lines.size(), scores.size());
    for (size_t i = 1; i < lines.size(); ++i) {
      EXPECT_LT(lines[i].score, lines[i - 1].score) << scores[i];
      EXPECT_EQ(lines[i].rank, static_cast<int>(i) + 1);
    }
  }
}

}  // namespace
}  // namespace kbsearch::cli
