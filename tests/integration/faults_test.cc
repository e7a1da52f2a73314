// Programs killed at any moment, disks that are full. `make soak` does the same
// hundreds of times.
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>

#include <atomic>
#include <random>
#include <set>

#include "tests/integration/operations_fixture.h"

namespace kbsearch::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

int Times(int usual, int soak) {
  return getenv("KBSEARCH_SOAK") != nullptr ? soak : usual;
}

class FaultsTest : public OperationsFixture {
 protected:
  std::string Lines(int version) const {
    std::string lines;
    for (int i = 0; i < 200; ++i) {
      const std::string number = std::to_string(i);
      lines += Line("a" + number, i % 2 == 0 ? "el" : "en",
                    i % 2 == 0 ? "Σταθερός τίτλος" : "Steady title",
                    "version " + std::to_string(version) + " text " + number);
    }
    return lines;
  }

  // Nothing but whole generations, and CURRENT names one of them.
  void ExpectComplete() {
    EXPECT_THAT(Indexer({"verify"}), Not(HasSubstr("problem")));
  }
  std::set<std::string> ExportedIds() {
    constexpr std::string_view kBefore = "{\"id\":\"";
    const std::string exported = Indexer({"export"});
    std::set<std::string> ids;
    for (size_t at = exported.find(kBefore); at != std::string::npos;
         at = exported.find(kBefore, at)) {
      at += kBefore.size();
      ids.insert(exported.substr(at, exported.find('"', at) - at));
    }
    return ids;
  }
  size_t FilesIn(const std::string& folder) const {
    std::error_code error;
    size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(
             data_ + "/corpora/helpdesk/" + folder, error)) {
      files += entry.exists() ? 1 : 0;
    }
    return files;
  }
};

TEST_F(FaultsTest, AnIndexerKilledAtAnyMomentLeavesAWholeGeneration) {
  Build(Lines(0));
  std::minstd_rand random(7);
  for (int i = 1; i <= Times(4, 200); ++i) {
    ASSERT_TRUE(WriteFileAtomically(source_, Lines(i)).ok());
    {
      Program build(KBSEARCH_INDEXER_PROGRAM,
                    {"build", "--data", data_, "--corpus", "helpdesk",
                     "--source", source_});
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 1500));
      build.Kill();
    }
    ExpectComplete();
  }
  Build(Lines(-1));
  ExpectComplete();
  EXPECT_LE(FilesIn("generations"), 3u);  // the live one and two before
}

TEST_F(FaultsTest, AServerKilledDuringUpsertsLosesNoneThatItAcknowledged) {
  Build(Lines(0));
  UseTokens();
  std::minstd_rand random(11);
  int acknowledged = 0;
  for (int i = 0; i < Times(3, 100); ++i) {
    Program server(KBSEARCH_SERVER_PROGRAM,
                   {"--data", data_, "--listen", "127.0.0.1:0", "--http", "off",
                    "--tokens", options_.token_file});
    const std::string address = server.WordAfter("protocol=grpc address=");
    ASSERT_NE(address, "");
    ASSERT_TRUE(server.ReadUntil("event=serving"));
    channel_ = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
    search_ = v1::SearchService::NewStub(channel_);
    admin_ = v1::AdminService::NewStub(channel_);
    if (acknowledged > 0) {
      EXPECT_EQ(Ids("ακριβός", "el").size(),
                static_cast<size_t>(std::min(acknowledged, 100)));
      EXPECT_EQ(Corpus().applied_changes(), acknowledged);
    }
    std::atomic<bool> stop{false};
    std::thread writer([&] {
      while (!stop) {
        v1::UpsertArticlesResponse response;
        const grpc::Status status = Upsert(
            {Article("new" + std::to_string(acknowledged), "el", "Ακριβό")},
            &response);
        if (!status.ok()) return;
        ++acknowledged;
      }
    });
    std::this_thread::sleep_for(
        std::chrono::milliseconds(100 + random() % 700));
    server.Kill();
    stop = true;
    writer.join();
    // One that was written, but not acknowledged, may be there.
    const std::set<std::string> exported = ExportedIds();
    int there = 0;
    while (exported.contains("new" + std::to_string(there))) ++there;
    EXPECT_GE(there, acknowledged);
    EXPECT_LE(there, acknowledged + 1);
    acknowledged = there;
  }
  EXPECT_GT(acknowledged, 3);
  // The next build takes them in and leaves nothing of the dead servers.
  Indexer({"compact"});
  ExpectComplete();
  EXPECT_EQ(FilesIn("live"), 0u);
}

