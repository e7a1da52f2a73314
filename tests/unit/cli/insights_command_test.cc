// kbsearch insights, against a fake server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cli/program_fixture.h"

namespace kbsearch::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class InsightsCommandTest : public ProgramFixture {
 protected:
  InsightsCommandTest() {
    server_.get_insights = [this](const v1::GetInsightsRequest& request,
                                  v1::GetInsightsResponse* response) {
      request_ = request;
      response->set_searches(1234);
      response->mutable_since()->set_seconds(1767571200);
      auto* query = response->add_no_results();
      query->set_query("=cmd \"факс\", ξέχασα");
      query->set_language_code("el");
      query->set_count(7);
      query->set_problem("no_results");
      auto* deflection = response->add_deflection();
      deflection->set_sessions(8);
      deflection->mutable_stated()->set_count(1);
      deflection->mutable_stated()->set_of(8);
      deflection->mutable_stated()->set_value(0.125);
      deflection->mutable_stated()->set_low(0.0224);
      deflection->mutable_stated()->set_high(0.4709);
      return grpc::Status::OK;
    };
  }

  v1::GetInsightsRequest request_;
};

TEST_F(InsightsCommandTest, TablesForPeople) {
  ASSERT_EQ(Run({"insights", "--corpus", "shop"}), kExitDone) << err();
  EXPECT_THAT(
      out(),
      AllOf(StartsWith("2026-01-05 to "), HasSubstr("1234 searches"),
            HasSubstr("Queries without results (no_results)"),
            HasSubstr("=cmd \"факс\", ξέχασα  el"),
            HasSubstr("1  12.5% (2.2-47.1)"), Not(HasSubstr("content_gaps"))));
}

TEST_F(InsightsCommandTest, CsvForSpreadsheets) {
  ASSERT_EQ(
      Run({"insights", "--corpus", "shop", "--csv", "--list", "no_results"}),
      kExitDone);
  EXPECT_EQ(out(),
            "list,query,language,count,clicks,click_position,problem,"
            "variants,key"
            "\r\nno_results,\"'=cmd \"\"факс\"\", ξέχασα\",el,7,0,,no_results,,"
            "\r\n");
  ASSERT_EQ(Run({"insights", "--corpus", "shop", "--csv"}), kExitDone);
  EXPECT_THAT(out(), AllOf(HasSubstr("stated,stated_share,stated_low"),
                           HasSubstr("deflection,all,8,"),
                           HasSubstr(",1,0.125,0.0224,0.4709,")));
}

TEST_F(InsightsCommandTest, RowsWithoutTextAreToldApartByTheirKey) {
  server_.get_insights = [](const v1::GetInsightsRequest&,
                            v1::GetInsightsResponse* response) {
    for (const char* key : {"0123456789abcdef", "fedcba9876543210"}) {
      response->add_queries()->set_key(key);
      response->add_content_gaps()->set_key(key);
    }
    auto* known = response->add_queries();
    known->set_query("fax");
    known->set_key("aaaaaaaaaaaaaaaa");
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"insights", "--corpus", "shop"}), kExitDone);
  EXPECT_THAT(out(), AllOf(HasSubstr("(text not stored) 0123456789abcdef"),
                           HasSubstr("(text not stored) fedcba9876543210"),
                           HasSubstr("fax"), Not(HasSubstr("aaaaaaaa"))));
  for (const char* list : {"queries", "content_gaps"}) {
    ASSERT_EQ(Run({"insights", "--corpus", "shop", "--csv", "--list", list}),
              kExitDone);
    EXPECT_THAT(out(),
                AllOf(HasSubstr(",key\r\n"), HasSubstr(",0123456789abcdef\r\n"),
                      HasSubstr(",fedcba9876543210\r\n")));
  }
}

TEST_F(InsightsCommandTest, LongCellsAreCut) {
  server_.get_insights = [](const v1::GetInsightsRequest&,
                            v1::GetInsightsResponse* response) {
    std::string query;
    for (int i = 0; i < 200; ++i) query += "ω";
    response->add_queries()->set_query(query);
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"insights", "--corpus", "shop"}), kExitDone);
  EXPECT_THAT(out(), HasSubstr("ω…"));
  ASSERT_EQ(Run({"insights", "--corpus", "shop", "--csv"}), kExitDone);
  EXPECT_THAT(out(), Not(HasSubstr("…")));
}

TEST_F(InsightsCommandTest, WhatIsAskedFor) {
  ASSERT_EQ(Run({"insights", "--corpus", "shop", "--since", "2026-01-01",
                 "--until", "2026-01-31T12:00:00Z", "--language", "el",
                 "--rows", "5", "--json"}),
            kExitDone);
  EXPECT_EQ(request_.since().seconds(), 1767225600);
  EXPECT_EQ(request_.until().seconds(), 1769860800);
  EXPECT_EQ(request_.language_code(), "el");
  EXPECT_EQ(request_.max_rows(), 5);
  EXPECT_THAT(out(), HasSubstr("\"searches\": \"1234\""));
  EXPECT_EQ(Run({"insights", "--corpus", "shop", "--since", "soon"}),
            kExitUsage);
  EXPECT_EQ(Run({"insights", "--corpus", "shop", "--list", "nothing"}),
            kExitUsage);
}

}  // namespace
}  // namespace kbsearch::cli
