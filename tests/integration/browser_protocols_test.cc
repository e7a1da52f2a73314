// The protocols of browsers over a real daemon: streams, gRPC-Web, GET,
// compression, other sites' pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <kbsearch/v1/admin_service.pb.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/http/gzip.h"
#include "tests/integration/gateway_fixture.h"

namespace kbsearch::testing {
namespace {

using server::Gunzip;
using server::Gzip;
using ::testing::HasSubstr;

constexpr char kList[] = "/kbsearch.v1.AdminService/ListCorpora";
constexpr char kUpsert[] = "/kbsearch.v1.AdminService/UpsertArticles";
constexpr size_t kLimit = 4 << 20;

class BrowserProtocolsTest : public GatewayFixture {};

TEST_F(BrowserProtocolsTest, ConnectStreams) {
  const HttpAnswer answer = Post(kWatch, "application/connect+json",
                                 Envelope(R"({"reindexId":"3"})"));
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "application/connect+json");
  const std::vector<Frame> frames = Frames(answer.body);
  ASSERT_EQ(frames.size(), 4u);
  EXPECT_EQ(frames[2].message, R"({"reindex":{"done":"3"}})");
  EXPECT_EQ(frames[3].flags, 2);
  EXPECT_EQ(frames[3].message, "{}");
}

TEST_F(BrowserProtocolsTest, NothingOfALongStreamIsLost) {
  const HttpAnswer answer = Post(kWatch, "application/connect+json",
                                 Envelope(R"({"reindexId":"100x"})"));
  const std::vector<Frame> frames = Frames(answer.body);
  ASSERT_EQ(frames.size(), 101u);
  for (int i = 0; i < 100; ++i) {
    EXPECT_THAT(frames[static_cast<size_t>(i)].message,
                HasSubstr(absl::StrCat("\"done\":\"", i + 1, "\"")));
  }
}

TEST_F(BrowserProtocolsTest, StreamsEndInErrors) {
  const std::vector<Frame> connect =
      Frames(Post(kWatch, "application/connect+json",
                  Envelope(R"({"reindexId":"error"})"))
                 .body);
  ASSERT_EQ(connect.size(), 2u);
  EXPECT_EQ(connect[1].message,
            R"({"error":{"code":"data_loss","message":"σφάλμα 100 %"}})");
  v1::WatchReindexRequest request;
  request.set_reindex_id("error");
  const std::vector<Frame> web =
      Frames(Post(kWatch, "application/grpc-web+proto",
                  Envelope(request.SerializeAsString()))
                 .body);
  ASSERT_EQ(web.size(), 2u);
  EXPECT_EQ(web[1].flags, 0x80);
  EXPECT_EQ(web[1].message,
            "grpc-status: 15\r\ngrpc-message: "
            "%CF%83%CF%86%CE%AC%CE%BB%CE%BC%CE%B1 100 %25\r\n"
            "grpc-status-details-bin: ZGV0YWlscw==\r\n");
}

TEST_F(BrowserProtocolsTest, GrpcWeb) {
  for (const bool text : {false, true}) {
    SCOPED_TRACE(text);
    const std::string type =
        text ? "application/grpc-web-text" : "application/grpc-web+proto";
    const std::string body = Envelope("");
    HttpAnswer answer =
        Post(kList, type, text ? absl::Base64Escape(body) : body);
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("content-type"), type);
    if (text) {
      // Each envelope is padded for itself.
      const size_t split = answer.body.find('=');
      std::string first;
      std::string second;
      const size_t end = answer.body.find_first_not_of('=', split);
      ASSERT_TRUE(absl::Base64Unescape(answer.body.substr(0, end), &first));
      ASSERT_TRUE(absl::Base64Unescape(answer.body.substr(end), &second));
      answer.body = first + second;
    }
    const std::vector<Frame> frames = Frames(answer.body);
    ASSERT_EQ(frames.size(), 2u);
    v1::ListCorporaResponse response;
    ASSERT_TRUE(response.ParseFromString(frames[0].message));
    EXPECT_EQ(response.corpora(0).name().size(), 5000u);
    EXPECT_EQ(frames[1].message, "grpc-status: 0\r\n");
  }
}

TEST_F(BrowserProtocolsTest, ClientsStream) {
  const std::vector<Frame> frames =
      Frames(Post(kUpsert, "application/connect+json",
                  Envelope(R"({"article":{"articleId":"a"}})") +
                      Envelope(R"({"article":{"articleId":"b"}})"))
                 .body);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].message,
            R"({"results":[{"articleId":"a"},{"articleId":"b"}]})");
}

