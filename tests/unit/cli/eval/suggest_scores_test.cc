#include "cli/eval/suggest_scores.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/eval/ticket_judgements.h"

namespace kbsearch::cli {
namespace {

std::vector<TicketResult> Results() {
  return {
      // Answered by the second.
      {"el", true, {{0.8, false}, {0.6, true}}, {{0.8, false}, {0.6, true}}},
      // Answered by the first, which is not shown.
      {"el", true, {{0.3, true}, {0.2, false}}, {}},
      // Nothing answers; one is shown, none.
      {"el", false, {{0.7, false}}, {{0.7, false}}},
      {"el", false, {{0.2, false}}, {}},
      {"nl", true, {}, {}},
  };
}

TEST(SuggestScores, ByHand) {
  const auto scores = ScoreByLanguage(Results());
  const SuggestScores& el = scores.at("el");
  EXPECT_EQ(el.answerable, 2);
  EXPECT_EQ(el.unanswerable, 2);
  EXPECT_DOUBLE_EQ(el.success_at_1, 0.5);
  EXPECT_DOUBLE_EQ(el.success_at_3, 1);
  EXPECT_EQ(el.at_server.shown, 3);
  EXPECT_DOUBLE_EQ(el.at_server.precision, 1 / 3.0);
  EXPECT_DOUBLE_EQ(el.at_server.recall, 0.5);
  EXPECT_DOUBLE_EQ(el.at_server.abstention, 0.5);
  // One group: confidences sum to 2.8, two are right.
  EXPECT_NEAR(el.calibration_error, 0.8 / 6, 1e-9);
  EXPECT_EQ(scores.at("nl").success_at_3, 0);
  EXPECT_EQ(scores.at("all").answerable, 3);
}

TEST(SuggestScores, CurveFallsFromAllToNothing) {
  const SuggestScores scores = ScoreTickets(Results());
  ASSERT_EQ(scores.curve.size(), 9u);
  EXPECT_EQ(scores.curve[0].shown, 6);  // 0.1
  EXPECT_EQ(scores.curve[6].shown, 2);  // 0.7
  EXPECT_EQ(scores.curve[8].shown, 0);  // 0.9
  EXPECT_EQ(scores.curve[8].precision, 0);
  EXPECT_DOUBLE_EQ(scores.curve[8].abstention, 1);
  EXPECT_DOUBLE_EQ(scores.curve[2].recall, 2 / 3.0);  // 0.3
}

TEST(SuggestScores, EqualConfidencesThatAreRightThatOftenAreCalibrated) {
  std::vector<TicketResult> results;
  for (int i = 0; i < 100; ++i) {
    results.push_back({"ru", true, {{0.25, i % 4 == 0}}, {}});
  }
  EXPECT_NEAR(ScoreTickets(results).calibration_error, 0, 1e-9);
}

TEST(SuggestScores, OfNothingAreZero) {
  EXPECT_EQ(ScoreTickets({}).success_at_3, 0);
  EXPECT_EQ(ScoreTickets({}).calibration_error, 0);
}

TEST(ReadTickets, TellsGoodLinesFromBadOnes) {
  std::istringstream lines(
      R"({"id":"a","lang":"fr","subject":"S","body":"B","relevant":["x","fr:y"]}
{"id":"b","lang":"fr","body":"B","relevant":[]}

{"id":"b","lang":"fr","body":"B","relevant":[]}
{"id":"c","lang":"fr","subject":" ","relevant":[]}
{"id":"d","lang":"fr","body":"B"}
nonsense)");
  const TicketJudgements judged = ReadTickets(lines);
  ASSERT_EQ(judged.tickets.size(), 2u);
  EXPECT_TRUE(judged.tickets[0].answerable());
  EXPECT_TRUE(judged.tickets[0].judged.relevant.contains("fr:x"));
  EXPECT_TRUE(judged.tickets[0].judged.relevant.contains("fr:y"));
  EXPECT_FALSE(judged.tickets[1].answerable());
  ASSERT_EQ(judged.bad_lines.size(), 4u);
  EXPECT_EQ(judged.bad_lines[0].line, 4);
  EXPECT_EQ(judged.bad_lines[3].line, 7);
}

}  // namespace
}  // namespace kbsearch::cli
