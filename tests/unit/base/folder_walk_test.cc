#include "base/folder_walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace kbsearch {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class FolderWalkTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern =
        (fs::temp_directory_path() / "kbsearch-walk-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Put(const std::string& path) {
    const fs::path file = fs::path(folder_) / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << "x";
  }
  std::vector<std::string> Walked() {
    std::vector<std::string> paths;
    status_ = WalkFolder(folder_, [&](const fs::directory_entry& entry) {
      paths.push_back(entry.path().lexically_relative(folder_));
    });
    return paths;
  }

  std::string folder_;
  absl::Status status_;
};

TEST_F(FolderWalkTest, VisitsEverythingBelowAndFollowsNoLinks) {
  Put("a");
  Put("el/public/b");
  fs::create_directories(folder_ + "/empty");
  fs::create_directory_symlink(folder_, folder_ + "/el/round");
  EXPECT_THAT(Walked(), UnorderedElementsAre("a", "el", "el/public", "el/round",
                                             "el/public/b", "empty"));
  EXPECT_TRUE(status_.ok());
  EXPECT_EQ(ListFolder(folder_)->size(), 3u);
}

TEST_F(FolderWalkTest, AFolderThatIsNotThereOrIsNoneIsNamed) {
  const std::string path = folder_ + "/nothing";
  const auto listed = ListFolder(path);
  EXPECT_TRUE(absl::IsNotFound(listed.status()));
  EXPECT_THAT(std::string(listed.status().message()), HasSubstr(path));
  EXPECT_TRUE(
      absl::IsNotFound(WalkFolder(path, [](const fs::directory_entry&) {})));
  Put("file");
  EXPECT_TRUE(
      absl::IsFailedPrecondition(ListFolder(folder_ + "/file").status()));
  fs::create_directory_symlink(folder_ + "/loop", folder_ + "/loop");
  EXPECT_FALSE(ListFolder(folder_ + "/loop").ok());
}

// An old generation is removed while somebody adds its bytes up.
TEST_F(FolderWalkTest, FoldersMayVanishMeanwhile) {
  std::atomic<bool> stop{false};
  std::thread other([&] {
    while (!stop) {
      for (int i = 0; i < 20; ++i) Put("gone" + std::to_string(i) + "/x/y");
      for (int i = 0; i < 20; ++i) {
        fs::remove_all(folder_ + "/gone" + std::to_string(i));
      }
    }
  });
  Put("stays/a");
  for (int i = 0; i < 500; ++i) {
    EXPECT_THAT(Walked(), testing::Contains("stays/a"));
    EXPECT_TRUE(status_.ok()) << status_;
  }
  stop = true;
  other.join();
}

}  // namespace
}  // namespace kbsearch
