#include "engine/generations/generations.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/file.h"
#include "engine/index/schema.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

TEST(GenerationsTest, CorpusNames) {
  for (const char* good : {"a", "helpdesk", "kb-2", "0_x"}) {
    EXPECT_TRUE(ValidateCorpusName(good).ok()) << good;
  }
  for (const char* bad : {"", "A", "../x", "a/b", "-a", "κ", "a b", "a.b"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ValidateCorpusName(bad))) << bad;
  }
  EXPECT_FALSE(ValidateCorpusName(std::string(65, 'a')).ok());
}

TEST(GenerationsTest, CurrentComesBack) {
  TemporaryFolder data;
  fs::create_directories(CorpusFolder(data.path(), "kb"));
  EXPECT_TRUE(absl::IsNotFound(ReadCurrent(data.path(), "kb").status()));
  ASSERT_TRUE(WriteCurrent(data.path(), "kb", 12).ok());
  EXPECT_EQ(*ReadCurrent(data.path(), "kb"), 12u);
}

TEST(GenerationsTest, DamagedCurrentSaysHowToMendIt) {
  TemporaryFolder data;
  fs::create_directories(CorpusFolder(data.path(), "kb"));
  ASSERT_TRUE(
      WriteFileAtomically(CorpusFolder(data.path(), "kb") + "/CURRENT", "x")
          .ok());
  const absl::Status status = ReadCurrent(data.path(), "kb").status();
  EXPECT_TRUE(absl::IsDataLoss(status));
  EXPECT_NE(status.message().find("CURRENT"), absl::string_view::npos);
}

TEST(GenerationsTest, ManifestComesBack) {
  TemporaryFolder folder;
  Manifest manifest;
  manifest.schema_version = kSchemaVersion;
  manifest.generation = 3;
  manifest.built_at = 42;
  manifest.built_by = "kbsearch test";
  manifest.languages = {{"el", 10, 8, 5}, {"ru", 1, 1, 0}};
  ASSERT_TRUE(WriteManifest(folder.path(), manifest).ok());
  const auto read = ReadManifest(folder.path());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->generation, 3u);
  ASSERT_EQ(read->languages.size(), 2u);
  EXPECT_EQ(read->languages[0].public_articles, 8u);
}

TEST(GenerationsTest, ManifestsThatCannotBeUsedAreNamed) {
  TemporaryFolder folder;
  EXPECT_TRUE(absl::IsDataLoss(ReadManifest(folder.path()).status()));
  const std::string path = folder.path() + "/manifest.json";
  ASSERT_TRUE(WriteFileAtomically(path, "{").ok());
  EXPECT_TRUE(absl::IsDataLoss(ReadManifest(folder.path()).status()));
  ASSERT_TRUE(WriteFileAtomically(path, R"({"schema_version": 999})").ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(ReadManifest(folder.path()).status()));
}

TEST(GenerationsTest, OneBuilderAtATime) {
  TemporaryFolder data;
  fs::create_directories(CorpusFolder(data.path(), "kb"));
  {
    const auto first = BuildLock::Acquire(data.path(), "kb");
    ASSERT_TRUE(first.ok()) << first.status();
    const auto second = BuildLock::Acquire(data.path(), "kb");
    EXPECT_TRUE(absl::IsUnavailable(second.status()));
    EXPECT_NE(second.status().message().find(std::to_string(::getpid())),
              absl::string_view::npos);
  }
  EXPECT_TRUE(BuildLock::Acquire(data.path(), "kb").ok());
}

}  // namespace
}  // namespace kbsearch::engine
