// A process that ended, or was killed, has applied changes: the next one goes
// on with them, and shows the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "base/file.h"
#include "engine/generations/generations.h"
#include "engine/live/change_log.h"
#include "engine/live/live_corpus.h"
#include "engine/live/live_folder.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

struct Word {
  const char* language;
  const char* text;
  const char* query;
};
constexpr Word kWords[] = {{"el", "Επιστροφή", "επιστροφές"},
                           {"en", "Return", "returns"},
                           {"fr", "Remboursement", "remboursements"},
                           {"nl", "Terugbetaling", "terugbetalingen"},
                           {"ru", "Возврат", "возвраты"}};

class LiveRestartTest : public testing::Test {
 protected:
  LiveRestartTest()
      : live_(CorpusFolder(data_.path(), "kb") + "/live"),
        saved_(data_.path() + "/saved") {
    std::vector<Article> articles;
    for (const Word& word : kWords) {
      for (const char* id : {"a", "b", "c"}) {
        articles.push_back(MakeArticle(id, word.language, word.text,
                                       std::string(word.text) + " " + id));
      }
    }
    Build(data_.path(), articles);
    Open();
  }

  void Open() {
    library_.reset();
    auto library = Library::Open(data_.path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = *std::move(library);
  }
  // As a process ends.
  void Close() {
    library_->KeepChanges();
    library_.reset();
  }
  // What a process leaves that is killed at this moment.
  void SaveLive() {
    fs::remove_all(saved_);
    fs::copy(live_, saved_, fs::copy_options::recursive);
  }
  void CloseAsKilled() {
    library_.reset();
    fs::remove_all(live_);
    fs::rename(saved_, live_);
  }

  void Put(const std::string& id, const std::string& extra) {
    std::vector<Change> changes;
    for (const Word& word : kWords) {
      changes.emplace_back().article =
          MakeArticle(id, word.language, std::string(word.text) + " " + extra,
                      std::string(word.text) + " " + extra);
    }
    Apply(std::move(changes));
  }
  void Delete(const std::string& id) {
    std::vector<Change> changes(1);
    changes[0].is_delete = true;
    changes[0].article.id = id;
    Apply(std::move(changes));
  }
  void Apply(std::vector<Change> changes) {
    ASSERT_TRUE(library_->AppendChanges("kb", std::move(changes)).ok());
    const absl::Status status = library_->Refresh();
    ASSERT_TRUE(status.ok()) << status;
  }

  // All that is found, and what is counted.
  std::string Shown() const {
    const CorpusInfo info = *library_->GetCorpus("kb");
    std::string shown = std::to_string(info.applied_changes) + " " +
                        std::to_string(info.changed_articles);
    for (const LanguageStats& stats : info.languages) {
      shown += " " + stats.language + std::to_string(stats.articles);
    }
    for (const Word& word : kWords) {
      SearchQuery query;
      query.corpus = "kb";
      query.text = word.query;
      query.languages = {word.language};
      const auto result = library_->NewSearcher()->Search(query);
      EXPECT_TRUE(result.ok()) << result.status();
      shown += "\n" + std::to_string(result->total_size);
      for (const Hit& hit : result->hits) {
        shown +=
            " " + hit.article_id + "/" + hit.title + std::to_string(hit.score);
      }
    }
    return shown;
  }
  // What a process shows that finds the log alone.
  std::string ShownAfresh() {
    library_.reset();
    fs::remove_all(live_);
    Open();
    return Shown();
  }

  // The small generations there are: path and inode.
  std::vector<std::pair<std::string, uint64_t>> SmallGenerations() const {
    std::vector<std::pair<std::string, uint64_t>> found;
    for (const auto& entry : fs::recursive_directory_iterator(live_)) {
      if (entry.path().filename() != "manifest.json") continue;
      struct stat info {};
      EXPECT_EQ(::stat(entry.path().c_str(), &info), 0);
      found.emplace_back(entry.path().string(), info.st_ino);
    }
    return found;
  }

  const TemporaryFolder data_;
  const std::string live_;
  const std::string saved_;
  std::shared_ptr<Library> library_;
};

TEST_F(LiveRestartTest, WhatWasAppliedIsNotAppliedAgain) {
  Put("a", "new");
  Delete("b");
  const std::string shown = Shown();
  const auto files = SmallGenerations();
  ASSERT_EQ(files.size(), 1u);
  Close();
  Open();
  EXPECT_EQ(SmallGenerations(), files);  // the same, not one like it
  EXPECT_EQ(Shown(), shown);
  // It goes on from there.
  Put("d", "more");
  Delete("a");
  const std::string after = Shown();
  EXPECT_NE(after, shown);
  Close();
  Open();
  EXPECT_EQ(Shown(), after);
  EXPECT_EQ(ShownAfresh(), after);
}

TEST_F(LiveRestartTest, AKilledProcessLeavesWhatIsOfUse) {
  Put("a", "new");
  SaveLive();
  const auto files = SmallGenerations();
  CloseAsKilled();
  Open();
  EXPECT_EQ(SmallGenerations().front().first, files.front().first);
  // Changes that came after the last note, some of them already in the copies.
  Delete("b");
  SaveLive();
  Put("c", "newer");
  Delete("a");
  const std::string shown = Shown();
  const std::string base =
      fs::directory_iterator(live_)->path().string() + "/base";
  const std::string saved_base =
      fs::directory_iterator(saved_)->path().string() + "/base";
  fs::remove_all(saved_base);
  fs::copy(base, saved_base, fs::copy_options::recursive);
  CloseAsKilled();
  Open();
  EXPECT_EQ(Shown(), shown);
  EXPECT_EQ(ShownAfresh(), shown);
}

TEST_F(LiveRestartTest, WhatCannotBeUsedIsAppliedAgain) {
  Put("a", "new");
  Delete("b");
  const std::string shown = Shown();
  const auto spoil = [&](const std::function<void(const std::string&)>& how) {
    Close();
    how(fs::directory_iterator(live_)->path().string());
    Open();
    EXPECT_EQ(Shown(), shown);
  };
  spoil([](const std::string& folder) { fs::remove(folder + "/state.json"); });
  spoil([](const std::string& folder) {
    std::ofstream(folder + "/state.json") << "{";
  });
  spoil([](const std::string& folder) {
    const std::string note = *ReadFile(folder + "/state.json");
    // Of a machine that has been started again since.
    const size_t origin = note.find("\"origin\":\"") + 10;
    std::ofstream(folder + "/state.json")
        << note.substr(0, origin) << "0" << note.substr(origin);
  });
  spoil([](const std::string& folder) { fs::remove_all(folder + "/base"); });
  spoil([](const std::string& folder) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().filename().string().starts_with("changes-")) {
        fs::remove(entry.path() / "articles.tsv");
      }
    }
  });
  // Nothing is left of those that were of no use.
  EXPECT_EQ(SmallGenerations().size(), 1u);
}

