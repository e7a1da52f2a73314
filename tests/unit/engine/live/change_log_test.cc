#include "engine/live/change_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "engine/generations/generations.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ChangeLogTest : public testing::Test {
 protected:
  ChangeLogTest() { fs::create_directories(CorpusFolder(data_.path(), "kb")); }

  static std::vector<Change> Put(const std::string& id) {
    Change change;
    change.article = MakeArticle(id, "el", "Τίτλος", "Κείμενο του " + id);
    change.article.blocks.push_back({BlockKind::kHeading, 2, "ё", "a#b", 0});
    change.article.entries = {{"Ερώτηση;", "Απάντηση\nδύο", "q1"}};
    return {change};
  }
  static std::vector<Change> Delete(const std::string& id) {
    Change change;
    change.is_delete = true;
    change.article.id = id;
    return {change};
  }
  uint64_t Append(ChangeLog& log, std::vector<Change> changes) {
    const auto number = log.Append(&changes);
    EXPECT_TRUE(number.ok()) << number.status();
    return number.ok() ? *number : 0;
  }
  std::string LogFile() const {
    for (const auto& entry :
         fs::directory_iterator(ChangesFolder(data_.path(), "kb"))) {
      if (entry.path().extension() == ".log") return entry.path();
    }
    return "";
  }

  TemporaryFolder data_;
};

TEST_F(ChangeLogTest, GivesBackWhatWasAppendedInOrder) {
  ChangeLog log(data_.path(), "kb");
  EXPECT_EQ(Append(log, Put("a")), 1u);
  EXPECT_EQ(Append(log, Delete("a")), 2u);
  ChangeReader reader(data_.path(), "kb", 0);
  const auto changes = reader.Next(10);
  ASSERT_TRUE(changes.ok()) << changes.status();
  ASSERT_EQ(changes->size(), 2u);
  const Article& article = (*changes)[0].article;
  EXPECT_EQ(article.title, "Τίτλος");
  EXPECT_EQ(article.blocks[1].anchor, "a#b");
  EXPECT_EQ(article.blocks[1].weight, 0);
  EXPECT_EQ(article.entries[0].answer, "Απάντηση\nδύο");
  EXPECT_TRUE((*changes)[1].is_delete);
  EXPECT_EQ((*changes)[1].number, 2u);
  EXPECT_TRUE(reader.Next(10)->empty());
  // It reads on where it stopped.
  Append(log, Put("b"));
  EXPECT_EQ((*reader.Next(10))[0].article.id, "b");
}

TEST_F(ChangeLogTest, BeginsBehindTheNumberGiven) {
  ChangeLog log(data_.path(), "kb");
  for (const char* id : {"a", "b", "c"}) Append(log, Put(id));
  ChangeReader reader(data_.path(), "kb", 2);
  const auto changes = reader.Next(10);
  ASSERT_EQ(changes->size(), 1u);
  EXPECT_EQ((*changes)[0].article.id, "c");
}

TEST_F(ChangeLogTest, ARecordCutOffByACrashIsNoneAndIsWrittenOver) {
  for (int cut = 1; cut < 60; cut += 7) {
    fs::remove_all(ChangesFolder(data_.path(), "kb"));
    {
      ChangeLog log(data_.path(), "kb");
      Append(log, Put("a"));
      Append(log, Put("b"));
    }
    const std::string file = LogFile();
    fs::resize_file(file, fs::file_size(file) - static_cast<uintmax_t>(cut));
    ChangeReader reader(data_.path(), "kb", 0);
    EXPECT_EQ(reader.Next(10)->size(), 1u);
    ChangeLog log(data_.path(), "kb");
    EXPECT_EQ(Append(log, Put("c")), 2u);
    const auto rest = reader.Next(10);
    ASSERT_TRUE(rest.ok()) << rest.status();
    ASSERT_EQ(rest->size(), 1u);
    EXPECT_EQ((*rest)[0].article.id, "c");
  }
}

TEST_F(ChangeLogTest, ADamagedRecordIsNamed) {
  ChangeLog log(data_.path(), "kb");
  Append(log, Put("a"));
  const auto second = fs::file_size(LogFile());
  Append(log, Put("b"));
  Append(log, Put("c"));
  {
    std::fstream file(LogFile(), std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(second + 20));
    file.put('\x7f');
  }
  ChangeReader reader(data_.path(), "kb", 0);
  EXPECT_EQ(reader.Next(10)->size(), 1u);
  const auto damaged = reader.Next(10);
  EXPECT_TRUE(absl::IsDataLoss(damaged.status()));
  EXPECT_THAT(std::string(damaged.status().message()),
              HasSubstr("damaged record at byte " + std::to_string(second)));
}

