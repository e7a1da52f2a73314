// The one place where an absl::Status becomes what a caller is told.
#ifndef KBSEARCH_SERVER_GRPC_STATUS_H_
#define KBSEARCH_SERVER_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace kbsearch::server {

struct FieldViolation {
  std::string field;        // "filter.kinds[0]"
  std::string description;  // "must not be negative"
};

// INVALID_ARGUMENT whose details name the fields; OK when there are none.
absl::Status InvalidFields(const std::vector<FieldViolation>& violations);

// True for codes whose message is for the log only: the caller gets a neutral
// one that names the request.
bool IsInternalError(const absl::Status& status);

// Payloads (google.rpc.BadRequest…) become status details. Codes unknown to
// the contract, INTERNAL and UNKNOWN become INTERNAL, and, as with DATA_LOSS,
// the text stays here. Long messages are cut (they travel in a header).
grpc::Status ToGrpcStatus(const absl::Status& status,
                          std::string_view request_id);

// "NOT_FOUND".
const char* CodeName(grpc::StatusCode code);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_GRPC_STATUS_H_
