#include "indexer/summary.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "indexer/list_command.h"

namespace kbsearch::indexer {
namespace {

class SummaryTest : public testing::Test {
 protected:
  SummaryTest() : report_(std::move(*Report::Create(""))) {
    result_.stats.articles = 1200;
    result_.stats.entries = 34;
    result_.stats.generation = 7;
    result_.stats.bytes = 5'000'000;
    result_.stats.languages = {{"el", 700, 650, 20}, {"ru", 500, 500, 14}};
    result_.files = 12;
    result_.bytes = 2'500'000;
    result_.detected = 3;
    result_.seconds = 2;
    for (uint64_t line = 1; line < 6; ++line) {
      report_->Add({"a.jsonl", line, "", Severity::kRejected, "not UTF-8", "",
                    "convert it"});
    }
  }

  IngestResult result_;
  std::unique_ptr<Report> report_;
};

TEST_F(SummaryTest, TellsPeopleWhatWasDone) {
  std::ostringstream out;
  WriteSummary("help", result_, *report_, out);
  const std::string text = out.str();
  for (const char* part :
       {"Corpus help, generation 7", "1200", "34", "el 700", "ru 500",
        "(3 detected)", "12 files, 2.5 MB in 2.0 s: 600 articles/s",
        "rejected: 5 × not UTF-8", "remedy: convert it", "a.jsonl:1",
        "… and 2 more"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST_F(SummaryTest, TellsProgramsTheSame) {
  std::ostringstream out;
  WriteSummaryJson("help", result_, *report_, out);
  const auto line = nlohmann::json::parse(out.str());
  EXPECT_EQ(line["phase"], "done");
  EXPECT_EQ(line["articles"], 1200);
  EXPECT_EQ(line["entries"], 34);
  EXPECT_EQ(line["generation"], 7);
  EXPECT_EQ(line["languages"]["ru"], 500);
  EXPECT_EQ(line["rejected"], 5);
  EXPECT_EQ(line["repaired"], 0);
  EXPECT_EQ(line["megabytes"], 2.5);
  EXPECT_EQ(line["articles_per_second"], 600);
  EXPECT_EQ(line["problems"][0]["reason"], "not UTF-8");
  EXPECT_EQ(line["problems"][0]["count"], 5);
}

TEST_F(SummaryTest, TellsProgramsOfAFailure) {
  std::ostringstream out;
  WriteFailureJson("help", absl::CancelledError("interrupted"), *report_, out);
  const auto line = nlohmann::json::parse(out.str());
  EXPECT_EQ(line["phase"], "failed");
  EXPECT_EQ(line["error"], "interrupted");
  EXPECT_EQ(line["problems"][0]["places"][0], "a.jsonl:1");
}

TEST(ListTest, ListsCorpora) {
  engine::CorpusInfo corpus;
  corpus.name = "help";
  corpus.generation = 2;
  corpus.built_at = 1770105600;
  corpus.bytes = 1'500'000;
  corpus.languages = {{"nl", 10, 8, 4}};
  corpus.applied_changes = 7;
  std::ostringstream text;
  WriteCorpora({corpus}, text);
  EXPECT_NE(text.str().find("help  generation 2  built 2026-02-03T08:00:00Z"),
            std::string::npos);
  EXPECT_NE(text.str().find("7 changes since"), std::string::npos);
  std::ostringstream json;
  WriteCorporaJson({corpus}, json);
  const auto line = nlohmann::json::parse(json.str());
  EXPECT_EQ(line["corpus"], "help");
  EXPECT_EQ(line["languages"]["nl"]["public_articles"], 8);
  EXPECT_EQ(line["changes_since"], 7);
  std::ostringstream none;
  WriteCorpora({}, none);
  EXPECT_EQ(none.str(), "no corpora\n");
}

}  // namespace
}  // namespace kbsearch::indexer