// A log that looked empty would be begun anew, over what it holds.
TEST_F(ChangeLogTest, AFolderThatCannotBeListedIsAnError) {
  const std::string folder = ChangesFolder(data_.path(), "kb");
  // A link to itself cannot be opened by anybody.
  fs::create_directory_symlink(folder, folder);
  ChangeLog log(data_.path(), "kb");
  std::vector<Change> changes = Put("a");
  EXPECT_FALSE(log.Append(&changes).ok());
  EXPECT_FALSE(log.LastNumber(0).ok());
  EXPECT_FALSE(ChangeReader(data_.path(), "kb", 0).Next(10).ok());
}

TEST_F(ChangeLogTest, AReaderGoesOnBehindASegmentThatWasTrimmed) {
  ChangeLog log(data_.path(), "kb");
  Append(log, Put("a"));
  ChangeReader reader(data_.path(), "kb", 0);
  ASSERT_EQ(reader.Next(10)->size(), 1u);
  // As if the log had been begun anew behind the first change, and the segment
  // with that were gone.
  fs::rename(LogFile(),
             ChangesFolder(data_.path(), "kb") + "/00000000000000000002.log");
  Append(log, Put("b"));
  const auto changes = reader.Next(10);
  ASSERT_TRUE(changes.ok()) << changes.status();
  ASSERT_EQ(changes->size(), 1u);
  EXPECT_EQ(changes->front().article.id, "b");
}

// A change must not be lost because the one behind it cannot be read yet.
TEST_F(ChangeLogTest, WhatWasReadIsGivenOutBeforeAnErrorIs) {
  ChangeLog log(data_.path(), "kb");
  Append(log, Put("a"));
  const std::string next =
      ChangesFolder(data_.path(), "kb") + "/00000000000000000002.log";
  fs::create_symlink(next, next);
  ChangeReader reader(data_.path(), "kb", 0);
  const auto changes = reader.Next(10);
  ASSERT_TRUE(changes.ok()) << changes.status();
  ASSERT_EQ(changes->size(), 1u);
  EXPECT_FALSE(reader.Next(10).ok());
  EXPECT_FALSE(reader.Next(10).ok());
  fs::remove(next);
  EXPECT_TRUE(reader.Next(10).ok());
}

TEST_F(ChangeLogTest, SeveralWritersGetNumbersOfTheirOwn) {
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&, i] {
      ChangeLog log(data_.path(), "kb");  // as another process would have
      for (int n = 0; n < 25; ++n) Append(log, Put(std::to_string(i)));
    });
  }
  for (std::thread& writer : writers) writer.join();
  ChangeReader reader(data_.path(), "kb", 0);
  const auto changes = reader.Next(1000);
  ASSERT_TRUE(changes.ok()) << changes.status();
  ASSERT_EQ(changes->size(), 100u);
  for (size_t i = 0; i < 100; ++i) EXPECT_EQ((*changes)[i].number, i + 1);
}

TEST_F(ChangeLogTest, TrimmingKeepsWhatIsStillWanted) {
  ChangeLog log(data_.path(), "kb");
  std::vector<Change> large = Put("large");
  large[0].article.blocks[0].text.assign(17 << 20, 'x');
  Append(log, large);
  Append(log, Put("b"));  // begins a second file
  Append(log, Put("c"));
  ASSERT_TRUE(log.Trim(0).ok());
  EXPECT_EQ(ChangeReader(data_.path(), "kb", 0).Next(10)->size(), 3u);
  ASSERT_TRUE(log.Trim(2).ok());
  ChangeReader reader(data_.path(), "kb", 2);
  EXPECT_EQ((*reader.Next(10))[0].article.id, "c");
  EXPECT_EQ(ChangeReader(data_.path(), "kb", 0).Next(10)->size(), 2u);
  // Numbers go on though everything before is gone.
  EXPECT_EQ(Append(log, Put("d")), 4u);
}

}  // namespace
}  // namespace kbsearch::engine
