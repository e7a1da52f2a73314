#include "server/events/event_recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <prometheus/text_serializer.h>

#include <filesystem>
#include <string>

#include "tests/unit/server/events/postgres_server.h"

namespace kbsearch::server::events {
namespace {

using ::kbsearch::testing::PostgresServer;
using ::testing::HasSubstr;

class EventRecorderTest : public ::kbsearch::testing::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (IsSkipped()) return;
    options_.location = location_;
    options_.key_file = folder_ + "/key";
    options_.flush_interval = std::chrono::milliseconds(20);
    registry_ = analyzers::Registry::Load().value();
  }

  void Start() {
    auto recorder = EventRecorder::Start(options_, registry_, metrics_);
    ASSERT_TRUE(recorder.ok()) << recorder.status();
    recorder_ = *std::move(recorder);
  }

  // Stops, which stores what waits, and reads.
  std::vector<SqlRow> Read(const std::string& sql) {
    recorder_.reset();
    auto store = EventStore::Open(location_);
    EXPECT_TRUE(store.ok()) << store.status();
    auto rows = (*store)->database().Run(sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? *rows : std::vector<SqlRow>();
  }

  void Search(const std::string& query, Role role = Role::kPortal) {
    v1::SearchRequest request;
    request.set_corpus("helpdesk");
    request.set_query(query);
    request.set_session_id("session");
    v1::SearchResponse response;
    response.set_search_id("search" + std::to_string(++searches_));
    response.set_total_size(40);
    response.mutable_interpretation()->set_language_code("en");
    for (int i = 0; i < 12; ++i) {
      response.add_hits()->set_article_id("a" + std::to_string(i));
    }
    recorder_->Observe({role, std::chrono::microseconds(1500)}, request,
                       response);
  }

  std::string Metrics() {
    return prometheus::TextSerializer().Serialize(metrics_.Collect());
  }

  EventOptions options_;
  std::shared_ptr<const analyzers::Registry> registry_;
  prometheus::Registry metrics_;
  std::unique_ptr<EventRecorder> recorder_;
  int searches_ = 0;
};

TEST_P(EventRecorderTest, SearchesWithoutTheirText) {
  Start();
  Search("printers of me@example.com");
  const auto rows = Read(
      "SELECT session, language, query, results, cluster, "
      "(SELECT COUNT(*) FROM shown), (SELECT SUM(count) FROM latencies) "
      "FROM searches");
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(AsText(rows[0][0]), "session");
  EXPECT_EQ(AsText(rows[0][1]), "en");
  EXPECT_EQ(AsText(rows[0][2]), "");
  EXPECT_EQ(AsInt(rows[0][3]), 40);
  EXPECT_EQ(AsText(rows[0][4]).size(), 16);
  EXPECT_EQ(AsInt(rows[0][5]), 10);
  EXPECT_EQ(AsInt(rows[0][6]), 1);
}

TEST_P(EventRecorderTest, TextIsStoredMaskedWhenWanted) {
  options_.keep_text = true;
  Start();
  Search(std::string("mail me@example.com\0now", 23));
  EXPECT_EQ(AsText(Read("SELECT query FROM searches").at(0)[0]),
            "mail [email] now");
}

TEST_P(EventRecorderTest, LongTextsAreCutBetweenCharacters) {
  options_.keep_text = true;
  Start();
  std::string query = "x";
  for (int i = 0; i < 5000; ++i) query += "ω";
  Search(query);
  EXPECT_EQ(AsText(Read("SELECT query FROM searches").at(0)[0]).size(), 499);
}

TEST_P(EventRecorderTest, AgentsAreLeftOutUnlessWanted) {
  Start();
  Search("one", Role::kAgent);
  EXPECT_EQ(Read("SELECT 1 FROM searches").size(), 0);
  options_.all_callers = true;
  prometheus::Registry other;
  recorder_ = EventRecorder::Start(options_, registry_, other).value();
  Search("one", Role::kAgent);
  EXPECT_EQ(Read("SELECT 1 FROM searches").size(), 1);
}

TEST_P(EventRecorderTest, SuggestionsAndOutcomes) {
  Start();
  v1::SuggestArticlesRequest suggest;
  suggest.set_corpus("helpdesk");
  suggest.set_body("\n\nMy printer\nis broken");
  suggest.set_language_code("en-GB");
  suggest.set_draft(true);
  v1::SuggestArticlesResponse suggested;
  suggested.set_suggestion_id("g1");
  auto* suggestion = suggested.add_suggestions();
  suggestion->mutable_hit()->set_article_id("printer");
  suggestion->set_confidence(0.75);
  recorder_->Observe(AnsweredCall(), suggest, suggested);
  v1::RecordEventRequest event;
  event.set_corpus("helpdesk");
  event.set_type(v1::RecordEventRequest::TYPE_CLICK);
  event.set_suggestion_id("g1");
  event.set_article_id("printer");
  event.set_position(1);
  recorder_->Observe(AnsweredCall(), event, v1::RecordEventResponse());
  recorder_->Observe(AnsweredCall(), v1::AutocompleteRequest(),
                     v1::AutocompleteResponse());
  const auto rows = Read(
      "SELECT g.language, g.draft, h.confidence, o.type, o.position, "
      "(SELECT COUNT(*) FROM latencies) FROM suggestions g "
      "JOIN shown h ON h.list_id = g.suggestion_id "
      "JOIN outcomes o ON o.suggestion_id = g.suggestion_id");
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(AsText(rows[0][0]), "en");
  EXPECT_EQ(AsInt(rows[0][1]), 1);
  EXPECT_EQ(AsDouble(rows[0][2]), 0.75);
  EXPECT_EQ(AsInt(rows[0][3]), 2);
  EXPECT_EQ(AsInt(rows[0][4]), 1);
  EXPECT_EQ(AsInt(rows[0][5]), 2);
}

TEST_P(EventRecorderTest, AFullQueueLosesTheNewestAndCountsThem) {
  options_.queue_limit = 10;
  options_.flush_interval = std::chrono::minutes(1);
  Start();
  {
    // The writer waits for this lock, the callers do not.
    auto blocker = EventStore::Open(location_).value();
    ASSERT_TRUE(blocker->database().BeginExclusive().ok());
    if (IsPostgres()) {
      ASSERT_TRUE(blocker->database().Run("LOCK TABLE batches").ok());
    }
    for (int i = 0; i < 100; ++i) Search("vpn");
  }
  const auto rows = Read("SELECT search_id FROM searches ORDER BY search_id");
  EXPECT_GE(rows.size(), 5);
  EXPECT_LE(rows.size(), 15);
  EXPECT_EQ(AsText(rows[0][0]), "search1");
  EXPECT_THAT(Metrics(), HasSubstr("kbsearch_events_lost_total 1"));
}

TEST_P(EventRecorderTest, WhatIsOldIsPurged) {
  constexpr TimeMs kDay = 24 * 3600 * 1000;
  TimeMs now = 1000 * kDay;
  {
    auto store = EventStore::Open(location_).value();
    Batch batch;
    batch.batch_id = "old";
    OutcomeEvent outcome;
    outcome.at = now - 11 * kDay;
    batch.outcomes.push_back(outcome);
    outcome.at = now - 9 * kDay;
    batch.outcomes.push_back(outcome);
    ASSERT_TRUE(store->Append(batch).ok());
  }
  options_.retention_days = 10;
  options_.now = [now] { return now; };
  Start();
  auto store = EventStore::Open(location_).value();
  size_t left = 2;
  for (int i = 0; i < 500 && left == 2; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    left = store->database().Run("SELECT at FROM outcomes").value().size();
  }
  EXPECT_EQ(left, 1);
}

TEST_P(EventRecorderTest, ADatabaseThatComesBackLosesNothing) {
  if (!IsPostgres()) GTEST_SKIP() << "a file does not go away";
  Start();
  Search("one");
  PostgresServer::Get()->DropConnections();
  Search("two");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  PostgresServer::Get()->DropConnections();
  Search("three");
  EXPECT_EQ(Read("SELECT 1 FROM searches").size(), 3);
}

TEST(QueryLanguageTest, TheLocaleDecidesWhereTheTextSaysLittle) {
  const auto registry = analyzers::Registry::Load().value();
  const auto language = [&](const char* text, const char* locale,
                            const char* interpreted) {
    return QueryLanguage(registry->identifier(), text, locale, interpreted);
  };
  EXPECT_EQ(language("telefax", "nl", "en"), "nl");
  EXPECT_EQ(language("ξέχασα τον κωδικό μου", "en", "el"), "el");
  EXPECT_EQ(language("how do I reset my password", "nl", "en"), "en");
  EXPECT_EQ(language("vpn", "", "fr"), "fr");
  EXPECT_EQ(language("vpn", "ru", ""), "ru");
  EXPECT_EQ(language("???", "", ""), "");
}

INSTANTIATE_TEST_SUITE_P(Stores, EventRecorderTest,
                         ::testing::ValuesIn(::kbsearch::testing::kStores),
                         ::kbsearch::testing::StoreName);

}  // namespace
}  // namespace kbsearch::server::events
