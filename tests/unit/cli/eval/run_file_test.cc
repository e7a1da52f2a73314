#include "cli/eval/run_file.h"

#include <gtest/gtest.h>

#include <limits>
#include <sstream>

namespace kbsearch::cli {
namespace {

struct RunLine {
  std::string query, q0, document, tag;
  int rank = 0;
  float score = 0;
};

std::vector<RunLine> Parse(const std::string& text) {
  std::vector<RunLine> lines;
  std::istringstream in(text);
  RunLine line;
  while (in >> line.query >> line.q0 >> line.document >> line.rank >>
         line.score >> line.tag) {
    lines.push_back(line);
  }
  return lines;
}

TEST(WriteRunTest, WritesSixFieldsWithRanksFromOne) {
  std::ostringstream out;
  WriteRun("q 1", {{"el:text/a.html", 3.25}, {"el:b", 1.5}}, "my tag", out);
  EXPECT_EQ(out.str(),
            "q%201 Q0 el:text/a.html 1 3.25 my%20tag\n"
            "q%201 Q0 el:b 2 1.5 my%20tag\n");
}

TEST(WriteRunTest, ScoresFallStrictlyInSinglePrecision) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  std::ostringstream out;
  WriteRun("q",
           {{"a", 2},
            {"b", 2},
            {"c", 5},
            {"d", 1.9999999999},
            {"e", nan},
            {"f", 0},
            {"g", 0},
            {"h", -1}},
           "t", out);
  const std::vector<RunLine> lines = Parse(out.str());
  ASSERT_EQ(lines.size(), 8u);
  for (size_t i = 1; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].rank, static_cast<int>(i) + 1);
    EXPECT_LT(lines[i].score, lines[i - 1].score) << out.str();
  }
  EXPECT_EQ(lines[0].score, 2);
  EXPECT_EQ(lines[7].score, -1);
}

TEST(WriteQrelsTest, WritesOneLineARightDocument) {
  std::ostringstream out;
  WriteQrels({"q1", "nl", "t", {"nl:a b", "nl:c"}}, out);
  EXPECT_EQ(out.str(), "q1 0 nl:a%20b 1\nq1 0 nl:c 1\n");
}

TEST(EncodeFieldTest, LeavesNothingThatEndsAField) {
  EXPECT_EQ(EncodeField("el:κωδικός#1"), "el:κωδικός#1");
  EXPECT_EQ(EncodeField("a b\tc\nd%e\x7f"), "a%20b%09c%0Ad%25e%7F");
  EXPECT_EQ(EncodeField("a\u00A0b\u2003c"), "a%C2%A0b%E2%80%83c");
  EXPECT_EQ(EncodeField(""), "");
}

}  // namespace
}  // namespace kbsearch::cli
