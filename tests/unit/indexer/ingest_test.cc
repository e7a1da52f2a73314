#include "indexer/ingest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "tests/unit/indexer/collecting_sink.h"
#include "tests/unit/indexer/fixture.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;
using testing::SizeIs;

// Takes articles as the engine does, without an index.
class FakeBuilder : public engine::GenerationBuilder {
 public:
  absl::StatusOr<Added> Add(engine::Article article) override {
    if (on_add) on_add();
    if (!failure.ok()) return failure;
    if (article.id == "refused") {
      return absl::InvalidArgumentError("no word in it");
    }
    Added added;
    added.detected = article.language.empty();
    added.language = added.detected ? "en" : article.language;
    added.replaced = !known_.insert({article.id, added.language}).second;
    articles.push_back(std::move(article));
    return added;
  }
  absl::Status BeginSources(const engine::BuildSources& /*sources*/,
                            uint64_t /*bytes*/) override {
    return absl::OkStatus();
  }
  absl::Status TakeChanges() override { return absl::OkStatus(); }
  absl::StatusOr<std::optional<Stats>> Unchanged(uint64_t) override {
    return std::nullopt;
  }
  std::string live_folder() const override { return ""; }
  std::string scratch_folder() const override { return scratch; }
  absl::StatusOr<Stats> Publish() override {
    if (!publish_failure.ok()) return publish_failure;
    published = true;
    Stats stats;
    stats.articles = known_.size();
    stats.generation = 3;
    return stats;
  }

  std::string scratch = testing::TempDir();
  std::vector<engine::Article> articles;
  absl::Status failure;
  absl::Status publish_failure;
  bool published = false;
  std::function<void()> on_add;

 private:
  std::set<std::pair<std::string, std::string>> known_;
};

class CountingProgress : public Progress {
 public:
  void Update(const ProgressState& state) override { last = state; }
  void Finish() override { finished = true; }
  ProgressState last;
  bool finished = false;
};

class IngestTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ =
        fs::path(testing::TempDir()) /
        ("ingest_" +
         std::string(
             testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    report_ = std::move(*Report::Create(""));
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& content) {
    std::ofstream(root_ / name) << content;
  }

  absl::StatusOr<IngestResult> Run() { return Run({root_.string()}); }

  absl::StatusOr<IngestResult> Run(const std::vector<std::string>& sources) {
    WalkResult walk;
    const absl::Status walked = WalkSources(
        sources, std::nullopt, [this](ReportItem item) { report_->Add(item); },
        &walk);
    if (!walked.ok()) return walked;
    return Ingest(walk, TestOptions(), builder_, *report_, progress_, stop_);
  }

  fs::path root_;
  FakeBuilder builder_;
  CountingProgress progress_;
  std::unique_ptr<Report> report_;
  std::atomic<bool> stop_{false};
};

TEST_F(IngestTest, ReadsEveryFixtureOfEveryFormat) {
  const auto result = Run({FixturePath("pages"), FixturePath("text"),
                           FixturePath("jsonl"), FixturePath("markdown")});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_THAT(builder_.articles, SizeIs(10 + 5 + 5 + 5));
  EXPECT_EQ(report_->count(Severity::kRejected), 0u);
  EXPECT_EQ(result->stats.articles, 10u);  // the same two in five languages
  EXPECT_EQ(result->files, 21u);
  EXPECT_EQ(result->stats.generation, 3u);
  EXPECT_EQ(progress_.last.bytes, progress_.last.total_bytes);
  EXPECT_EQ(progress_.last.phase, Phase::kPublish);
  EXPECT_TRUE(progress_.finished);
}

TEST_F(IngestTest, GoesOnAfterBadRecordsAndFiles) {
  Write("a.jsonl",
        "{\"id\":\"a\",\"body\":\"x\"}\nbroken\n"
        "{\"id\":\"refused\",\"body\":\"x\"}\n"
        "{\"id\":\"a\",\"body\":\"later\"}\n");
  Write("b.txt", "");
  Write("c.md", "---\nlanguage: el\n---\n# Τίτλος\n\nκείμενο\n");
  const auto result = Run();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(builder_.published);
  EXPECT_EQ(report_->count(Severity::kRejected), 3u);
  EXPECT_EQ(report_->count(Severity::kNotice), 1u);
  EXPECT_EQ(result->detected, 2u);
  const auto groups = report_->GroupsBySeverity();
  ASSERT_THAT(groups, SizeIs(4));
  // Files are read side by side: the order of the groups is open.
  std::vector<std::string> places;
  for (const auto& group : groups) {
    places.insert(places.end(), group.places.begin(), group.places.end());
  }
  EXPECT_THAT(places, testing::Contains((root_ / "a.jsonl").string() +
                                        ":3 refused (no word in it)"));
  EXPECT_THAT(places,
              testing::Contains((root_ / "a.jsonl").string() + ":4 a (en)"));
}

TEST_F(IngestTest, ReportsFilesThatCannotBeOpened) {
  Write("a.txt", "Title\n\ntext");
  ASSERT_EQ(mkfifo((root_ / "pipe").c_str(), 0600), 0);
  WalkResult walk;
  for (const char* name : {"a.txt", "pipe", "vanished.txt"}) {
    SourceFile file = TestFile(name, Format::kText);
    file.path = (root_ / name).string();
    walk.files.push_back(file);
  }
  const auto result =
      Ingest(walk, TestOptions(), builder_, *report_, progress_, stop_);
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(builder_.articles, SizeIs(1));
  EXPECT_EQ(report_->count(Severity::kRejected), 2u);
}

TEST_F(IngestTest, PublishesNothingWithoutArticles) {
  Write("a.jsonl", "broken\n");
  const auto result = Run();
  EXPECT_TRUE(absl::IsFailedPrecondition(result.status()));
  EXPECT_FALSE(builder_.published);
  EXPECT_TRUE(progress_.finished);
}

TEST_F(IngestTest, StopsWhenInterrupted) {
  std::string lines;
  for (int i = 0; i < 100; ++i) {
    lines += "{\"id\":\"a" + std::to_string(i) + "\",\"body\":\"x\"}\n";
  }
  Write("a.jsonl", lines);
  builder_.on_add = [this] {
    if (builder_.articles.size() == 10) stop_ = true;
  };
  const auto result = Run();
  EXPECT_TRUE(absl::IsCancelled(result.status()));
  EXPECT_LT(builder_.articles.size(), 12u);
  EXPECT_FALSE(builder_.published);
}

TEST_F(IngestTest, EndsWithTheBuildersError) {
  Write("a.jsonl", "{\"id\":\"a\",\"body\":\"x\"}\n");
  builder_.failure = absl::ResourceExhaustedError("disk full");
  EXPECT_TRUE(absl::IsResourceExhausted(Run().status()));
  builder_.failure = absl::OkStatus();
  builder_.publish_failure = absl::InternalError("cannot switch");
  EXPECT_TRUE(absl::IsInternal(Run().status()));
}

}  // namespace
}  // namespace kbsearch::indexer
