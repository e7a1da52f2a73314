#include "server/events/event_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "tests/unit/server/events/postgres_server.h"

namespace kbsearch::server::events {
namespace {

using ::kbsearch::testing::PostgresServer;
using ::testing::AllOf;
using ::testing::HasSubstr;

class EventStoreTest : public ::kbsearch::testing::StoreFixture {
 protected:
  std::unique_ptr<EventStore> Open() {
    auto store = EventStore::Open(location_);
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }

  int64_t Count(EventStore& store, const std::string& table) {
    const auto rows = store.database().Run("SELECT COUNT(*) FROM " + table);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? AsInt(rows->front().front()) : -1;
  }

  static void GoBackToVersion1(EventStore& store) {
    for (const char* undo : {"ALTER TABLE searches DROP COLUMN list_key",
                             "ALTER TABLE suggestions DROP COLUMN list_key",
                             "UPDATE schema_version SET version = 1"}) {
      ASSERT_TRUE(store.database().Run(undo).ok()) << undo;
    }
  }

  static Batch OneOfEach(const std::string& id, TimeMs at) {
    Batch batch;
    batch.batch_id = "batch" + id;
    batch.at = at;
    SearchEvent search;
    search.search_id = "search" + id;
    search.corpus = "helpdesk";
    search.at = at;
    search.text = "Привет 'κόσμε' \"$1\" é";
    search.rescued = true;
    search.shown = {{"vpn", "ru", 0}, {"faq#2", "el", 0}};
    batch.searches.push_back(search);
    SuggestionEvent suggestion;
    suggestion.suggestion_id = "suggestion" + id;
    suggestion.corpus = "helpdesk";
    suggestion.at = at;
    suggestion.shown = {{"vpn", "ru", 0.123456789012345}};
    batch.suggestions.push_back(suggestion);
    OutcomeEvent click;
    click.corpus = "helpdesk";
    click.at = at;
    click.type = OutcomeType::kClick;
    batch.outcomes = {click, click};
    batch.latencies = {{"helpdesk", "Search", at / 3600000, 142, 5}};
    return batch;
  }
};

TEST_P(EventStoreTest, KeepsWhatItIsGiven) {
  auto store = Open();
  ASSERT_TRUE(store->Append(OneOfEach("1", 1000)).ok());
  const auto search = store->database().Run(
      "SELECT search_id, at, query, results, rescued FROM searches");
  ASSERT_TRUE(search.ok()) << search.status();
  ASSERT_EQ(search->size(), 1);
  const SqlRow expected = {std::string("search1"), int64_t{1000},
                           std::string("Привет 'κόσμε' \"$1\" é"), int64_t{0},
                           int64_t{1}};
  EXPECT_EQ(search->front(), expected);
  const auto shown = store->database().Run(
      "SELECT article_id, confidence FROM shown ORDER BY list_id, position");
  ASSERT_TRUE(shown.ok()) << shown.status();
  ASSERT_EQ(shown->size(), 3);
  EXPECT_EQ(AsText((*shown)[1][0]), "faq#2");
  EXPECT_EQ(AsDouble((*shown)[2][1]), 0.123456789012345);
}

TEST_P(EventStoreTest, ABatchStoredTwiceCountsOnce) {
  auto store = Open();
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(store->Append(OneOfEach("1", 1000)).ok());
  }
  EXPECT_EQ(Count(*store, "searches"), 1);
  EXPECT_EQ(Count(*store, "outcomes"), 2);
  const auto latency = store->database().Run("SELECT count FROM latencies");
  EXPECT_EQ(AsInt(latency->front().front()), 5);
}

TEST_P(EventStoreTest, AFailedBatchLeavesNothing) {
  auto store = Open();
  Batch batch = OneOfEach("1", 1000);
  ASSERT_TRUE(store->database().Run("DROP TABLE latencies").ok());
  EXPECT_TRUE(absl::IsInternal(store->Append(batch)));
  EXPECT_EQ(Count(*store, "searches"), 0);
  EXPECT_EQ(Count(*store, "batches"), 0);
  // Opening makes the table again; then the batch is stored.
  store = Open();
  ASSERT_TRUE(store->Append(batch).ok());
  EXPECT_EQ(Count(*store, "searches"), 1);
}

TEST_P(EventStoreTest, TimingsOfBatchesAddUp) {
  auto store = Open();
  ASSERT_TRUE(store->Append(OneOfEach("1", 1000)).ok());
  ASSERT_TRUE(store->Append(OneOfEach("2", 1000)).ok());
  const auto latency =
      store->database().Run("SELECT SUM(count), COUNT(*) FROM latencies");
  EXPECT_EQ(AsInt(latency->front()[0]), 10);
  EXPECT_EQ(AsInt(latency->front()[1]), 1);
}

TEST_P(EventStoreTest, ABatchOfThousandsIsStoredWhole) {
  auto store = Open();
  Batch batch = OneOfEach("1", 1000);
  for (int i = 0; i < 4999; ++i) {
    batch.searches.push_back(batch.searches.front());
    batch.searches.back().search_id = "more" + std::to_string(i);
  }
  ASSERT_TRUE(store->Append(batch).ok());
  EXPECT_EQ(Count(*store, "searches"), 5000);
  EXPECT_EQ(Count(*store, "shown"), 10001);
}

TEST_P(EventStoreTest, PurgesWhatIsOld) {
  constexpr TimeMs kDay = 24 * 3600 * 1000;
  auto store = Open();
  ASSERT_TRUE(store->Append(OneOfEach("1", 1 * kDay)).ok());
  ASSERT_TRUE(store->Append(OneOfEach("2", 5 * kDay)).ok());
  const auto purged = store->Purge(5 * kDay, 10 * kDay);
  ASSERT_TRUE(purged.ok()) << purged.status();
  EXPECT_EQ(*purged, 4);  // a search, suggestions, two clicks
  EXPECT_EQ(Count(*store, "searches"), 1);
  EXPECT_EQ(Count(*store, "suggestions"), 1);
  EXPECT_EQ(Count(*store, "outcomes"), 2);
  EXPECT_EQ(Count(*store, "shown"), 3);
  EXPECT_EQ(Count(*store, "latencies"), 1);
  EXPECT_EQ(Count(*store, "batches"), 0);
}

TEST_P(EventStoreTest, SeveralServersShareADatabase) {
  constexpr int kServers = 4;
  constexpr int kBatches = 25;
  std::vector<std::thread> servers;
  for (int i = 0; i < kServers; ++i) {
    servers.emplace_back([this, i] {
      auto store = Open();
      ASSERT_NE(store, nullptr);
      for (int j = 0; j < kBatches; ++j) {
        const auto status = store->Append(
            OneOfEach(std::to_string(i) + "-" + std::to_string(j), 1000));
        EXPECT_TRUE(status.ok()) << status;
      }
    });
  }
  for (std::thread& server : servers) server.join();
  auto store = Open();
  EXPECT_EQ(Count(*store, "searches"), kServers * kBatches);
  const auto latency =
      store->database().Run("SELECT SUM(count) FROM latencies");
  EXPECT_EQ(AsInt(latency->front()[0]), 5 * kServers * kBatches);
}

TEST_P(EventStoreTest, TablesOfANewerVersionAreLeftAlone) {
  Open()->database().Run("UPDATE schema_version SET version = 99").value();
  const auto store = EventStore::Open(location_);
  EXPECT_TRUE(absl::IsFailedPrecondition(store.status()));
  EXPECT_THAT(std::string(store.status().message()), HasSubstr("version 99"));
}

TEST_P(EventStoreTest, TablesOfVersion1AreBroughtUpToDate) {
  {
    auto store = Open();
    ASSERT_TRUE(store->Append(OneOfEach("1", 1000)).ok());
    GoBackToVersion1(*store);
  }
  auto store = Open();
  ASSERT_TRUE(store->Append(OneOfEach("2", 2000)).ok());
  const auto keys =
      store->database().Run("SELECT list_key FROM searches ORDER BY search_id");
  ASSERT_TRUE(keys.ok()) << keys.status();
  ASSERT_EQ(keys->size(), 2);
  EXPECT_EQ(AsText((*keys)[0][0]), "");
  EXPECT_NE(AsText((*keys)[1][0]), "");
  EXPECT_EQ(Count(*store, "suggestions"), 2);
}

TEST_P(EventStoreTest, TwoServersBringVersion1UpToDateAtOnce) {
  {
    auto store = Open();
    ASSERT_TRUE(store->Append(OneOfEach("1", 1000)).ok());
    GoBackToVersion1(*store);
  }
  std::latch both(2);
  std::vector<std::thread> servers;
  for (const char* id : {"2", "3"}) {
    servers.emplace_back([&, id] {
      both.arrive_and_wait();
      auto store = Open();
      ASSERT_NE(store, nullptr);
      const auto status = store->Append(OneOfEach(id, 2000));
      EXPECT_TRUE(status.ok()) << status;
    });
  }
  for (std::thread& server : servers) server.join();
  auto store = Open();
  EXPECT_EQ(Count(*store, "searches"), 3);
  EXPECT_EQ(Count(*store, "schema_version WHERE version = 2"), 1);
}

TEST_P(EventStoreTest, ListsOfTheSameArticlesHaveOneKey) {
  auto store = Open();
  Batch batch = OneOfEach("1", 1000);
  const SearchEvent first = batch.searches.front();
  const auto add = [&](const std::string& id,
                       const std::vector<ShownArticle>& shown) {
    batch.searches.push_back(first);
    batch.searches.back().search_id = id;
    batch.searches.back().shown = shown;
  };
  add("same", first.shown);
  add("turned", {first.shown[1], first.shown[0]});
  add("translated", {{"vpn", "nl", 0}, {"faq#2", "el", 0}});
  add("none", {});
  ASSERT_TRUE(store->Append(batch).ok());
  const auto rows = store->database().Run(
      "SELECT COUNT(DISTINCT list_key), COUNT(*) FROM searches");
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(AsInt(rows->front()[0]), 4);
  EXPECT_EQ(AsInt(rows->front()[1]), 5);
}

TEST_P(EventStoreTest, LongStatementsEndAtTheDeadline) {
  auto store = Open();
  ASSERT_TRUE(store->database()
                  .SetDeadline(std::chrono::steady_clock::now() +
                               std::chrono::milliseconds(50))
                  .ok());
  const auto rows = store->database().Run(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
      "WHERE i < 2000000000) SELECT COUNT(*) FROM n");
  EXPECT_TRUE(absl::IsDeadlineExceeded(rows.status())) << rows.status();
  ASSERT_TRUE(store->database().SetDeadline(SqlDatabase::Deadline::max()).ok());
  EXPECT_EQ(Count(*store, "searches"), 0);
}

TEST_P(EventStoreTest, ManyShortStatementsEndAtOneDeadline) {
  constexpr std::chrono::milliseconds kTime{200};
  auto store = Open();
  SqlDatabase& database = store->database();
  ASSERT_TRUE(database.BeginSnapshot().ok());
  ASSERT_TRUE(database.Run("CREATE TEMPORARY TABLE undone (i BIGINT)").ok());
  const auto deadline = std::chrono::steady_clock::now() + kTime;
  ASSERT_TRUE(database.SetDeadline(deadline).ok());
  absl::Status status;
  while (status.ok() &&
         std::chrono::steady_clock::now() < deadline + 10 * kTime) {
    status = database.Run("SELECT COUNT(*) FROM searches").status();
  }
  EXPECT_TRUE(absl::IsDeadlineExceeded(status)) << status;
  // The transaction ends all the same, and the connection serves on.
  database.Rollback();
  ASSERT_TRUE(database.SetDeadline(SqlDatabase::Deadline::max()).ok());
  EXPECT_FALSE(database.Run("SELECT * FROM undone").ok());
  EXPECT_EQ(Count(*store, "searches"), 0);
}

TEST_P(EventStoreTest, ARunningStatementIsInterrupted) {
  auto store = Open();
  std::atomic<bool> ended = false;
  std::thread reader([&] {
    const auto rows = store->database().Run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
        "WHERE i < 2000000000) SELECT COUNT(*) FROM n");
    EXPECT_TRUE(absl::IsDeadlineExceeded(rows.status())) << rows.status();
    ended = true;
  });
  while (!ended) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    store->database().Interrupt();
  }
  reader.join();
  EXPECT_EQ(Count(*store, "searches"), 0);
}

