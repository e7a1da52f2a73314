// What is unpacked gets its place as a whole or not at all.
#include "indexer/backup/workplace.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class WorkplaceTest : public testing::Test {
 protected:
  WorkplaceTest() : data_(folder_.path() + "/data") {}

  static void Write(const std::string& path) {
    fs::create_directories(fs::path(path).parent_path());
    ASSERT_TRUE(WriteFileAtomically(path, "x").ok());
  }
  // Files of the data folder, but for the workplace.
  std::vector<std::string> Files() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(data_)) {
      const std::string path = fs::relative(entry.path(), data_).string();
      if (!Workplace::IsName(path)) files.push_back(path);
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  const engine::TemporaryFolder folder_;
  const std::string data_;
};

TEST_F(WorkplaceTest, AllIsRenamedAndNothingIsLeft) {
  {
    Workplace workplace(data_);
    ASSERT_TRUE(workplace.Make().ok());
    Write(workplace.path() + "/events.key");
    Write(workplace.path() + "/corpora/kb/CURRENT");
    ASSERT_TRUE(workplace.Publish({"events.key", "corpora/kb"}).ok());
  }
  EXPECT_THAT(Files(),
              testing::ElementsAre("corpora", "corpora/kb",
                                   "corpora/kb/CURRENT", "events.key"));
}

TEST_F(WorkplaceTest, WhatWasRenamedGoesBackWhenTheRestCannotBe) {
  Workplace workplace(data_);
  ASSERT_TRUE(workplace.Make().ok());
  Write(workplace.path() + "/events.key");
  Write(workplace.path() + "/corpora/kb/CURRENT");
  // One that is missing: an error of the file system.
  absl::Status status =
      workplace.Publish({"events.key", "corpora/kb", "corpora/none"});
  EXPECT_TRUE(absl::IsNotFound(status)) << status;
  EXPECT_THAT(Files(), testing::IsEmpty());
  status = workplace.Publish({"corpora/none", "events.key"});
  EXPECT_TRUE(absl::IsNotFound(status)) << status;
  EXPECT_THAT(Files(), testing::IsEmpty());
  // Something has come in the way.
  Write(data_ + "/corpora/kb/mine");
  status = workplace.Publish({"events.key", "corpora/kb"});
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr(data_ + "/corpora/kb is there"));
  EXPECT_THAT(Files(),
              testing::ElementsAre("corpora", "corpora/kb", "corpora/kb/mine"));
  // And once it is gone, nothing has been lost.
  fs::remove_all(data_ + "/corpora");
  ASSERT_TRUE(workplace.Publish({"events.key", "corpora/kb"}).ok());
  EXPECT_TRUE(fs::exists(data_ + "/corpora/kb/CURRENT"));
}

TEST_F(WorkplaceTest, WhatKilledRestoresLeftGoes) {
  Write(data_ + "/.restore-4711/corpora/kb/CURRENT");  // of an earlier version
  Write(data_ + "/.restore-aBcDeF/lock");
  Workplace workplace(data_);
  ASSERT_TRUE(workplace.Make().ok());
  EXPECT_FALSE(fs::exists(data_ + "/.restore-4711"));
  EXPECT_FALSE(fs::exists(data_ + "/.restore-aBcDeF"));
  EXPECT_TRUE(fs::exists(workplace.path()));
}

TEST_F(WorkplaceTest, TwoRestoresAreNotAtWorkInOneFolder) {
  Workplace first(data_);
  ASSERT_TRUE(first.Make().ok());
  {
    Workplace second(data_);
    const absl::Status status = second.Make();
    EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
    EXPECT_THAT(status.message(), HasSubstr("another restore is at work"));
  }
  EXPECT_TRUE(fs::exists(first.path()));
}

TEST_F(WorkplaceTest, ADataFolderThatWasMadeForItGoesWithIt) {
  {
    Workplace workplace(data_);
    ASSERT_TRUE(workplace.Make().ok());
  }
  EXPECT_FALSE(fs::exists(data_));
}

}  // namespace
}  // namespace kbsearch::indexer