TEST_F(BrowserProtocolsTest, BrokenEnvelopes) {
  const std::string good = Envelope(R"({"reindexId":"1"})");
  const struct {
    const char* what;
    std::string body;
    std::vector<std::string> headers;
    const char* code;
  } kCases[] = {
      {"cut off", good.substr(0, good.size() - 1), {}, "invalid_argument"},
      {"head only", good.substr(0, 3), {}, "invalid_argument"},
      {"none", "", {}, "invalid_argument"},
      {"two", good + good, {}, "invalid_argument"},
      {"no JSON", Envelope("x"), {}, "invalid_argument"},
      {"length",
       std::string("\0\xff\xff\xff\xff{}", 7),
       {},
       "invalid_argument"},
      {"compressed, no header",
       Envelope(Gzip("{}"), 1),
       {},
       "invalid_argument"},
      {"no gzip",
       Envelope("{}", 1),
       {"connect-content-encoding: gzip"},
       "invalid_argument"},
      {"bomb",
       Envelope(Gzip(std::string(kLimit + 1, ' ')), 1),
       {"connect-content-encoding: gzip"},
       "resource_exhausted"},
      {"other", good, {"connect-content-encoding: br"}, "unimplemented"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    const HttpAnswer answer =
        Post(kWatch, "application/connect+json", c.body, c.headers);
    EXPECT_EQ(answer.status, 200);
    const std::vector<Frame> frames = Frames(answer.body);
    ASSERT_EQ(frames.size(), 1u);
    EXPECT_EQ(frames[0].flags, 2);
    EXPECT_THAT(frames[0].message,
                HasSubstr(absl::StrCat("\"code\":\"", c.code, "\"")));
  }
}

TEST_F(BrowserProtocolsTest, BodiesThatAreTooLarge) {
  const std::string body = Envelope(std::string(kLimit, ' '));
  EXPECT_THAT(Frames(Post(kWatch, "application/connect+json", body).body)
                  .back()
                  .message,
              HasSubstr("resource_exhausted"));
  EXPECT_THAT(Frames(Post(kList, "application/grpc-web+proto", body).body)
                  .back()
                  .message,
              HasSubstr("grpc-status: 8"));
}

TEST_F(BrowserProtocolsTest, Compression) {
  const HttpAnswer unary =
      Post(kList, "application/json", Gzip("{}"),
           {"content-encoding: gzip", "accept-encoding: br, gzip"});
  ASSERT_EQ(unary.status, 200) << unary.body;
  EXPECT_EQ(unary.headers.at("content-encoding"), "gzip");
  EXPECT_LT(unary.body.size(), 500u);
  EXPECT_THAT(Gunzip(unary.body, kLimit).value(), HasSubstr("nnnn"));

  const HttpAnswer stream =
      Post(kWatch, "application/connect+json",
           Envelope(Gzip(R"({"reindexId":"1x"})"), 1),
           {"connect-content-encoding: gzip", "connect-accept-encoding: gzip"});
  EXPECT_EQ(stream.headers.at("connect-content-encoding"), "gzip");
  const std::vector<Frame> frames = Frames(stream.body);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].flags, 1);
  EXPECT_THAT(Gunzip(frames[0].message, kLimit).value(), HasSubstr("xxxx"));
}

TEST_F(BrowserProtocolsTest, GetOfWhatHasNoEffects) {
  const std::string query = "?connect=v1&encoding=json&message=";
  EXPECT_EQ(Send({"GET", kList + query + "%7B%7D", {}, ""}).status, 200);
  EXPECT_EQ(Send({"GET", kList + query + "e30&base64=1", {}, ""}).status, 200);
  EXPECT_EQ(Send({"GET", kList + query + "e30!&base64=1", {}, ""}).status, 400);
  EXPECT_EQ(
      Send({"GET", absl::StrCat(kList, "?connect=v1&encoding=xml"), {}, ""})
          .status,
      415);
  EXPECT_EQ(Send({"GET",
                  absl::StrCat("/kbsearch.v1.AdminService/StartReindex", query,
                               "%7B%7D"),
                  {},
                  ""})
                .status,
            501);
}

TEST_F(BrowserProtocolsTest, OtherSitesPages) {
  const std::string ours = "origin: https://shop.example";
  const HttpAnswer asked = Send(
      {"OPTIONS", kList, {ours, "access-control-request-method: POST"}, ""});
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(asked.headers.at("access-control-allow-origin"),
            "https://shop.example");
  EXPECT_THAT(asked.headers.at("access-control-allow-headers"),
              HasSubstr("connect-protocol-version"));
  const HttpAnswer called = Post(kList, "application/json", "{}", {ours});
  EXPECT_EQ(called.headers.at("access-control-allow-origin"),
            "https://shop.example");
  const std::string other = "origin: https://other.example";
  EXPECT_EQ(Send({"OPTIONS",
                  kList,
                  {other, "access-control-request-method: POST"},
                  ""})
                .headers.count("access-control-allow-origin"),
            0u);
  EXPECT_EQ(Post(kList, "application/json", "{}", {other})
                .headers.count("access-control-allow-origin"),
            0u);
}

TEST_F(BrowserProtocolsTest, TimeoutsEndStreams) {
  const std::vector<Frame> connect = Frames(
      Post(kWatch, "application/connect+json",
           Envelope(R"({"reindexId":"wait"})"), {"connect-timeout-ms: 200"})
          .body);
  EXPECT_THAT(connect.back().message, HasSubstr("deadline_exceeded"));
  v1::WatchReindexRequest request;
  request.set_reindex_id("wait");
  const std::vector<Frame> web =
      Frames(Post(kWatch, "application/grpc-web+proto",
                  Envelope(request.SerializeAsString()), {"grpc-timeout: 200m"})
                 .body);
  EXPECT_THAT(web.back().message, HasSubstr("grpc-status: 4"));
  EXPECT_THAT(
      Frames(Post(kWatch, "application/grpc-web+proto",
                  Envelope(request.SerializeAsString()), {"grpc-timeout: soon"})
                 .body)
          .back()
          .message,
      HasSubstr("grpc-status: 3"));
}

TEST_F(BrowserProtocolsTest, CallsToAServerThatStopsAreTurnedAway) {
  gateway_->Close();
  EXPECT_EQ(Post(kList, "application/json", "{}").status, 503);
  EXPECT_THAT(Frames(Post(kWatch, "application/connect+json",
                          Envelope(R"({"reindexId":"1"})"))
                         .body)
                  .back()
                  .message,
              HasSubstr("unavailable"));
}

}  // namespace
}  // namespace kbsearch::testing
