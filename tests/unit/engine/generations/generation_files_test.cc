// Damaged generations: found by verification, and never a crash.
#include "engine/generations/generation_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "engine/generations/generations.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class GenerationFilesTest : public testing::Test {
 protected:
  GenerationFilesTest() {
    Build(data_.path(), {MakeArticle("a", "el", "Κωδικός", "Νέος κωδικός."),
                         MakeArticle("b", "ru", "Пароль", "Новый пароль.")});
    folder_ = GenerationFolder(data_.path(), "kb", 1);
  }
  std::vector<std::string> Problems() const {
    const auto found = VerifyGeneration(folder_);
    EXPECT_TRUE(found.ok()) << found.status();
    return found->problems;
  }
  std::vector<std::string> Files() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file() && entry.file_size() > 0 &&
          entry.path().filename() != "flintlock") {
        files.push_back(entry.path());
      }
    }
    return files;
  }
  // What a server would do with it.
  void OpenAndSearch() const {
    const auto library = Library::Open(data_.path(), TestRegistry());
    if (!library.ok()) {
      EXPECT_NE(library.status().message(), "");
      return;
    }
    SearchQuery query;
    query.corpus = "kb";
    query.text = "κωδικος";
    query.languages = {"el"};
    const auto result = (*library)->NewSearcher()->Search(query);
    EXPECT_TRUE(result.ok() || absl::IsDataLoss(result.status()) ||
                absl::IsFailedPrecondition(result.status()))
        << result.status();
  }

  TemporaryFolder data_;
  std::string folder_;
};

TEST_F(GenerationFilesTest, AWholeGenerationHasNoProblems) {
  const auto found = VerifyGeneration(folder_);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_THAT(found->problems, IsEmpty());
  EXPECT_EQ(found->articles, 2u);
  EXPECT_GT(found->files, 10u);
  EXPECT_TRUE(absl::IsNotFound(VerifyGeneration(folder_ + "9").status()));
}

