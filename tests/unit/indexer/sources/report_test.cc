#include "indexer/sources/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

ReportItem Item(uint64_t line, Severity severity, std::string reason) {
  return {"a.jsonl", line,     "id-" + std::to_string(line), severity, reason,
          "why",     "do this"};
}

TEST(ReportTest, GroupsByReason) {
  auto report = Report::Create("");
  ASSERT_TRUE(report.ok());
  (*report)->Add(Item(9, Severity::kNotice, "duplicate"));
  (*report)->Add(Item(1, Severity::kRejected, "no id"));
  for (uint64_t line = 2; line < 7; ++line) {
    (*report)->Add(Item(line, Severity::kRejected, "not UTF-8"));
  }
  (*report)->Add(Item(8, Severity::kRepaired, "not a date"));
  EXPECT_EQ((*report)->count(Severity::kRejected), 6u);
  EXPECT_EQ((*report)->count(Severity::kRepaired), 1u);
  EXPECT_EQ((*report)->count(Severity::kNotice), 1u);
  const auto groups = (*report)->GroupsBySeverity();
  ASSERT_THAT(groups, SizeIs(4));
  EXPECT_EQ(groups[0].reason, "not UTF-8");
  EXPECT_EQ(groups[0].count, 5u);
  EXPECT_THAT(groups[0].places,
              ElementsAre("a.jsonl:2 id-2 (why)", "a.jsonl:3 id-3 (why)",
                          "a.jsonl:4 id-4 (why)"));
  EXPECT_EQ(groups[1].reason, "no id");
  EXPECT_EQ(groups[2].reason, "not a date");
  EXPECT_EQ(groups[3].reason, "duplicate");
}

TEST(ReportTest, WritesEveryItemAsJsonLines) {
  const std::string path = testing::TempDir() + "report_test.jsonl";
  auto report = Report::Create(path);
  ASSERT_TRUE(report.ok());
  (*report)->Add(Item(7, Severity::kRejected, "no id"));
  ReportItem whole_file;
  whole_file.file = "bad\xFFname";
  whole_file.reason = "empty file";
  (*report)->Add(whole_file);
  ASSERT_TRUE((*report)->Close().ok());
  std::ifstream file(path);
  std::string line;
  ASSERT_TRUE(std::getline(file, line));
  const auto item = nlohmann::json::parse(line);
  EXPECT_EQ(item["severity"], "rejected");
  EXPECT_EQ(item["file"], "a.jsonl");
  EXPECT_EQ(item["line"], 7);
  EXPECT_EQ(item["article_id"], "id-7");
  EXPECT_EQ(item["reason"], "no id");
  EXPECT_EQ(item["detail"], "why");
  EXPECT_EQ(item["remedy"], "do this");
  ASSERT_TRUE(std::getline(file, line));
  EXPECT_EQ(nlohmann::json::parse(line)["line"], 0);
  EXPECT_FALSE(std::getline(file, line));
}

TEST(ReportTest, SaysWhereItCannotWrite) {
  const auto report = Report::Create("/nonexistent/folder/report.jsonl");
  ASSERT_FALSE(report.ok());
  EXPECT_NE(std::string(report.status().message()).find("/nonexistent"),
            std::string::npos);
}

}  // namespace
}  // namespace kbsearch::indexer
