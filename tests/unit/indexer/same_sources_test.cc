// Builds of sources that are the same bytes as before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "engine/live/change_log.h"
#include "indexer/ingest.h"
#include "indexer/reading_note.h"
#include "tests/unit/engine/temporary_library.h"
#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

class NoProgress : public Progress {
 public:
  void Update(const ProgressState&) override {}
  void Finish() override {}
};

class SameSourcesTest : public testing::Test {
 protected:
  SameSourcesTest() {
    fs::create_directories(source_);
    Write("a.jsonl",
          "{\"id\":\"a\",\"language\":\"nl\",\"body\":\"Een artikel.\"}\n"
          "broken\n"
          "{\"id\":\"b\",\"language\":\"nl\",\"body\":\"Nog een artikel.\"}\n");
    Write("c.html", "<html lang=el><h1>Τίτλος</h1><p>Κείμενο σελίδας.</p>");
    Write("logo.png", "");
  }

  void Write(const std::string& name, const std::string& content) {
    std::ofstream(source_ + "/" + name, std::ios::binary) << content;
  }

  IngestResult Build(bool prune = false) {
    engine::GenerationBuilder::Options options;
    options.data_dir = data_.path();
    options.corpus = "kb";
    options.prune = prune;
    auto builder =
        engine::GenerationBuilder::Create(options, engine::TestRegistry());
    EXPECT_TRUE(builder.ok()) << builder.status();
    report_ = *Report::Create("");
    WalkResult walk;
    const absl::Status walked = WalkSources(
        {source_}, std::nullopt,
        [this](ReportItem item) { report_->Add(item); }, &walk);
    EXPECT_TRUE(walked.ok()) << walked;
    const std::atomic<bool> stop{false};
    NoProgress progress;
    const absl::StatusOr<IngestResult> result =
        Ingest(walk, reading_, **builder, *report_, progress, stop);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : IngestResult();
  }

  engine::TemporaryFolder data_;
  engine::TemporaryFolder folder_;
  const std::string source_ = folder_.path() + "/source";
  ReaderOptions reading_ = TestOptions();
  std::unique_ptr<Report> report_;
};

TEST_F(SameSourcesTest, AreNotReadAgainAndTellTheSame) {
  const IngestResult first = Build();
  EXPECT_FALSE(first.same_sources);
  EXPECT_TRUE(first.stats.published);
  EXPECT_EQ(first.stats.articles, 3u);
  const auto groups = report_->GroupsBySeverity();
  const IngestResult second = Build();
  EXPECT_TRUE(second.same_sources);
  EXPECT_FALSE(second.stats.published);
  EXPECT_EQ(second.stats.generation, 1u);
  EXPECT_EQ(second.stats.articles, 3u);
  EXPECT_EQ(second.stats.unchanged, 3u);
  EXPECT_EQ(second.files, first.files);
  EXPECT_EQ(second.bytes, first.bytes);
  EXPECT_EQ(report_->count(Severity::kRejected), 1u);
  const auto again = report_->GroupsBySeverity();
  ASSERT_EQ(again.size(), groups.size());
  for (size_t i = 0; i < groups.size(); ++i) {
    EXPECT_EQ(again[i].reason, groups[i].reason);
    EXPECT_EQ(again[i].count, groups[i].count);
    EXPECT_EQ(again[i].places, groups[i].places);
  }
  EXPECT_TRUE(Build(/*prune=*/true).same_sources);
}

TEST_F(SameSourcesTest, AreReadWhereAByteIsAnother) {
  Build();
  Write("c.html", "<html lang=el><h1>Τίτλος</h1><p>Κείμενο σελίδες.</p>");
  const IngestResult changed = Build();
  EXPECT_FALSE(changed.same_sources);
  EXPECT_EQ(changed.stats.changed, 1u);
  EXPECT_EQ(changed.stats.unchanged, 2u);
  fs::rename(source_ + "/c.html", source_ + "/d.html");
  const IngestResult renamed = Build();
  EXPECT_FALSE(renamed.same_sources);
  EXPECT_EQ(renamed.stats.added, 1u);
  // An article stands beside those of the sources.
  EXPECT_EQ(renamed.stats.vanished.size(), 1u);
  EXPECT_FALSE(Build().same_sources);
  EXPECT_TRUE(Build(/*prune=*/true).stats.published);
  EXPECT_TRUE(Build().same_sources);
}

TEST_F(SameSourcesTest, AreReadWithOtherOptions) {
  Build();
  reading_.default_language = "el";
  EXPECT_FALSE(Build().same_sources);
}

TEST_F(SameSourcesTest, AreReadWhenArticlesCameBesideThem) {
  Build();
  std::vector<engine::Change> changes(1);
  changes[0].article = engine::MakeArticle("late", "nl", "Laat", "Te laat.");
  engine::ChangeLog log(data_.path(), "kb");
  ASSERT_TRUE(log.Append(&changes).ok());
  const IngestResult result = Build();
  EXPECT_FALSE(result.same_sources);
  EXPECT_EQ(result.stats.articles, 4u);
}

TEST(ReadingNoteTest, IsRefusedWhenDamaged) {
  const engine::TemporaryFolder folder;
  EXPECT_TRUE(absl::IsNotFound(ReadReadingNote(folder.path()).status()));
  ReadingNote note;
  note.sources = "digest";
  note.articles = 7;
  note.items.push_back({"bad\xFF", 3, "id", Severity::kRepaired, "r", "d", ""});
  ASSERT_TRUE(WriteReadingNote(folder.path(), note).ok());
  const auto read = ReadReadingNote(folder.path());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->articles, 7u);
  ASSERT_EQ(read->items.size(), 1u);
  EXPECT_EQ(read->items[0].severity, Severity::kRepaired);
  EXPECT_EQ(read->items[0].line, 3u);
  std::ofstream(folder.path() + "/reading.jsonl") << "{\"sources\":\"x\"}\n";
  EXPECT_TRUE(absl::IsDataLoss(ReadReadingNote(folder.path()).status()));
  std::ofstream(folder.path() + "/reading.jsonl") << "no note";
  EXPECT_TRUE(absl::IsDataLoss(ReadReadingNote(folder.path()).status()));
}

}  // namespace
}  // namespace kbsearch::indexer
