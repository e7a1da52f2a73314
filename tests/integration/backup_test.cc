// A data folder that is served, changed and rebuilt is backed up, restored, and
// served again.
#include <gmock/gmock.h>

#include <atomic>

#include "tests/integration/operations_fixture.h"

namespace kbsearch::testing {
namespace {

using server::Role;
using ::testing::HasSubstr;

class BackupTest : public OperationsFixture {
 protected:
  std::string Lines() const {
    std::string lines;
    for (int i = 0; i < 100; ++i) {
      lines += Line("a" + std::to_string(i), i % 2 == 0 ? "el" : "en",
                    i % 2 == 0 ? "Σταθερός τίτλος" : "Steady title",
                    "text " + std::to_string(i));
    }
    return lines;
  }
  std::string Backup(const std::string& name) const {
    const std::string path = folder_ + "/" + name;
    return Program(KBSEARCH_INDEXER_PROGRAM,
                   {"backup", "--data", data_, "--to", path})
        .Finish(0);
  }
  std::string Restore(const std::string& name, const std::string& to,
                      int status = 0) const {
    return Program(KBSEARCH_INDEXER_PROGRAM,
                   {"restore", "--from", folder_ + "/" + name, "--data", to})
        .Finish(status);
  }
  void Verify(const std::string& data) const {
    Program(KBSEARCH_INDEXER_PROGRAM,
            {"verify", "--data", data, "--corpus", "helpdesk"})
        .Finish(0);
  }
};

TEST_F(BackupTest, WhatWasAcknowledgedBeforeItBeganIsInIt) {
  Build(Lines());
  StartReal();
  std::atomic<bool> stop{false};
  std::atomic<int> acknowledged{0};
  std::thread writer([&] {
    while (!stop) {
      v1::UpsertArticlesResponse response;
      const std::string number = std::to_string(acknowledged.load());
      ASSERT_TRUE(
          Upsert({Article("new" + number, "el", "Ακριβό " + number)}, &response)
              .ok());
      ++acknowledged;
    }
  });
  EXPECT_TRUE(Eventually([&] { return acknowledged > 5; }));
  std::vector<int> begun;
  const v1::Reindex rebuild = Start();
  for (const char* const name : {"one.tar.zst", "two", "three.tar"}) {
    begun.push_back(acknowledged);
    EXPECT_THAT(Backup(name), HasSubstr("corpus helpdesk, generation"));
  }
  stop = true;
  writer.join();
  EXPECT_EQ(End(rebuild).state(), v1::Reindex::STATE_SUCCEEDED);
  server_.reset();
  int number = 0;
  for (const char* const name : {"one.tar.zst", "two", "three.tar"}) {
    SCOPED_TRACE(name);
    const std::string to = folder_ + "/restored-" + name;
    Restore(name, to);
    Verify(to);
    const std::string exported =
        Program(KBSEARCH_INDEXER_PROGRAM,
                {"export", "--data", to, "--corpus", "helpdesk"})
            .Finish(0);
    const int least = begun[static_cast<size_t>(number++)];
    for (int i = 0; i < least; ++i) {
      EXPECT_THAT(exported, HasSubstr("\"new" + std::to_string(i) + "\""));
    }
    EXPECT_THAT(exported, HasSubstr("\"a99\""));
  }
}

TEST_F(BackupTest, TheRestoredFolderAnswersTheSame) {
  Build(Lines());
  StartReal();
  v1::UpsertArticlesResponse response;
  ASSERT_TRUE(Upsert({Article("a0", "el", "Άλλος τίτλος")}, &response).ok());
  EXPECT_TRUE(Eventually([&] { return Corpus().applied_changes() == 1; }));
  const std::vector<std::string> steady = Ids("σταθερός", "el");
  const std::vector<std::string> other = Ids("άλλος τίτλος", "el");
  EXPECT_EQ(steady.size(), 49u);
  Backup("all.tar.gz");
  server_.reset();
  // Refused where something is, then put where nothing is.
  EXPECT_THAT(Restore("all.tar.gz", data_, 1), HasSubstr("is not empty"));
  std::filesystem::remove_all(data_);
  EXPECT_THAT(Restore("all.tar.gz", data_), HasSubstr("restored into"));
  StartReal();
  EXPECT_EQ(Corpus().generation(), 1);
  EXPECT_EQ(Ids("σταθερός", "el"), steady);
  EXPECT_EQ(Ids("άλλος τίτλος", "el"), other);
  ASSERT_TRUE(Upsert({Article("more", "el", "Ακριβό")}, &response).ok());
  EXPECT_TRUE(Eventually([&] { return Ids("ακριβός", "el").size() == 1; }));
}

}  // namespace
}  // namespace kbsearch::testing