TEST_F(FaultsTest, AFullDiskIsNamedAndTheLiveIndexServed) {
  if (::geteuid() != 0 || ::unshare(CLONE_NEWNS) != 0 ||
      ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    GTEST_SKIP() << "needs the right to mount";
  }
  ASSERT_EQ(::mount("tmpfs", data_.c_str(), "tmpfs", 0, "size=80m"), 0);
  Build(Lines(0));
  StartReal();
  EXPECT_EQ(Ids("steady title", "en").size(), 100u);
  // All but the last kilobytes.
  {
    Program(std::string("/bin/sh"),
            {"-c", "cat /dev/zero > " + data_ + "/filler"})
        .Finish(1);
  }
  ASSERT_TRUE(WriteFileAtomically(source_, Lines(1)).ok());
  const std::string said = Indexer({"build", "--source", source_}, 1);
  EXPECT_THAT(said, HasSubstr("MB free, a build may need"));
  v1::UpsertArticlesResponse response;
  v1::Article large = Article("large", "en", "Large");
  large.mutable_blocks(0)->set_text(std::string(1 << 20, 'x'));
  const grpc::Status status = Upsert({large}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(Ids("steady title", "en").size(), 100u);
  std::filesystem::remove(data_ + "/filler");
  EXPECT_TRUE(
      Upsert({Article("small", "en", "Smaller thing")}, &response).ok());
  EXPECT_TRUE(Eventually([&] { return Ids("smaller", "en").size() == 1; }));
  server_.reset();
  ExpectComplete();
  ::umount2(data_.c_str(), MNT_DETACH);
}

TEST_F(FaultsTest, AReadOnlyFolderIsServedAndNotChanged) {
  if (::geteuid() != 0 || ::unshare(CLONE_NEWNS) != 0 ||
      ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    GTEST_SKIP() << "needs the right to mount";
  }
  Build(Lines(0));
  // A change that no generation has: it must be applied all the same.
  ASSERT_TRUE(
      WriteFileAtomically(source_, Line("late", "en", "Latecomer", "Latecomer"))
          .ok());
  Indexer({"upsert", "--source", source_});
  ASSERT_EQ(::mount(data_.c_str(), data_.c_str(), nullptr, MS_BIND, nullptr),
            0);
  ASSERT_EQ(::mount(nullptr, data_.c_str(), nullptr,
                    MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr),
            0);
  options_.data_dir = data_;
  options_.events.location = data_ + "/events.sqlite";
  options_.events.key_file = data_ + "/events.key";
  StartReal();
  EXPECT_EQ(Ids("steady title", "en").size(), 100u);
  EXPECT_EQ(Ids("latecomers", "en").size(), 1u);
  EXPECT_EQ(Corpus().problem(), "");
  v1::UpsertArticlesResponse response;
  const auto expect_refused = [](const grpc::Status& status) {
    EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_THAT(status.error_message(), HasSubstr("served read-only"));
  };
  expect_refused(Upsert({Article("more", "en", "More")}, &response));
  v1::StartReindexRequest start;
  start.set_corpus("helpdesk");
  v1::StartReindexResponse started;
  expect_refused(Call(&v1::AdminService::Stub::StartReindex, start, &started));
  v1::RollbackCorpusRequest back;
  back.set_corpus("helpdesk");
  v1::RollbackCorpusResponse rolled;
  expect_refused(Call(&v1::AdminService::Stub::RollbackCorpus, back, &rolled));
  v1::PutCurationsRequest put;
  put.set_corpus("helpdesk");
  v1::PutCurationsResponse done;
  expect_refused(Call(&v1::AdminService::Stub::PutCurations, put, &done));
  EXPECT_THAT(Indexer({"build", "--source", source_}, 1),
              HasSubstr("Read-only file system"));
  ExpectComplete();
  // A backup writes nothing into it.
  Program(KBSEARCH_INDEXER_PROGRAM,
          {"backup", "--data", data_, "--to", folder_ + "/backup.tar"})
      .Finish(0);
  server_.reset();
  ::umount2(data_.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace kbsearch::testing
