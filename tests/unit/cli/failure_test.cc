#include "cli/failure.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include <string>

namespace kbsearch::cli {
namespace {

using ::testing::HasSubstr;

Settings WithServer() {
  Settings settings;
  settings.server = "search.example:50051";
  settings.timeout_seconds = 2.5;
  return settings;
}

grpc::Status BadRequest(const std::string& message) {
  google::rpc::BadRequest bad_request;
  auto* violation = bad_request.add_field_violations();
  violation->set_field("page_size");
  violation->set_description("must not be negative");
  google::rpc::Status details;
  details.add_details()->PackFrom(bad_request);
  return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, message,
                      details.SerializeAsString());
}

TEST(FailureTest, NamesTheCodeAndTheRemedy) {
  const struct {
    grpc::StatusCode code;
    const char* remedy;
  } kCases[] = {
      {grpc::StatusCode::UNAVAILABLE,
       "is kbsearch-server running at search.example:50051?"},
      {grpc::StatusCode::UNAUTHENTICATED, "no token was sent"},
      {grpc::StatusCode::PERMISSION_DENIED, "give an operator's"},
      {grpc::StatusCode::DEADLINE_EXCEEDED, "within 2.5 s"},
      {grpc::StatusCode::RESOURCE_EXHAUSTED, "try again"},
      {grpc::StatusCode::DATA_LOSS, "kbsearch-indexer build"},
      {grpc::StatusCode::UNIMPLEMENTED, "same version"},
      {grpc::StatusCode::NOT_FOUND, "NOT_FOUND: why"},
      {grpc::StatusCode::INTERNAL, "INTERNAL: why"},
  };
  for (const auto& c : kCases) {
    const absl::Status status =
        DescribeFailure(grpc::Status(c.code, "why"), WithServer());
    EXPECT_EQ(static_cast<int>(status.code()), static_cast<int>(c.code));
    EXPECT_THAT(std::string(status.message()), HasSubstr(": why"));
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.remedy));
  }
}

TEST(FailureTest, ATokenThatWasNotEnoughIsCalledSo) {
  Settings settings = WithServer();
  settings.token = "secret";
  const absl::Status status = DescribeFailure(
      grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "no"), settings);
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("another token is needed"));
}

TEST(FailureTest, ListsFieldViolationsThatTheMessageLeavesOut) {
  EXPECT_EQ(DescribeFailure(BadRequest("bad request"), WithServer()).message(),
            "INVALID_ARGUMENT: bad request\n  page_size: must not be negative");
  EXPECT_EQ(
      DescribeFailure(BadRequest("page_size: must not be negative"),
                      WithServer())
          .message(),
      "INVALID_ARGUMENT: page_size: must not be negative");
}

TEST(FailureTest, DetailsThatCannotBeReadAreLeftOut) {
  EXPECT_EQ(DescribeFailure(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT,
                                         "bad", "\xFF\xFF"),
                            WithServer())
                .message(),
            "INVALID_ARGUMENT: bad");
}

}  // namespace
}  // namespace kbsearch::cli
