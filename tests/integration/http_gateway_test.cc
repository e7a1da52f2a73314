// The HTTP port: Connect calls, pages, and what machines watch.
#include <gmock/gmock.h>

#include <chrono>
#include <future>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/http_client.h"
#include "tests/integration/server_fixture.h"

namespace kbsearch::testing {
namespace {

using nlohmann::json;
using server::Role;
using ::testing::_;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Invoke;
using ::testing::Return;

constexpr char kSearch[] = "/kbsearch.v1.SearchService/Search";
constexpr char kJsonType[] = "content-type: application/json";

class HttpGatewayTest : public ServerFixture {
 protected:
  HttpAnswer Send(HttpCall call) {
    call.url =
        "http://127.0.0.1:" + std::to_string(server_->http_port()) + call.url;
    return Fetch(call);
  }
  HttpAnswer Get(const std::string& path) {
    return Send({"GET", path, {}, ""});
  }
  HttpAnswer Post(const std::string& path, const std::string& body,
                  std::vector<std::string> headers = {}) {
    headers.push_back(kJsonType);
    return Send({"POST", path, headers, body});
  }
};

TEST_F(HttpGatewayTest, SearchInJson) {
  Start();
  engine::SearchResult result;
  result.hits.resize(1);
  result.hits[0].article_id = "reset";
  result.hits[0].title = "Забыли пароль?";
  result.hits[0].snippet = {{"Нажмите ", false}, {"пароль", true}};
  result.total_size = 1;
  EXPECT_CALL(library_->searcher(),
              Search(Field(&engine::SearchQuery::text, "ΚΩΔΙΚΟΣ")))
      .WillOnce(Return(result));
  const HttpAnswer answer =
      Post(kSearch, R"({"corpus":"helpdesk","query":"ΚΩΔΙΚΟΣ"})",
           {"x-request-id: from-the-page", "connect-protocol-version: 1"});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.headers.at("content-type"), "application/json");
  EXPECT_EQ(answer.headers.at("x-request-id"), "from-the-page");
  EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
  EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff");
  const json body = json::parse(answer.body);
  EXPECT_EQ(body["hits"][0]["articleId"], "reset");
  EXPECT_EQ(body["hits"][0]["title"], "Забыли пароль?");
  EXPECT_EQ(body["hits"][0]["snippet"][1]["highlighted"], true);
  EXPECT_EQ(body["totalSize"], "1");
}

TEST_F(HttpGatewayTest, SearchInBinary) {
  Start();
  engine::SearchResult result;
  result.hits.resize(2);
  EXPECT_CALL(library_->searcher(), Search(_)).WillOnce(Return(result));
  const HttpAnswer answer = Send({"POST",
                                  kSearch,
                                  {"content-type: application/proto"},
                                  SearchRequest("vpn").SerializeAsString()});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.headers.at("content-type"), "application/proto");
  v1::SearchResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.body));
  EXPECT_EQ(response.hits_size(), 2);
}