TEST_P(EventStoreTest, ALostConnectionIsOpenedAgain) {
  if (!IsPostgres()) GTEST_SKIP() << "a file has no connection";
  auto store = Open();
  PostgresServer::Get()->DropConnections();
  EXPECT_TRUE(absl::IsUnavailable(store->Append(OneOfEach("1", 1000))));
  EXPECT_TRUE(store->Append(OneOfEach("1", 1000)).ok());
  EXPECT_EQ(Count(*store, "searches"), 1);
}

INSTANTIATE_TEST_SUITE_P(Stores, EventStoreTest,
                         ::testing::ValuesIn(::kbsearch::testing::kStores),
                         ::kbsearch::testing::StoreName);

TEST(SqliteTest, TheFileIsItsOwnersAlone) {
  const std::string path = ::testing::TempDir() + "/kbsearch-rights.sqlite";
  unlink(path.c_str());
  ASSERT_TRUE(EventStore::Open(path).ok());
  struct stat info;
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600);
  unlink(path.c_str());
}

TEST(SqliteTest, ADamagedFileIsNamedWithTheRemedy) {
  const std::string path = ::testing::TempDir() + "/kbsearch-damaged.sqlite";
  ASSERT_TRUE(WriteFileAtomically(path, std::string(8192, 'x')).ok());
  const auto store = EventStore::Open(path);
  EXPECT_TRUE(absl::IsDataLoss(store.status())) << store.status();
  EXPECT_THAT(std::string(store.status().message()),
              AllOf(HasSubstr(path), HasSubstr("move the file away")));
  unlink(path.c_str());
}

TEST(SqliteTest, AFolderThatIsNotThereIsNamed) {
  const auto store = EventStore::Open("/nowhere/events.sqlite");
  EXPECT_TRUE(absl::IsFailedPrecondition(store.status()));
  EXPECT_THAT(std::string(store.status().message()),
              HasSubstr("/nowhere/events.sqlite"));
}

TEST(PostgresTest, AServerThatIsNotThereIsUnavailable) {
  const auto store = EventStore::Open("postgresql:///x?host=/nowhere");
  EXPECT_TRUE(absl::IsUnavailable(store.status()));
  EXPECT_THAT(std::string(store.status().message()), HasSubstr("--events"));
}

TEST(LatencyBucketTest, IsWithinTwoAndAHalfPercent) {
  for (int64_t microseconds : {20, 137, 1000, 54321, 9000000}) {
    const double back = BucketMilliseconds(LatencyBucket(microseconds)) * 1000;
    EXPECT_NEAR(back / static_cast<double>(microseconds), 1, 0.025);
  }
  EXPECT_EQ(LatencyBucket(0), 0);
  EXPECT_EQ(LatencyBucket(1000), 142);
}

}  // namespace
}  // namespace kbsearch::server::events
