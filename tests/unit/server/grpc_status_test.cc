#include "server/grpc_status.h"

#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include <string>

namespace kbsearch::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kText[] = "corpus \"x\" is not there";

struct CodeCase {
  absl::StatusCode from;
  grpc::StatusCode to;
  const char* name;
  bool text_is_shown;
};

constexpr CodeCase kEveryCode[] = {
    {absl::StatusCode::kCancelled, grpc::CANCELLED, "CANCELLED", true},
    {absl::StatusCode::kUnknown, grpc::INTERNAL, "INTERNAL", false},
    {absl::StatusCode::kInvalidArgument, grpc::INVALID_ARGUMENT,
     "INVALID_ARGUMENT", true},
    {absl::StatusCode::kDeadlineExceeded, grpc::DEADLINE_EXCEEDED,
     "DEADLINE_EXCEEDED", true},
    {absl::StatusCode::kNotFound, grpc::NOT_FOUND, "NOT_FOUND", true},
    {absl::StatusCode::kAlreadyExists, grpc::ALREADY_EXISTS, "ALREADY_EXISTS",
     true},
    {absl::StatusCode::kPermissionDenied, grpc::PERMISSION_DENIED,
     "PERMISSION_DENIED", true},
    {absl::StatusCode::kResourceExhausted, grpc::RESOURCE_EXHAUSTED,
     "RESOURCE_EXHAUSTED", true},
    {absl::StatusCode::kFailedPrecondition, grpc::FAILED_PRECONDITION,
     "FAILED_PRECONDITION", true},
    {absl::StatusCode::kAborted, grpc::ABORTED, "ABORTED", true},
    {absl::StatusCode::kOutOfRange, grpc::OUT_OF_RANGE, "OUT_OF_RANGE", true},
    {absl::StatusCode::kUnimplemented, grpc::UNIMPLEMENTED, "UNIMPLEMENTED",
     true},
    {absl::StatusCode::kInternal, grpc::INTERNAL, "INTERNAL", false},
    {absl::StatusCode::kUnavailable, grpc::UNAVAILABLE, "UNAVAILABLE", true},
    {absl::StatusCode::kDataLoss, grpc::DATA_LOSS, "DATA_LOSS", false},
    {absl::StatusCode::kUnauthenticated, grpc::UNAUTHENTICATED,
     "UNAUTHENTICATED", true},
    {static_cast<absl::StatusCode>(77), grpc::INTERNAL, "INTERNAL", false},
};

TEST(GrpcStatusTest, MapsEveryCode) {
  for (const CodeCase& c : kEveryCode) {
    SCOPED_TRACE(static_cast<int>(c.from));
    const absl::Status from(c.from, kText);
    const grpc::Status to = ToGrpcStatus(from, "id-1");
    EXPECT_EQ(to.error_code(), c.to);
    EXPECT_STREQ(CodeName(to.error_code()), c.name);
    EXPECT_EQ(IsInternalError(from), !c.text_is_shown);
    if (c.text_is_shown) {
      EXPECT_EQ(to.error_message(), kText);
    } else {
      EXPECT_THAT(to.error_message(),
                  AllOf(Not(HasSubstr("corpus")), HasSubstr("id-1")));
    }
    EXPECT_TRUE(to.error_details().empty());
  }
}

TEST(GrpcStatusTest, OkStaysOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus(), "id").ok());
  EXPECT_STREQ(CodeName(grpc::OK), "OK");
  EXPECT_FALSE(IsInternalError(absl::OkStatus()));
}

TEST(GrpcStatusTest, FieldViolationsBecomeDetails) {
  const grpc::Status status = ToGrpcStatus(
      InvalidFields({{"query", "is required"}, {"page_size", "is -1"}}), "id");
  EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "query: is required; page_size: is -1");
  google::rpc::Status wire;
  ASSERT_TRUE(wire.ParseFromString(status.error_details()));
  EXPECT_EQ(wire.code(), grpc::INVALID_ARGUMENT);
  EXPECT_EQ(wire.message(), status.error_message());
  ASSERT_EQ(wire.details_size(), 1);
  google::rpc::BadRequest details;
  ASSERT_TRUE(wire.details(0).UnpackTo(&details));
  ASSERT_EQ(details.field_violations_size(), 2);
  EXPECT_EQ(details.field_violations(0).field(), "query");
  EXPECT_EQ(details.field_violations(1).description(), "is -1");
}

TEST(GrpcStatusTest, NoViolationIsOk) { EXPECT_TRUE(InvalidFields({}).ok()); }

TEST(GrpcStatusTest, ManyViolationsFitIntoHeaders) {
  const std::vector<FieldViolation> many(5000,
                                         {"languages[1]", "is not known"});
  const grpc::Status status = ToGrpcStatus(InvalidFields(many), "id");
  EXPECT_LT(
      3 * status.error_message().size() + 2 * status.error_details().size(),
      size_t{8000});
}

TEST(GrpcStatusTest, LongMessagesAreCutBetweenCharacters) {
  for (int lead = 0; lead < 3; ++lead) {
    std::string text(lead, 'a');
    for (int i = 0; i < 1000; ++i) text += "я";
    const grpc::Status status = ToGrpcStatus(absl::NotFoundError(text), "id");
    const std::string& message = status.error_message();
    EXPECT_LT(message.size(), size_t{700});
    const std::string tail = "я…";
    ASSERT_GE(message.size(), tail.size());
    EXPECT_EQ(message.substr(message.size() - tail.size()), tail);
  }
}

}  // namespace
}  // namespace kbsearch::server
