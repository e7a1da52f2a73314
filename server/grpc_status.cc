#include "server/grpc_status.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::server {
namespace {

constexpr char kBadRequestType[] = "type.googleapis.com/google.rpc.BadRequest";
// gRPC refuses more than 8 KB of headers; percent-encoding triples Greek and
// Russian, and the details repeat the message.
constexpr size_t kMaxMessageBytes = 600;
constexpr int kMaxViolations = 10;

struct CodePair {
  absl::StatusCode from;
  grpc::StatusCode to;
  const char* name;
};

constexpr CodePair kCodes[] = {
    {absl::StatusCode::kOk, grpc::StatusCode::OK, "OK"},
    {absl::StatusCode::kCancelled, grpc::StatusCode::CANCELLED, "CANCELLED"},
    {absl::StatusCode::kInvalidArgument, grpc::StatusCode::INVALID_ARGUMENT,
     "INVALID_ARGUMENT"},
    {absl::StatusCode::kDeadlineExceeded, grpc::StatusCode::DEADLINE_EXCEEDED,
     "DEADLINE_EXCEEDED"},
    {absl::StatusCode::kNotFound, grpc::StatusCode::NOT_FOUND, "NOT_FOUND"},
    {absl::StatusCode::kAlreadyExists, grpc::StatusCode::ALREADY_EXISTS,
     "ALREADY_EXISTS"},
    {absl::StatusCode::kPermissionDenied, grpc::StatusCode::PERMISSION_DENIED,
     "PERMISSION_DENIED"},
    {absl::StatusCode::kResourceExhausted, grpc::StatusCode::RESOURCE_EXHAUSTED,
     "RESOURCE_EXHAUSTED"},
    {absl::StatusCode::kFailedPrecondition,
     grpc::StatusCode::FAILED_PRECONDITION, "FAILED_PRECONDITION"},
    {absl::StatusCode::kAborted, grpc::StatusCode::ABORTED, "ABORTED"},
    {absl::StatusCode::kOutOfRange, grpc::StatusCode::OUT_OF_RANGE,
     "OUT_OF_RANGE"},
    {absl::StatusCode::kUnimplemented, grpc::StatusCode::UNIMPLEMENTED,
     "UNIMPLEMENTED"},
    {absl::StatusCode::kUnavailable, grpc::StatusCode::UNAVAILABLE,
     "UNAVAILABLE"},
    {absl::StatusCode::kDataLoss, grpc::StatusCode::DATA_LOSS, "DATA_LOSS"},
    {absl::StatusCode::kUnauthenticated, grpc::StatusCode::UNAUTHENTICATED,
     "UNAUTHENTICATED"},
};

// Everything that is not in the table, UNKNOWN among it.
grpc::StatusCode MapCode(absl::StatusCode code) {
  for (const CodePair& pair : kCodes) {
    if (pair.from == code) return pair.to;
  }
  return grpc::StatusCode::INTERNAL;
}

// At most kMaxMessageBytes, cut between characters.
std::string Shorten(absl::string_view message) {
  if (message.size() <= kMaxMessageBytes) return std::string(message);
  size_t end = kMaxMessageBytes;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) {
    --end;
  }
  return absl::StrCat(message.substr(0, end), "…");
}

std::string PublicMessage(const absl::Status& status,
                          std::string_view request_id) {
  if (!IsInternalError(status)) return Shorten(status.message());
  const std::string id(request_id);
  if (status.code() == absl::StatusCode::kDataLoss) {
    return absl::StrCat(
        "the index is damaged; the server's log says where under request_id ",
        id);
  }
  return absl::StrCat(
      "internal error; the server's log says more under "
      "request_id ",
      id);
}

}  // namespace

absl::Status InvalidFields(const std::vector<FieldViolation>& violations) {
  if (violations.empty()) return absl::OkStatus();
  google::rpc::BadRequest details;
  std::string message;
  for (const FieldViolation& violation : violations) {
    if (details.field_violations_size() == kMaxViolations) break;
    auto* added = details.add_field_violations();
    added->set_field(Shorten(violation.field));
    added->set_description(Shorten(violation.description));
    absl::StrAppend(&message, message.empty() ? "" : "; ", added->field(), ": ",
                    added->description());
  }
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kBadRequestType, absl::Cord(details.SerializeAsString()));
  return status;
}

bool IsInternalError(const absl::Status& status) {
  return !status.ok() &&
         (MapCode(status.code()) == grpc::StatusCode::INTERNAL ||
          status.code() == absl::StatusCode::kDataLoss);
}

grpc::Status ToGrpcStatus(const absl::Status& status,
                          std::string_view request_id) {
  if (status.ok()) return grpc::Status::OK;
  const grpc::StatusCode code = MapCode(status.code());
  const std::string message = PublicMessage(status, request_id);
  google::rpc::Status wire;
  if (!IsInternalError(status)) {
    status.ForEachPayload([&](absl::string_view type, const absl::Cord& value) {
      auto* detail = wire.add_details();
      detail->set_type_url(std::string(type));
      detail->set_value(std::string(value));
    });
  }
  if (wire.details().empty()) return grpc::Status(code, message);
  wire.set_code(code);
  wire.set_message(message);
  return grpc::Status(code, message, wire.SerializeAsString());
}

const char* CodeName(grpc::StatusCode code) {
  for (const CodePair& pair : kCodes) {
    if (pair.to == code) return pair.name;
  }
  return code == grpc::StatusCode::UNKNOWN ? "UNKNOWN" : "INTERNAL";
}

}  // namespace kbsearch::server