TEST_F(GenerationFilesTest, AFlippedBitIsFoundInEveryFile) {
  for (const std::string& path : Files()) {
    SCOPED_TRACE(path);
    const std::string whole = *ReadFile(path);
    std::string damaged = whole;
    damaged[damaged.size() / 2] ^= 0x04;
    ASSERT_TRUE(WriteFileAtomically(path, damaged).ok());
    // The manifest has no checksum: a flipped bit in a name may be harmless.
    if (fs::path(path).filename() != "manifest.json") {
      EXPECT_THAT(Problems(), Not(IsEmpty()));
    }
    OpenAndSearch();
    ASSERT_TRUE(WriteFileAtomically(path, whole).ok());
  }
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(GenerationFilesTest, ACutOffFileIsFound) {
  for (const std::string& path : Files()) {
    SCOPED_TRACE(path);
    const std::string whole = *ReadFile(path);
    for (const size_t size : {size_t{0}, whole.size() / 2}) {
      ASSERT_TRUE(WriteFileAtomically(path, whole.substr(0, size)).ok());
      EXPECT_THAT(Problems(), Not(IsEmpty()));
      OpenAndSearch();
    }
    ASSERT_TRUE(WriteFileAtomically(path, whole).ok());
  }
}

TEST_F(GenerationFilesTest, AMissingAndAStrangeFileAreNamed) {
  ASSERT_TRUE(WriteFileAtomically(folder_ + "/el/public/strange", "x").ok());
  EXPECT_THAT(Problems(), Contains(HasSubstr("strange: not a file of this")));
  fs::remove(folder_ + "/el/public/strange");
  fs::remove(folder_ + "/ru/public/forward.bin");
  EXPECT_THAT(Problems(), Contains(HasSubstr("forward.bin: No such file")));
}

TEST_F(GenerationFilesTest, AManifestOfANewerVersionSaysWhatToDo) {
  const std::string path = folder_ + "/manifest.json";
  std::string manifest = *ReadFile(path);
  const size_t at = manifest.find("\"schema_version\": ") + 18;
  manifest.replace(at, manifest.find_first_of(",\n", at) - at, "99");
  ASSERT_TRUE(WriteFileAtomically(path, manifest).ok());
  EXPECT_THAT(Problems(), Contains(HasSubstr("index schema 99")));
  const auto library = Library::Open(data_.path(), TestRegistry());
  EXPECT_TRUE(absl::IsFailedPrecondition(library.status()));
  EXPECT_THAT(std::string(library.status().message()),
              HasSubstr("build the corpus again"));
}

TEST_F(GenerationFilesTest, AManifestWithNamesThatNoFileMayHaveIsRefused) {
  const std::string path = folder_ + "/manifest.json";
  std::string manifest = *ReadFile(path);
  const std::string name = "\"language\": \"el\"";
  ASSERT_NE(manifest.find(name), std::string::npos);
  manifest.replace(manifest.find(name), name.size(),
                   "\"language\": \"" + std::string(5000, 'x') + "\"");
  ASSERT_TRUE(WriteFileAtomically(path, manifest).ok());
  EXPECT_THAT(Problems(), Not(IsEmpty()));
  OpenAndSearch();
}

TEST_F(GenerationFilesTest, AServerGoesOnWhenCurrentIsDeletedOrDamaged) {
  const auto library = Library::Open(data_.path(), TestRegistry());
  ASSERT_TRUE(library.ok());
  const std::string current = CorpusFolder(data_.path(), "kb") + "/CURRENT";
  ASSERT_TRUE(WriteFileAtomically(current, "x\n").ok());
  EXPECT_TRUE(absl::IsDataLoss((*library)->Refresh()));
  EXPECT_TRUE((*library)->GetCorpus("kb").ok());
  EXPECT_THAT((*library)->GetState("kb")->problem, HasSubstr("CURRENT"));
  fs::remove(current);
  EXPECT_TRUE(absl::IsDataLoss((*library)->Refresh()));
  EXPECT_TRUE((*library)->GetCorpus("kb").ok());
  EXPECT_THAT((*library)->GetState("kb")->problem, HasSubstr("is missing"));
  EXPECT_EQ(*RollBack(data_.path(), "kb", 0), 1u);
  EXPECT_TRUE((*library)->Refresh().ok());
  EXPECT_EQ((*library)->GetState("kb")->problem, "");
  // It may be mended by going to a generation by its number.
  Build(data_.path(), {MakeArticle("c", "en", "Printer", "Printer")});
  EXPECT_TRUE((*library)->Refresh().ok());
  EXPECT_EQ((*library)->GetState("kb")->problem, "");
}

TEST_F(GenerationFilesTest, DiskSpace) {
  EXPECT_TRUE(CheckDiskSpace(data_.path(), 0, 0).ok());
  const absl::Status status =
      CheckDiskSpace(data_.path(), 0, uint64_t{1} << 60);
  EXPECT_TRUE(absl::IsResourceExhausted(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("MB free"));
}

TEST_F(GenerationFilesTest, TheLockTellsItsHolder) {
  const auto lock = BuildLock::Acquire(data_.path(), "kb");
  ASSERT_TRUE(lock.ok());
  const auto second = BuildLock::Acquire(data_.path(), "kb");
  EXPECT_TRUE(absl::IsUnavailable(second.status()));
  EXPECT_THAT(
      std::string(second.status().message()),
      HasSubstr("being built by process " + std::to_string(getpid()) + " on "));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(" since "));
}

TEST_F(GenerationFilesTest, OldGenerationsGoTheLiveOneStays) {
  for (int i = 0; i < 4; ++i) {
    Build(data_.path(),
          {MakeArticle("a", "en", "Title", std::to_string(i) + " words")});
  }
  EXPECT_THAT(ListGenerations(data_.path(), "kb"),
              testing::ElementsAre(3, 4, 5));
  EXPECT_EQ(*RollBack(data_.path(), "kb", 3), 3u);
  RemoveOldGenerations(data_.path(), "kb", 0);
  EXPECT_THAT(ListGenerations(data_.path(), "kb"), testing::ElementsAre(3));
  EXPECT_TRUE(absl::IsNotFound(RollBack(data_.path(), "kb", 0).status()));
}

TEST_F(GenerationFilesTest, OneDamagedCorpusDoesNotHinderTheOthers) {
  const std::string other = CorpusFolder(data_.path(), "other");
  fs::copy(CorpusFolder(data_.path(), "kb"), other,
           fs::copy_options::recursive);
  const std::string manifest = other + "/generations/1/manifest.json";
  const auto whole = ReadFile(manifest);
  ASSERT_TRUE(whole.ok());
  ASSERT_TRUE(WriteFileAtomically(manifest, "{").ok());
  const auto library = Library::Open(data_.path(), TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  OpenAndSearch();
  ASSERT_EQ((*library)->ListCorpora().size(), 1u);
  const auto unserved = (*library)->ListUnserved();
  ASSERT_EQ(unserved.size(), 1u);
  EXPECT_EQ(unserved.begin()->first, "other");
  EXPECT_THAT(unserved.begin()->second.message(), HasSubstr(manifest));
  // Not "no such corpus".
  SearchQuery query;
  query.corpus = "other";
  query.text = "κωδικος";
  const auto result = (*library)->NewSearcher()->Search(query);
  EXPECT_TRUE(absl::IsDataLoss(result.status())) << result.status();
  EXPECT_TRUE(absl::IsDataLoss((*library)->Refresh()));
  // Mended, it is served; removed, it is forgotten.
  ASSERT_TRUE(WriteFileAtomically(manifest, *whole).ok());
  EXPECT_TRUE((*library)->Refresh().ok());
  EXPECT_EQ((*library)->ListCorpora().size(), 2u);
  EXPECT_TRUE((*library)->ListUnserved().empty());
  ASSERT_TRUE(WriteFileAtomically(other + "/CURRENT", "9\n").ok());
  EXPECT_FALSE((*library)->Refresh().ok());
  fs::remove_all(other);
  EXPECT_TRUE((*library)->Refresh().ok());
  EXPECT_EQ((*library)->ListCorpora().size(), 1u);
  EXPECT_TRUE(
      absl::IsNotFound((*library)->NewSearcher()->Search(query).status()));
}

}  // namespace
}  // namespace kbsearch::engine
