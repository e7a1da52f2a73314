#include "server/events/failed_searches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kbsearch::server::events {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

enum class Result { kFound, kNothing, kRescued };

class FailedSearchesTest : public ::testing::Test {
 protected:
  FailedSearchesTest() {
    options_.now = [this] { return now_; };
    options_.max_sessions = 3;
    searches_ = std::make_unique<FailedSearches>(
        options_, analyzers::Registry::Load().value());
    searches_->Subscribe(
        [this](const FailingSession& it) { told_.push_back(it); });
  }

  std::string Search(const std::string& query, Result result,
                     const std::string& session = "s",
                     Role role = Role::kPortal) {
    v1::SearchRequest request;
    request.set_corpus("helpdesk");
    request.set_query(query);
    request.set_session_id(session);
    v1::SearchResponse response;
    response.set_search_id("id" + std::to_string(++number_));
    response.mutable_interpretation()->set_language_code("nl");
    if (result != Result::kNothing) response.add_hits();
    auto* rewrite = response.mutable_interpretation()->add_rewrites();
    rewrite->set_applied(result == Result::kRescued);
    now_ += 1000;
    searches_->Observe({role, {}}, request, response);
    return response.search_id();
  }

  void Event(v1::RecordEventRequest::Type type, const std::string& session,
             const std::string& search_id = "") {
    v1::RecordEventRequest request;
    request.set_corpus("helpdesk");
    request.set_type(type);
    request.set_session_id(session);
    request.set_search_id(search_id);
    searches_->Observe(AnsweredCall(), request, v1::RecordEventResponse());
  }

  TimeMs now_ = 1000000;
  FailedSearches::Options options_;
  std::unique_ptr<FailedSearches> searches_;
  std::vector<FailingSession> told_;
  int number_ = 0;
};

TEST_F(FailedSearchesTest, TwoSearchesWithoutResults) {
  Search("faks kapot", Result::kNothing);
  EXPECT_THAT(told_, IsEmpty());
  Search("printer me@example.com", Result::kNothing);
  ASSERT_THAT(told_, SizeIs(1));
  EXPECT_EQ(told_[0].corpus, "helpdesk");
  EXPECT_EQ(told_[0].session, "s");
  EXPECT_EQ(told_[0].language, "nl");
  EXPECT_THAT(told_[0].queries, ElementsAre("faks kapot", "printer [email]"));
  EXPECT_EQ(told_[0].last_failed_at - told_[0].first_failed_at, 1000);
}

TEST_F(FailedSearchesTest, RescuedAndReformulatedOnesFailToo) {
  Search("pritner offline", Result::kRescued);
  Search("printer offline", Result::kFound);
  EXPECT_THAT(told_, IsEmpty());
  Search("print queue", Result::kFound);
  ASSERT_THAT(told_, SizeIs(1));
  EXPECT_THAT(told_[0].queries,
              ElementsAre("pritner offline", "printer offline"));
}

TEST_F(FailedSearchesTest, EachFurtherFailureIsTold) {
  for (const char* query : {"a1", "b2", "c3", "d4", "e5", "f6", "g7"}) {
    Search(query, Result::kNothing);
  }
  ASSERT_THAT(told_, SizeIs(6));
  EXPECT_THAT(told_.back().queries, ElementsAre("c3", "d4", "e5", "f6", "g7"));
}

TEST_F(FailedSearchesTest, TypingIsOneSearch) {
  for (const char* query : {"v", "vp", "vpn", "vp", "vpnx", "vpnx"}) {
    Search(query, Result::kNothing);
  }
  EXPECT_THAT(told_, IsEmpty());
  Search("fax", Result::kNothing);
  Search("fax 2", Result::kNothing);
  ASSERT_THAT(told_, SizeIs(1));
  EXPECT_THAT(told_[0].queries, ElementsAre("vpnx", "fax"));
}

TEST_F(FailedSearchesTest, AClickEndsTheRow) {
  for (const auto type : {v1::RecordEventRequest::TYPE_CLICK,
                          v1::RecordEventRequest::TYPE_HELPFUL,
                          v1::RecordEventRequest::TYPE_SOLVED,
                          v1::RecordEventRequest::TYPE_TICKET_SUBMITTED}) {
    Search("one", Result::kNothing);
    Event(type, "s");
    Search("two", Result::kNothing);
    // Known by the search alone.
    const std::string id = Search("two", Result::kNothing);
    Event(type, "", id);
    Search("three", Result::kNothing);
    Event(type, "s");
  }
  EXPECT_THAT(told_, IsEmpty());
  Search("one", Result::kNothing);
  Event(v1::RecordEventRequest::TYPE_IMPRESSION, "s");
  Search("two", Result::kNothing);
  EXPECT_THAT(told_, SizeIs(1));
}

TEST_F(FailedSearchesTest, HalfAnHourEndsTheRow) {
  Search("one", Result::kNothing);
  now_ += 31 * 60 * 1000;
  Search("two", Result::kNothing);
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(FailedSearchesTest, SessionsAreApartAndTheOldestIsForgotten) {
  for (const char* session : {"1", "2", "3"}) {
    Search("one", Result::kNothing, session);
  }
  Search("one", Result::kNothing, "4");
  Search("two", Result::kNothing, "1");  // forgotten: its first one again
  EXPECT_THAT(told_, IsEmpty());
  Search("two", Result::kNothing, "4");
  EXPECT_THAT(told_, SizeIs(1));
}

TEST_F(FailedSearchesTest, OnlyCustomersWithASession) {
  for (int i = 0; i < 3; ++i) {
    Search("q" + std::to_string(i), Result::kNothing, "");
    Search("q" + std::to_string(i), Result::kNothing, "s", Role::kAgent);
  }
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(FailedSearchesTest, WhoHasGoneIsToldNoMore) {
  int heard = 0;
  const int id = searches_->Subscribe([&](const FailingSession&) { ++heard; });
  Search("one", Result::kNothing);
  Search("two", Result::kNothing);
  searches_->Unsubscribe(id);
  Search("three", Result::kNothing);
  EXPECT_EQ(heard, 1);
  EXPECT_THAT(told_, SizeIs(2));
}

}  // namespace
}  // namespace kbsearch::server::events