TEST_F(LiveRestartTest, OfAnotherLogOrGenerationItIsOfNoUse) {
  Put("a", "new");
  Close();
  // The operator moved the log away and sent other changes.
  fs::remove_all(ChangesFolder(data_.path(), "kb"));
  std::vector<Change> changes;
  for (int i = 0; i < 5; ++i) {
    changes.emplace_back().article =
        MakeArticle("other", "en", "Return other", "Return other");
  }
  ASSERT_TRUE(ChangeLog(data_.path(), "kb").Append(&changes).ok());
  Open();
  const std::string shown = Shown();
  EXPECT_EQ(ShownAfresh(), shown);
  Put("a", "again");
  Close();
  Build(data_.path(), {MakeArticle("only", "en", "Return only", "Return")});
  Open();
  EXPECT_EQ(library_->GetCorpus("kb")->applied_changes, 0u);
  EXPECT_FALSE(fs::exists(live_) && !fs::is_empty(live_));
}

// A restored backup, or a generation built where one was removed, may have the
// number of another.
TEST_F(LiveRestartTest, OfAnotherBuildOfTheSameNumberItIsOfNoUse) {
  Put("a", "new");
  const std::string shown = Shown();
  Close();
  const auto files = SmallGenerations();
  const std::string path =
      GenerationFolder(data_.path(), "kb", 1) + "/manifest.json";
  std::string manifest = *ReadFile(path);
  const size_t place = manifest.find(':', manifest.find("\"built_at\"")) + 1;
  manifest.insert(manifest.find_first_of("0123456789", place), "1");
  ASSERT_TRUE(WriteFileAtomically(path, manifest).ok());
  Open();
  EXPECT_EQ(Shown(), shown);
  ASSERT_EQ(SmallGenerations().size(), 1u);
  EXPECT_NE(SmallGenerations(), files);
}

TEST_F(LiveRestartTest, OfSmallGenerationsOnlyTheNamedOneStays) {
  Put("a", "new");
  Close();
  const auto files = SmallGenerations();
  ASSERT_EQ(files.size(), 1u);
  const fs::path folder = fs::path(files[0].first).parent_path().parent_path();
  for (const char* const other : {"changes-0", "changes-2", "changes-77"}) {
    fs::copy(fs::path(files[0].first).parent_path(), folder / other,
             fs::copy_options::recursive);
  }
  Open();
  EXPECT_EQ(SmallGenerations(), files);
}

TEST(LiveFolderTest, TheTemporaryPlaceIsOfOneDataFolder) {
  const TemporaryFolder one;
  const TemporaryFolder two;
  const std::string place = TemporaryLiveRoot(one.path(), "kb");
  ASSERT_FALSE(place.empty());
  EXPECT_NE(place, TemporaryLiveRoot(two.path(), "kb"));
  EXPECT_NE(place, TemporaryLiveRoot(one.path(), "kb2"));
  EXPECT_EQ(place, TemporaryLiveRoot(one.path() + "/", "kb"));
  fs::create_directory_symlink(one.path(), two.path() + "/link");
  EXPECT_EQ(place, TemporaryLiveRoot(two.path() + "/link", "kb"));
}

// A merge takes in the changes that a server is still busy with: from there on
// they need not be applied one batch after another.
TEST_F(LiveRestartTest, ANewGenerationEndsTheApplyingOfManyChanges) {
  LiveCorpus live(data_.path(), "kb", TestRegistry());
  const auto nobody = [](const std::shared_ptr<const Snapshot>&) {};
  ASSERT_TRUE(live.Refresh(nobody).ok());
  std::vector<Change> changes(2500);
  for (size_t i = 0; i < changes.size(); ++i) {
    changes[i].article =
        MakeArticle("many" + std::to_string(i), "en", "Return", "Return");
  }
  ASSERT_TRUE(ChangeLog(data_.path(), "kb").Append(&changes).ok());
  int published = 0;
  const auto merge_at_first = [&](const std::shared_ptr<const Snapshot>&) {
    if (published++ == 0) Build(data_.path(), {});
  };
  ASSERT_TRUE(live.Refresh(merge_at_first).ok());
  EXPECT_EQ(published, 1);
  const auto snapshot = live.Refresh(merge_at_first);
  ASSERT_TRUE(snapshot.ok());
  EXPECT_EQ(published, 2);
  EXPECT_EQ((*snapshot)->info.generation, 2u);
  EXPECT_EQ((*snapshot)->info.changes_through, 2500u);
  EXPECT_EQ((*snapshot)->info.applied_changes, 0u);
}

}  // namespace
}  // namespace kbsearch::engine
