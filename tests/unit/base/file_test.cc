#include "base/file.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>

namespace kbsearch {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern =
        (fs::temp_directory_path() / "kbsearch-file-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string folder_;
};

TEST_F(FileTest, WritesReplacesAndReads) {
  const std::string path = folder_ + "/CURRENT";
  ASSERT_TRUE(WriteFileAtomically(path, "1\n").ok());
  ASSERT_TRUE(WriteFileAtomically(path, std::string("2\0\n", 3)).ok());
  EXPECT_EQ(*ReadFile(path), std::string("2\0\n", 3));
  // Nothing but the file is left.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(FileTest, MissingFileAndFolderAreNamed) {
  const auto read = ReadFile(folder_ + "/nothing");
  EXPECT_TRUE(absl::IsNotFound(read.status()));
  EXPECT_NE(read.status().message().find("nothing"), absl::string_view::npos);
  EXPECT_TRUE(absl::IsNotFound(WriteFileAtomically(folder_ + "/no/file", "x")));
}

TEST_F(FileTest, FoldersAndPipesAreRefusedAtOnce) {
  EXPECT_TRUE(absl::IsInvalidArgument(ReadFile(folder_).status()));
  const std::string pipe = folder_ + "/pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_TRUE(absl::IsInvalidArgument(ReadFile(pipe).status()));
}

TEST_F(FileTest, LargerThanTheLimitIsRefused) {
  const std::string path = folder_ + "/large";
  std::ofstream(path) << std::string(100'000, 'x');
  EXPECT_TRUE(absl::IsInvalidArgument(ReadFile(path, 99'999).status()));
  EXPECT_EQ(ReadFile(path, 100'000)->size(), 100'000u);
}

TEST(ErrnoToStatusTest, Codes) {
  EXPECT_TRUE(absl::IsNotFound(ErrnoToStatus(ENOENT, "x")));
  EXPECT_TRUE(absl::IsPermissionDenied(ErrnoToStatus(EROFS, "x")));
  EXPECT_TRUE(absl::IsResourceExhausted(ErrnoToStatus(ENOSPC, "x")));
  EXPECT_TRUE(absl::IsInternal(ErrnoToStatus(EIO, "x")));
}

}  // namespace
}  // namespace kbsearch
