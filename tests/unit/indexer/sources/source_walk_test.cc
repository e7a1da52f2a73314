#include "indexer/sources/source_walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class SourceWalkTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ =
        fs::path(testing::TempDir()) /
        ("walk_" +
         std::string(
             testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(root_);
    fs::create_directories(root_ / "src");
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& content = "x") {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << content;
  }

  std::vector<std::string> Walk(std::vector<std::string> sources,
                                std::optional<Format> format = std::nullopt) {
    for (std::string& source : sources) source = (root_ / source).string();
    result_ = {};
    items_.clear();
    status_ = WalkSources(
        sources, format,
        [this](ReportItem item) { items_.push_back(std::move(item)); },
        &result_);
    std::vector<std::string> names;
    for (const SourceFile& file : result_.files) names.push_back(file.name);
    return names;
  }

  fs::path root_;
  WalkResult result_;
  std::vector<ReportItem> items_;
  absl::Status status_;
};

TEST_F(SourceWalkTest, ListsKnownFilesInOrder) {
  for (const char* name :
       {"src/ru/b.md", "src/el/b.html", "src/el/a.HTM", "src/c.jsonl",
        "src/a/d.ndjson", "src/a.txt", "src/e.xhtml", "src/f.markdown",
        "src/logo.png", "src/.hidden.md", "src/.git/x.md"}) {
    Write(name, "four");
  }
  EXPECT_THAT(Walk({"src"}),
              ElementsAre("a/d.ndjson", "a.txt", "c.jsonl", "e.xhtml",
                          "el/a.HTM", "el/b.html", "f.markdown", "ru/b.md"));
  EXPECT_EQ(result_.bytes, 32u);
  EXPECT_EQ(result_.files[0].format, Format::kJsonl);
  EXPECT_EQ(result_.files[0].folder, "src");
  EXPECT_EQ(result_.files[4].format, Format::kHtml);
  EXPECT_THAT(Reasons(items_),
              ElementsAre("notice:0 files ending in .png skipped"));
  EXPECT_TRUE(items_[0].file.ends_with("src")) << items_[0].file;
  EXPECT_EQ(items_[0].detail, "1 file: logo.png");
}

TEST_F(SourceWalkTest, TakesNamedFiles) {
  Write("el/a.md");
  Write("el/dump.export");
  EXPECT_THAT(Walk({"el/a.md"}), ElementsAre("a.md"));
  EXPECT_EQ(result_.files[0].folder, "el");
  EXPECT_THAT(Walk({"el/dump.export"}, Format::kJsonl),
              ElementsAre("dump.export"));
  EXPECT_THAT(Walk({"el/dump.export"}), IsEmpty());
  EXPECT_THAT(Reasons(items_), ElementsAre("rejected:0 unknown format"));
}

TEST_F(SourceWalkTest, TakesOneFormatOfAFolder) {
  Write("src/a.md");
  Write("src/b.html");
  EXPECT_THAT(Walk({"src"}, Format::kHtml), ElementsAre("b.html"));
}

TEST_F(SourceWalkTest, NamesASourceThatIsNotThere) {
  Write("src/a.md");
  EXPECT_THAT(Walk({"src", "missing"}), IsEmpty());
  EXPECT_TRUE(absl::IsNotFound(status_));
  EXPECT_NE(std::string(status_.message()).find("missing"), std::string::npos);
}

TEST_F(SourceWalkTest, FollowsLinksInsideOnly) {
  Write("src/real/a.md");
  Write("outside/secret.md");
  fs::create_symlink("real/a.md", root_ / "src/alias.md");
  fs::create_symlink("../outside/secret.md", root_ / "src/leak.md");
  fs::create_directory_symlink("../outside", root_ / "src/leaks");
  fs::create_directory_symlink(".", root_ / "src/loop");
  fs::create_directory_symlink("..", root_ / "src/real/up");
  fs::create_symlink("nowhere.md", root_ / "src/broken.md");
  fs::create_symlink("self.md", root_ / "src/self.md");
  EXPECT_THAT(Walk({"src"}), ElementsAre("alias.md", "real/a.md"));
  EXPECT_THAT(
      Reasons(items_),
      UnorderedElementsAre("rejected:0 link out of the source folder",
                           "rejected:0 link out of the source folder",
                           "notice:0 link to a folder not followed",
                           "notice:0 link to a folder not followed",
                           "rejected:0 broken link", "rejected:0 broken link"));
}

TEST_F(SourceWalkTest, ReportsSpecialFiles) {
  Write("src/a.md");
  ASSERT_EQ(mkfifo((root_ / "src/pipe.md").c_str(), 0600), 0);
  EXPECT_THAT(Walk({"src"}), ElementsAre("a.md"));
  EXPECT_THAT(Reasons(items_), ElementsAre("rejected:0 not a regular file"));
}

}  // namespace
}  // namespace kbsearch::indexer