TEST_F(HttpGatewayTest, ErrorsAreConnectErrors) {
  Start();
  ON_CALL(library_->searcher(), Search(_))
      .WillByDefault(Return(absl::NotFoundError("no corpus \"x\"")));
  const std::string good = R"({"corpus":"x","query":"a"})";
  const struct {
    const char* what;
    std::string path;
    std::string body;
    std::vector<std::string> headers;
    int status;
    const char* code;
  } kCases[] = {
      {"engine", kSearch, good, {}, 404, "not_found"},
      {"validation", kSearch, "{}", {}, 400, "invalid_argument"},
      {"syntax", kSearch, "{", {}, 400, "invalid_argument"},
      {"UTF-8", kSearch, "{\"query\":\"\xff\"}", {}, 400, "invalid_argument"},
      {"timeout",
       kSearch,
       good,
       {"connect-timeout-ms: x"},
       400,
       "invalid_argument"},
      {"version",
       kSearch,
       good,
       {"connect-protocol-version: 2"},
       400,
       "invalid_argument"},
      {"compression",
       kSearch,
       good,
       {"content-encoding: br"},
       501,
       "unimplemented"},
      {"bad event",
       "/kbsearch.v1.SearchService/RecordEvent",
       "{}",
       {},
       400,
       "invalid_argument"},
      {"streaming",
       "/kbsearch.v1.AdminService/WatchReindex",
       "{}",
       {},
       501,
       "unimplemented"},
      {"no such method",
       "/kbsearch.v1.SearchService/Nothing",
       "{}",
       {},
       404,
       "unimplemented"},
      {"admin",
       "/kbsearch.v1.AdminService/ListCorpora",
       "{}",
       {},
       403,
       "permission_denied"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    const HttpAnswer answer = Post(c.path, c.body, c.headers);
    EXPECT_EQ(answer.status, c.status) << answer.body;
    EXPECT_EQ(answer.headers.at("content-type"), "application/json");
    const json body = json::parse(answer.body, nullptr, false);
    ASSERT_TRUE(body.is_object()) << answer.body;
    EXPECT_EQ(body["code"], c.code);
  }
}

TEST_F(HttpGatewayTest, ViolationsReachTheBrowser) {
  Start();
  const json body = json::parse(Post(kSearch, "{\"pageSize\":-1}").body);
  const json& violations = body["details"][0]["debug"]["fieldViolations"];
  ASSERT_EQ(violations.size(), 3u);
  EXPECT_EQ(violations[2]["field"], "page_size");
}

TEST_F(HttpGatewayTest, OtherMethodsAndTypesAreRefused) {
  Start();
  EXPECT_EQ(Get(kSearch).status, 405);
  EXPECT_EQ(Get(kSearch).headers.at("allow"), "GET, POST");
  EXPECT_EQ(Send({"POST", kSearch, {"content-type: text/plain"}, "{}"}).status,
            415);
  EXPECT_EQ(Send({"PUT", "/", {}, "x"}).status, 405);
  EXPECT_EQ(Post("/index.html", "{}").status, 405);
}

TEST_F(HttpGatewayTest, LargeBodies) {
  Start();
  const std::string filler(4 << 20, ' ');
  EXPECT_EQ(Post(kSearch, filler.substr(0, filler.size() - 1)).status, 400);
  const HttpAnswer answer = Post(kSearch, filler + "{}");
  EXPECT_EQ(answer.status, 413);
  EXPECT_THAT(answer.body, HasSubstr("\"resource_exhausted\""));
  EXPECT_THAT(answer.body, HasSubstr("4194304 bytes"));
  EXPECT_EQ(Get("/healthz").status, 200);
}

TEST_F(HttpGatewayTest, LargeTickets) {
  options_.ticket_webhook = "http://127.0.0.1:1/";
  Start();
  const HttpAnswer answer = Post("/tickets", std::string(5 << 20, 'x'));
  EXPECT_EQ(answer.status, 413);
  const json body = json::parse(answer.body);
  EXPECT_EQ(body["code"], "resource_exhausted");
  EXPECT_THAT(body["message"].get<std::string>(),
              HasSubstr("the ticket is above 4194304 bytes"));
}

TEST_F(HttpGatewayTest, TokensAreCheckedBehindTheGateway) {
  UseTokens();
  Start();
  EXPECT_CALL(library_->searcher(), Search(Field(&engine::SearchQuery::audience,
                                                 engine::Audience::kAgent)))
      .WillOnce(Return(engine::SearchResult()));
  const std::string query = R"({"corpus":"helpdesk","query":"a"})";
  EXPECT_EQ(
      Post(kSearch, query, {"authorization: " + tokens_[Role::kAgent]}).status,
      200);
  EXPECT_EQ(Post(kSearch, query).status, 401);
  EXPECT_EQ(Post(kSearch, query, {"authorization: Bearer no"}).status, 401);
  // Not printable: gRPC itself would end the program over these.
  EXPECT_EQ(Post(kSearch, query, {"authorization: Bearer \xcf\x80"}).status,
            401);
  EXPECT_EQ(Post("/kbsearch.v1.AdminService/ListCorpora", "{}",
                 {"authorization: " + tokens_[Role::kAgent]})
                .status,
            403);
  const HttpAnswer corpora =
      Post("/kbsearch.v1.AdminService/ListCorpora", "{}",
           {"authorization: " + tokens_[Role::kOperator]});
  ASSERT_EQ(corpora.status, 200);
  EXPECT_EQ(json::parse(corpora.body)["corpora"][0]["name"], "helpdesk");
}

TEST_F(HttpGatewayTest, TheTimeoutReachesTheEngine) {
  Start();
  EXPECT_CALL(library_->searcher(), Search(_))
      .WillOnce(Invoke([](const engine::SearchQuery& query) {
        const auto left = query.deadline - std::chrono::steady_clock::now();
        EXPECT_LT(left, std::chrono::milliseconds(301));
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        return engine::SearchResult();
      }));
  const HttpAnswer answer =
      Post(kSearch, R"({"corpus":"helpdesk","query":"a"})",
           {"connect-timeout-ms: 300"});
  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(json::parse(answer.body)["code"], "deadline_exceeded");
}

// More waiting requests than the daemon has threads: they must not hold up a
// request that needs no worker.
TEST_F(HttpGatewayTest, WaitingCallsHoldNoThreads) {
  Start();
  std::promise<void> opener;
  std::shared_future<void> open = opener.get_future().share();
  std::atomic<int> inside{0};
  EXPECT_CALL(library_->searcher(), Search(_))
      .WillRepeatedly(Invoke([&](const engine::SearchQuery&) {
        ++inside;
        open.wait();
        return engine::SearchResult();
      }));
  std::vector<std::future<int>> calls;
  for (int i = 0; i < 16; ++i) {
    calls.push_back(std::async(std::launch::async, [this] {
      return Post(kSearch, R"({"corpus":"helpdesk","query":"a"})").status;
    }));
  }
  while (inside < 2) std::this_thread::yield();
  EXPECT_EQ(Get("/healthz").status, 200);
  EXPECT_EQ(Get("/").status, 200);
  opener.set_value();
  for (auto& call : calls) EXPECT_EQ(call.get(), 200);
}

TEST_F(HttpGatewayTest, Pages) {
  Start();
  const HttpAnswer page = Get("/");
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("<!doctype html>"));
  EXPECT_EQ(page.headers.at("x-content-type-options"), "nosniff");
  const std::string policy = page.headers.at("content-security-policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  const HttpAnswer same =
      Send({"GET", "/", {"if-none-match: " + page.headers.at("etag")}, ""});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(Send({"HEAD", "/", {}, ""}).status, 200);
  EXPECT_EQ(Get("/portal.js?x=1").headers.at("content-type"),
            "text/javascript; charset=utf-8");
  for (const char* path : {"/nothing", "/..%2f..%2fetc/passwd",
                           "/../../etc/passwd", "/kbsearch.v1"}) {
    EXPECT_EQ(Get(path).status, 404) << path;
  }
}

TEST_F(HttpGatewayTest, TheConfigurationNamesPublicCorporaOnly) {
  Start();
  EXPECT_EQ(json::parse(Get("/config.json").body),
            json({{"corpora", {"helpdesk"}},
                  {"languages", {"el", "ru"}},
                  {"tickets", false}}));
}

TEST_F(HttpGatewayTest, WhatMachinesWatch) {
  Start();
  EXPECT_EQ(Get("/healthz").status, 200);
  EXPECT_EQ(Get("/readyz").status, 200);
  Post(kSearch, "{}");
  const HttpAnswer metrics = Get("/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_THAT(metrics.headers.at("content-type"), HasSubstr("version=0.0.4"));
  EXPECT_THAT(metrics.body,
              HasSubstr("kbsearch_requests_total{code=\"INVALID_ARGUMENT\","
                        "method=\"kbsearch.v1.SearchService/Search\"} 1"));
  EXPECT_THAT(metrics.body,
              HasSubstr("kbsearch_request_duration_seconds_bucket"));
  EXPECT_THAT(metrics.body, HasSubstr("kbsearch_queue_depth 0"));
}

TEST_F(HttpGatewayTest, StoppingAnswersWhatWaits) {
  options_.stop_grace = std::chrono::milliseconds(100);
  Start();
  std::promise<void> inside;
  EXPECT_CALL(library_->searcher(), Search(_))
      .WillOnce(Invoke([&](const engine::SearchQuery&) {
        inside.set_value();
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
        return engine::SearchResult();
      }));
  auto waiting = std::async(std::launch::async, [this] {
    return Post(kSearch, R"({"corpus":"helpdesk","query":"a"})").status;
  });
  inside.get_future().wait();
  server_->Stop();
  EXPECT_NE(waiting.get(), 200);
  EXPECT_EQ(Get("/healthz").status, 0);
}

}  // namespace
}  // namespace kbsearch::testing
