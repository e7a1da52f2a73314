#include "server/events/insights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "server/events/event_store.h"
#include "tests/unit/server/events/postgres_server.h"

namespace kbsearch::server::events {
namespace {

using ::testing::ElementsAre;

// Monday, 5 January 2026, 00:00 UTC.
constexpr TimeMs kMonday = 1767571200000;
constexpr TimeMs kDay = 24 * 3600 * 1000;

class InsightsTest : public ::kbsearch::testing::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    if (IsSkipped()) return;
    auto store = EventStore::Open(location_);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
    batch_.batch_id = "batch";
    window_.corpus = "helpdesk";
    window_.since = kMonday;
    window_.until = kMonday + 14 * kDay;
  }

  SearchEvent& Search(const std::string& id, const std::string& session,
                      const std::string& language, const std::string& query,
                      TimeMs at) {
    SearchEvent event;
    event.search_id = id;
    event.corpus = "helpdesk";
    event.at = kMonday + at;
    event.session = session;
    event.language = language;
    event.cluster = query.substr(0, 3);
    event.text = query;
    event.results = 1;
    event.shown = {{"a", language, 0}};
    batch_.searches.push_back(event);
    return batch_.searches.back();
  }

  SuggestionEvent& Suggest(const std::string& id, const std::string& session,
                           TimeMs at, bool draft = false) {
    SuggestionEvent event;
    event.suggestion_id = id;
    event.corpus = "helpdesk";
    event.at = kMonday + at;
    event.session = session;
    event.language = "el";
    event.cluster = "sub";
    event.text = "subject";
    event.draft = draft;
    event.shown = {{"a", "el", 0.9}, {"b", "el", 0.5}};
    batch_.suggestions.push_back(event);
    return batch_.suggestions.back();
  }

  void Outcome(OutcomeType type, const std::string& session,
               const std::string& search_id, const std::string& suggestion_id,
               TimeMs at, const std::string& article = "", int position = 0) {
    OutcomeEvent event;
    event.corpus = "helpdesk";
    event.at = kMonday + at;
    event.type = type;
    event.session = session;
    event.search_id = search_id;
    event.suggestion_id = suggestion_id;
    event.article_id = article;
    event.position = position;
    batch_.outcomes.push_back(event);
  }

