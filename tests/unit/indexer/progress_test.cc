#include "indexer/progress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace kbsearch::indexer {
namespace {

ProgressState State(double seconds, uint64_t bytes) {
  ProgressState state;
  state.files = 1;
  state.total_files = 4;
  state.bytes = bytes;
  state.total_bytes = 4'000'000;
  state.articles = 500;
  state.seconds = seconds;
  return state;
}

TEST(ProgressTest, WritesJsonLinesNowAndThen) {
  std::ostringstream out;
  const auto progress = NewJsonProgress(out);
  for (int i = 0; i <= 250; ++i) progress->Update(State(i / 100.0, 1'000'000));
  ProgressState last = State(2.51, 4'000'000);
  last.phase = Phase::kPublish;
  progress->Update(last);
  progress->Finish();
  std::istringstream lines(out.str());
  std::string line;
  std::vector<nlohmann::json> steps;
  while (std::getline(lines, line))
    steps.push_back(nlohmann::json::parse(line));
  ASSERT_EQ(steps.size(), 4u);  // at 0, 1 and 2 seconds, and the new phase
  EXPECT_EQ(steps[2]["phase"], "read");
  EXPECT_EQ(steps[2]["done"], 1);
  EXPECT_EQ(steps[2]["total"], 4);
  EXPECT_EQ(steps[2]["bytes"], 1'000'000);
  EXPECT_EQ(steps[2]["total_bytes"], 4'000'000);
  EXPECT_EQ(steps[2]["articles"], 500);
  EXPECT_EQ(steps[2]["articles_per_second"], 250.0);
  EXPECT_EQ(steps[2]["eta_seconds"], 6.0);
  EXPECT_EQ(steps[3]["phase"], "publish");
}

TEST(ProgressTest, RewritesOneTerminalLine) {
  std::ostringstream out;
  const auto progress = NewTerminalProgress(out);
  for (int i = 0; i <= 20; ++i) progress->Update(State(i / 10.0, 2'000'000));
  progress->Finish();
  const std::string text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 0);
  EXPECT_NE(text.find("50%"), std::string::npos);
  EXPECT_NE(text.find("0:02 left"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\x1b[K"));
}

TEST(ProgressTest, TakesSourcesWithoutSize) {
  std::ostringstream out;
  ProgressState state;
  NewTerminalProgress(out)->Update(state);
  state.bytes = 10;  // the file grew
  state.total_bytes = 5;
  NewTerminalProgress(out)->Update(state);
  EXPECT_NE(out.str().find("100%"), std::string::npos);
}

}  // namespace
}  // namespace kbsearch::indexer
