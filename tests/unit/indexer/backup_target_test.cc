// What a backup writes beside its target is nobody else's, and does not stay.
#include "indexer/backup/backup_target.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "base/file.h"
#include "indexer/backup/database_copy.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

constexpr fs::perms kOwnersAlone =
    fs::perms::owner_read | fs::perms::owner_write;

class BackupTargetTest : public testing::TestWithParam<const char*> {
 protected:
  size_t FilesBeside() const {
    return static_cast<size_t>(std::distance(
        fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
  const engine::TemporaryFolder folder_;
  const std::string path_ = folder_.path() + "/" + GetParam();
};

TEST_P(BackupTargetTest, TheScratchFileIsTheOwnersAloneAndGoes) {
  const engine::TemporaryFolder source;
  const std::string database = source.path() + "/events.sqlite";
  sqlite3* opened = nullptr;
  ASSERT_EQ(sqlite3_open(database.c_str(), &opened), SQLITE_OK);
  ASSERT_EQ(
      sqlite3_exec(opened, "CREATE TABLE e(n)", nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(opened);
  auto target = BackupTarget::Create(path_);
  ASSERT_TRUE(target.ok()) << target.status();
  auto scratch = (*target)->MakeScratchFile();
  ASSERT_TRUE(scratch.ok()) << scratch.status();
  EXPECT_EQ(fs::status(*scratch).permissions(), kOwnersAlone);
  ASSERT_TRUE(CopySqliteDatabase(database, *scratch).ok());
  EXPECT_TRUE(CheckDatabase(*scratch).ok());
  EXPECT_EQ(fs::status(*scratch).permissions(), kOwnersAlone);
  // One that is there already, whoever made it, is not written into.
  EXPECT_FALSE((*target)->MakeScratchFile().ok());
  (*target)->RemoveScratchFile();
  EXPECT_FALSE(fs::exists(*scratch));
  scratch = (*target)->MakeScratchFile();
  ASSERT_TRUE(scratch.ok()) << scratch.status();
  target->reset();
  EXPECT_EQ(FilesBeside(), 0u);
}

TEST_P(BackupTargetTest, WhatAKilledBackupLeftGoes) {
  for (const char* const left :
       {".part", ".events.part", ".events.part-journal", ".events.part-wal"}) {
    ASSERT_TRUE(WriteFileAtomically(path_ + left, "left").ok());
  }
  auto target = BackupTarget::Create(path_);
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(FilesBeside(), 1u);  // its own
  target->reset();
  EXPECT_EQ(FilesBeside(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Forms, BackupTargetTest,
                         testing::Values("folder", "a.tar", "a.tar.zst"));

}  // namespace
}  // namespace kbsearch::indexer