  v1::GetInsightsResponse Read() {
    const auto stored = store_->Append(batch_);
    EXPECT_TRUE(stored.ok()) << stored;
    v1::GetInsightsResponse response;
    const auto status = FillInsights(*Open(), &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  std::unique_ptr<InsightReader> Open() {
    auto reader = InsightReader::Open(store_->database(), window_);
    EXPECT_TRUE(reader.ok()) << reader.status();
    return reader.ok() ? *std::move(reader) : nullptr;
  }

  std::unique_ptr<EventStore> store_;
  Batch batch_;
  InsightWindow window_;
};

// "query language count clicks problem"
std::vector<std::string> Lines(
    const google::protobuf::RepeatedPtrField<v1::GetInsightsResponse::QueryRow>&
        rows) {
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    lines.push_back(row.query() + " " + row.language_code() + " " +
                    std::to_string(row.count()) + " " +
                    std::to_string(row.clicks()) + " " + row.problem());
  }
  return lines;
}

TEST_P(InsightsTest, NothingRecordedIsNothing) {
  const auto insights = Read();
  EXPECT_EQ(insights.searches(), 0);
  ASSERT_EQ(insights.deflection_size(), 1);
  EXPECT_EQ(insights.deflection(0).sessions(), 0);
  EXPECT_EQ(insights.deflection(0).stated().high(), 1);
}

TEST_P(InsightsTest, QueriesAreCountedByTheirWordsAndLanguage) {
  Search("1", "s1", "el", "vpn", 0);
  Search("2", "s2", "el", "vpn!", 1);
  Search("3", "s2", "el", "vpn", 2);
  Search("4", "s3", "ru", "vpn", 3);
  auto& none = Search("5", "s3", "el", "fax", 4);
  none.results = 0;
  none.shown.clear();
  Search("6", "s3", "el", "prniter", 5).rescued = true;
  Outcome(OutcomeType::kClick, "s1", "1", "", 10, "a", 2);
  Outcome(OutcomeType::kClick, "", "2", "", 11, "a", 1);
  // Of another corpus, of another time, of a search that nobody knows.
  Search("7", "s9", "el", "vpn", 6).corpus = "other";
  Search("8", "s9", "el", "vpn", -1);
  Search("9", "s9", "el", "vpn", 14 * kDay);
  Outcome(OutcomeType::kClick, "s1", "unknown", "", 10, "a", 7);
  const auto insights = Read();
  EXPECT_EQ(insights.searches(), 6);
  EXPECT_EQ(insights.sessions(), 3);
  EXPECT_THAT(Lines(insights.queries()),
              ElementsAre("vpn el 3 2 ", "fax el 1 0 no_results",
                          "prniter el 1 0 no_clicks", "vpn ru 1 0 no_clicks"));
  EXPECT_EQ(insights.queries(0).click_position(), 1.5);
  EXPECT_EQ(insights.queries(0).key(), "vpn");  // here, the first letters
  EXPECT_EQ(insights.no_clicks(0).key(), "prn");
  EXPECT_THAT(insights.queries(0).variants(), ElementsAre("vpn!"));
  EXPECT_THAT(Lines(insights.no_results()),
              ElementsAre("fax el 1 0 no_results"));
  EXPECT_THAT(Lines(insights.no_clicks()),
              ElementsAre("prniter el 1 0 no_clicks", "vpn el 1 0 no_clicks",
                          "vpn ru 1 0 no_clicks"));
  EXPECT_THAT(Lines(insights.rescued()), ElementsAre("prniter el 1 0 rescued"));
}

TEST_P(InsightsTest, OneLanguageOnly) {
  Search("1", "s1", "el", "vpn", 0);
  Search("2", "s2", "ru", "vpn", 1);
  Outcome(OutcomeType::kTicketSubmitted, "s1", "1", "", 5);
  Outcome(OutcomeType::kTicketSubmitted, "s2", "2", "", 5);
  window_.language = "ru";
  const auto insights = Read();
  EXPECT_EQ(insights.searches(), 1);
  EXPECT_EQ(insights.sessions(), 1);
  EXPECT_EQ(insights.tickets(), 1);
  EXPECT_THAT(Lines(insights.queries()), ElementsAre("vpn ru 1 0 no_clicks"));
}

TEST_P(InsightsTest, TheRowsAskedForAndNoMore) {
  for (int i = 0; i < 9; ++i) {
    const std::string id = std::to_string(i);
    Search(id, "s" + id, "el", id + id + id, i);
  }
  window_.max_rows = 4;
  EXPECT_EQ(Read().queries_size(), 4);
}

TEST_P(InsightsTest, WhatBecomesOfSuggestions) {
  Suggest("g1", "clicked", 0);
  Outcome(OutcomeType::kClick, "", "", "g1", 10, "a", 1);
  Suggest("g2", "solved", 0);
  Outcome(OutcomeType::kSolved, "solved", "", "g2", 10, "b");
  Suggest("g3", "both", 0);
  Outcome(OutcomeType::kClick, "both", "", "g3", 10, "a", 1);
  Outcome(OutcomeType::kSolved, "both", "", "g3", 11);
  Suggest("g4", "submitted", 0);
  Outcome(OutcomeType::kClick, "submitted", "", "g4", 10, "a", 1);
  Outcome(OutcomeType::kSolved, "submitted", "", "g4", 11);
  Outcome(OutcomeType::kTicketSubmitted, "submitted", "", "g4", 20);
  Suggest("g5", "ignored", 0);
  Suggest("g6", "abstained", 0).shown.clear();
  Suggest("g7", "", 0);
  Outcome(OutcomeType::kTicketSubmitted, "", "", "g7", 20);
  Search("1", "searched", "el", "vpn", 0);
  const auto insights = Read();
  const auto& all = insights.deflection(0);
  EXPECT_EQ(all.sessions(), 6);
  EXPECT_EQ(all.implicit().count(), 2);
  EXPECT_EQ(all.implicit().of(), 6);
  EXPECT_EQ(all.stated().count(), 2);
  EXPECT_EQ(all.submitted().count(), 2);
  EXPECT_LT(all.submitted().low(), 2.0 / 6);
  EXPECT_GT(all.submitted().high(), 2.0 / 6);
  EXPECT_EQ(insights.tickets(), 2);
  EXPECT_EQ(all.sessions_per_ticket(), 0.5);
  ASSERT_EQ(insights.deflection_size(), 2);
  EXPECT_EQ(insights.deflection(1).language_code(), "el");
  EXPECT_EQ(insights.deflection(1).sessions(), 6);
  EXPECT_THAT(Lines(insights.suggested_but_submitted()),
              ElementsAre("subject el 2 1 submitted"));
  ASSERT_EQ(insights.article_deflection_size(), 2);
  EXPECT_EQ(insights.article_deflection(0).article_id(), "a");
  EXPECT_EQ(insights.article_deflection(0).suggested(), 6);
  EXPECT_EQ(insights.article_deflection(0).solved().count(), 2);
  EXPECT_EQ(insights.article_deflection(1).solved().count(), 1);
}

TEST_P(InsightsTest, ADraftIsReplacedUnlessATicketCameBetween) {
  Suggest("g1", "s", 0, true);
  Suggest("g2", "s", 1, true);
  Suggest("g3", "s", 2, true);
  Outcome(OutcomeType::kTicketSubmitted, "s", "", "g3", 3);
  Suggest("g4", "s", 4, true);
  Suggest("g5", "s", 5);
  Suggest("g6", "other", 6, true);
  const auto insights = Read();
  EXPECT_EQ(insights.deflection(0).sessions(), 2);
  const auto counts = ReadArticleCounts(*Open());
  ASSERT_TRUE(counts.ok()) << counts.status();
  ASSERT_EQ(counts->size(), 2);
  // Shown by g3, g5 and g6.
  EXPECT_EQ(counts->front().impressions, 3);
}

TEST_P(InsightsTest, WeeksBeginOnMonday) {
  Search("1", "s1", "el", "vpn", 0);
  Search("2", "s2", "el", "vpn", 7 * kDay - 1).results = 0;
  Search("3", "s3", "el", "vpn", 7 * kDay);
  Suggest("g1", "s3", 7 * kDay);
  const auto insights = Read();
  ASSERT_EQ(insights.weeks_size(), 2);
  EXPECT_EQ(insights.weeks(0).begins().seconds() * 1000, kMonday);
  EXPECT_EQ(insights.weeks(0).searches(), 2);
  EXPECT_EQ(insights.weeks(0).no_results(), 1);
  EXPECT_EQ(insights.weeks(0).deflection().sessions(), 0);
  EXPECT_EQ(insights.weeks(1).begins().seconds() * 1000, kMonday + 7 * kDay);
  EXPECT_EQ(insights.weeks(1).deflection().sessions(), 1);
}

TEST_P(InsightsTest, ArticlesByListAndLanguage) {
  Search("1", "s1", "el", "vpn", 0);
  Search("2", "s2", "el", "vpn", 0);
  Search("3", "s3", "nl", "vpn", 0);
  Outcome(OutcomeType::kClick, "s1", "1", "", 1, "a", 1);
  Outcome(OutcomeType::kHelpful, "s1", "1", "", 1, "a");
  Outcome(OutcomeType::kNotHelpful, "s2", "2", "", 1, "a");
  // Shown already, and beyond the hits recorded.
  Outcome(OutcomeType::kImpression, "s2", "2", "", 1, "a");
  Outcome(OutcomeType::kImpression, "s2", "2", "", 1, "z");
  ASSERT_TRUE(store_->Append(batch_).ok());
  const auto counts = ReadArticleCounts(*Open());
  ASSERT_TRUE(counts.ok()) << counts.status();
  ASSERT_EQ(counts->size(), 3);
  EXPECT_EQ(counts->front().language, "el");
  EXPECT_EQ(counts->front().impressions, 2);
  EXPECT_EQ(counts->front().clicks, 1);
  EXPECT_EQ(counts->front().helpful, 1);
  EXPECT_EQ(counts->front().not_helpful, 1);
}

TEST_P(InsightsTest, UnansweredQueriesAndWhatTheyLedTo) {
  auto& none = Search("1", "s1", "nl", "fax", 0);
  none.results = 0;
  none.shown.clear();
  Search("2", "s2", "nl", "tunnel", 0).shown = {{"vpn", "en", 0},
                                                {"net", "en", 0}};
  Outcome(OutcomeType::kClick, "s2", "2", "", 1, "net", 2);
  Search("3", "s3", "nl", "answered", 0);
  Search("4", "s4", "nl", "mended", 0).rescued = true;
  // Once found in the language and clicked, it is answered.
  Search("5", "s5", "nl", "ok", 0).rescued = true;
  Outcome(OutcomeType::kClick, "s5", "5", "", 1, "a", 1);
  ASSERT_TRUE(store_->Append(batch_).ok());
  const auto queries = ReadUnansweredQueries(*Open());
  ASSERT_TRUE(queries.ok()) << queries.status();
  std::map<std::string, std::vector<std::string>> leads;
  for (const UnansweredQuery& query : *queries) {
    for (const auto& lead : query.leads) {
      leads[query.query].push_back(lead.language + ":" + lead.article_id);
    }
    leads[query.query];
  }
  EXPECT_THAT(
      leads,
      ElementsAre(::testing::Pair("fax", ElementsAre()),
                  ::testing::Pair("mended", ElementsAre()),
                  ::testing::Pair("tunnel", ElementsAre("en:net", "en:vpn"))));
}

TEST_P(InsightsTest, PairsOfTheFirstFive) {
  for (const char* id : {"1", "2"}) {
    Search(id, id, "el", "vpn", 0).shown = {
        {"b", "el", 0}, {"a", "el", 0}, {"c", "nl", 0}};
  }
  ASSERT_TRUE(store_->Append(batch_).ok());
  const auto pairs = ReadArticlePairs(*Open(), 10);
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  ASSERT_EQ(pairs->size(), 1);
  EXPECT_EQ(pairs->front().article_id, "a");
  EXPECT_EQ(pairs->front().other_article_id, "b");
  EXPECT_EQ(pairs->front().count, 2);
}

TEST_P(InsightsTest, LatencyOfEachCall) {
  const int64_t hour = kMonday / 3600000;
  batch_.latencies = {
      {"helpdesk", "Search", hour, LatencyBucket(1000), 90},
      {"helpdesk", "Search", hour + 1, LatencyBucket(8000), 9},
      {"helpdesk", "Search", hour, LatencyBucket(90000), 1},
      {"helpdesk", "Autocomplete", hour, LatencyBucket(500), 7},
      {"helpdesk", "Search", hour - 1, LatencyBucket(900000), 1000},
      {"other", "Search", hour, LatencyBucket(900000), 1000},
  };
  const auto insights = Read();
  ASSERT_EQ(insights.latency_size(), 2);
  EXPECT_EQ(insights.latency(0).call(), "Autocomplete");
  EXPECT_EQ(insights.latency(0).count(), 7);
  EXPECT_EQ(insights.latency(1).count(), 100);
  EXPECT_NEAR(insights.latency(1).p50_ms(), 1, 0.025);
  EXPECT_NEAR(insights.latency(1).p95_ms(), 8, 0.2);
  EXPECT_NEAR(insights.latency(1).p99_ms(), 8, 0.2);
}

INSTANTIATE_TEST_SUITE_P(Stores, InsightsTest,
                         ::testing::ValuesIn(::kbsearch::testing::kStores),
                         ::kbsearch::testing::StoreName);

}  // namespace
}  // namespace kbsearch::server::events
