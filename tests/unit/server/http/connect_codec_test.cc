#include "server/http/connect_codec.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <gtest/gtest.h>
#include <kbsearch/v1/admin_service.pb.h>
#include <kbsearch/v1/search_service.pb.h>

#include <nlohmann/json.hpp>
#include <string>

#include "server/grpc_status.h"

namespace kbsearch::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ConnectCodecTest, FindsItsOwnMethodsOnly) {
  const auto* search = FindConnectMethod("/kbsearch.v1.SearchService/Search");
  ASSERT_NE(search, nullptr);
  EXPECT_EQ(search->full_name(), "kbsearch.v1.SearchService.Search");
  EXPECT_NE(FindConnectMethod("/kbsearch.v1.AdminService/AnalyzeText"),
            nullptr);
  for (const char* path :
       {"/", "", "/kbsearch.v1.SearchService", "/kbsearch.v1.SearchService/",
        "/kbsearch.v1.SearchService/search", "/kbsearch.v1.Nothing/Search",
        "/kbsearch.v1.SearchRequest/query",
        "/kbsearch.v1.SearchService/Search/",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"}) {
    EXPECT_EQ(FindConnectMethod(path), nullptr) << path;
  }
}

TEST(ConnectCodecTest, Timeouts) {
  EXPECT_EQ(ParseConnectTimeout("0").value().count(), 0);
  EXPECT_EQ(ParseConnectTimeout("250").value().count(), 250);
  EXPECT_EQ(ParseConnectTimeout("9999999999").value().count(), 9999999999);
  for (const char* value : {"", "-1", "1.5", "5s", "99999999999", "+1", " 1"}) {
    EXPECT_FALSE(ParseConnectTimeout(value).ok()) << value;
  }
}

TEST(ConnectCodecTest, RequestsInJson) {
  const auto bytes = DecodeConnectRequest(
      *v1::SearchRequest::descriptor(), ConnectEncoding::kJson,
      R"({"corpus":"helpdesk","query":"ΚΩΔΙΚΟΣ","pageSize":5,)"
      R"("filter":{"kinds":["ARTICLE_KIND_FAQ"],)"
      R"("updatedAfter":"2026-01-31T12:00:00Z"}})");
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  v1::SearchRequest request;
  ASSERT_TRUE(request.ParseFromString(*bytes));
  EXPECT_EQ(request.corpus(), "helpdesk");
  EXPECT_EQ(request.query(), "ΚΩΔΙΚΟΣ");
  EXPECT_EQ(request.page_size(), 5);
  EXPECT_EQ(request.filter().kinds(0), v1::ARTICLE_KIND_FAQ);
  EXPECT_EQ(request.filter().updated_after().seconds(), 1769860800);
}

TEST(ConnectCodecTest, AnEmptyBodyIsAnEmptyMessage) {
  for (const char* body : {"", " \n", "{}"}) {
    const auto bytes = DecodeConnectRequest(
        *v1::ListCorporaRequest::descriptor(), ConnectEncoding::kJson, body);
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    EXPECT_EQ(*bytes, "");
  }
}

TEST(ConnectCodecTest, BadJson) {
  for (const char* body :
       {"nonsense", "[]", "{", "{\"query\":3}", "{\"nothing\":\"x\"}",
        "{\"pageSize\":\"many\"}", "{\"query\":\"\xff\xfe\"}",
        "{\"filter\":{\"kinds\":[\"ARTICLE_KIND_NONE\"]}}"}) {
    const auto bytes = DecodeConnectRequest(*v1::SearchRequest::descriptor(),
                                            ConnectEncoding::kJson, body);
    EXPECT_TRUE(absl::IsInvalidArgument(bytes.status())) << body;
  }
}

TEST(ConnectCodecTest, DeepJsonDoesNotOverflow) {
  const std::string deep(100000, '[');
  EXPECT_FALSE(DecodeConnectRequest(*v1::SearchRequest::descriptor(),
                                    ConnectEncoding::kJson, deep)
                   .ok());
}

TEST(ConnectCodecTest, SyntaxErrorsDoNotQuoteTheText) {
  const auto bytes = DecodeConnectRequest(
      *v1::SearchRequest::descriptor(), ConnectEncoding::kJson,
      R"({"query":"geheim wachtwoord", oops})");
  ASSERT_FALSE(bytes.ok());
  EXPECT_THAT(std::string(bytes.status().message()), Not(HasSubstr("geheim")));
}

TEST(ConnectCodecTest, BinaryRequests) {
  v1::SearchRequest request;
  request.set_query("возврат");
  const auto bytes = DecodeConnectRequest(*v1::SearchRequest::descriptor(),
                                          ConnectEncoding::kProto,
                                          request.SerializeAsString());
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ(*bytes, request.SerializeAsString());
  // Field 2 (query) holding a byte that is not UTF-8; a cut-off message.
  for (const std::string& body :
       {std::string("\x12\x01\xff"), std::string("\x12\x05h")}) {
    EXPECT_TRUE(absl::IsInvalidArgument(
        DecodeConnectRequest(*v1::SearchRequest::descriptor(),
                             ConnectEncoding::kProto, body)
            .status()));
  }
}

TEST(ConnectCodecTest, Responses) {
  v1::SearchResponse response;
  response.set_total_size(12);
  v1::Hit* hit = response.add_hits();
  hit->set_article_id("a");
  hit->set_title("Αρχή </script>");
  hit->add_snippet()->set_highlighted(true);
  const std::string bytes = response.SerializeAsString();
  const auto json = EncodeConnectResponse(*v1::SearchResponse::descriptor(),
                                          ConnectEncoding::kJson, bytes);
  ASSERT_TRUE(json.ok()) << json.status();
  const auto parsed = nlohmann::json::parse(*json);
  EXPECT_EQ(parsed["totalSize"], "12");  // int64 in proto3 JSON
  EXPECT_EQ(parsed["hits"][0]["articleId"], "a");
  EXPECT_EQ(parsed["hits"][0]["title"], "Αρχή </script>");
  EXPECT_EQ(parsed["hits"][0]["snippet"][0]["highlighted"], true);
  EXPECT_FALSE(parsed.contains("nextPageToken"));
  EXPECT_EQ(EncodeConnectResponse(*v1::SearchResponse::descriptor(),
                                  ConnectEncoding::kProto, bytes)
                .value(),
            bytes);
}

TEST(ConnectCodecTest, Errors) {
  const auto json = nlohmann::json::parse(ConnectErrorJson(
      ToGrpcStatus(InvalidFields({{"query", "is required"}}), "id")));
  EXPECT_EQ(json["code"], "invalid_argument");
  EXPECT_EQ(json["message"], "query: is required");
  ASSERT_EQ(json["details"].size(), 1u);
  EXPECT_EQ(json["details"][0]["type"], "google.rpc.BadRequest");
  EXPECT_EQ(json["details"][0]["debug"]["fieldViolations"][0]["field"],
            "query");
  const std::string value = json["details"][0]["value"];
  EXPECT_EQ(value.find('='), std::string::npos);

  const auto bare = nlohmann::json::parse(
      ConnectErrorJson(grpc::Status(grpc::UNIMPLEMENTED, "")));
  EXPECT_EQ(bare, nlohmann::json({{"code", "unimplemented"}}));
}

TEST(ConnectCodecTest, EveryCodeHasItsHttpStatus) {
  const struct {
    grpc::StatusCode code;
    const char* name;
    int http;
  } kCases[] = {
      {grpc::CANCELLED, "canceled", 499},
      {grpc::UNKNOWN, "unknown", 500},
      {grpc::INVALID_ARGUMENT, "invalid_argument", 400},
      {grpc::DEADLINE_EXCEEDED, "deadline_exceeded", 504},
      {grpc::NOT_FOUND, "not_found", 404},
      {grpc::ALREADY_EXISTS, "already_exists", 409},
      {grpc::PERMISSION_DENIED, "permission_denied", 403},
      {grpc::RESOURCE_EXHAUSTED, "resource_exhausted", 429},
      {grpc::FAILED_PRECONDITION, "failed_precondition", 400},
      {grpc::ABORTED, "aborted", 409},
      {grpc::OUT_OF_RANGE, "out_of_range", 400},
      {grpc::UNIMPLEMENTED, "unimplemented", 501},
      {grpc::INTERNAL, "internal", 500},
      {grpc::UNAVAILABLE, "unavailable", 503},
      {grpc::DATA_LOSS, "data_loss", 500},
      {grpc::UNAUTHENTICATED, "unauthenticated", 401},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ConnectHttpStatus(c.code), c.http) << c.name;
    const auto json =
        nlohmann::json::parse(ConnectErrorJson(grpc::Status(c.code, "m")));
    EXPECT_EQ(json["code"], c.name);
  }
}

}  // namespace
}  // namespace kbsearch::server
