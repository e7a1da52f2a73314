#include "cli/status_text.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include "absl/strings/str_cat.h"
#include "cli/text_layout.h"

namespace kbsearch::cli {
namespace {

const char* CodeName(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::CANCELLED:
      return "CANCELLED";
    case grpc::StatusCode::INVALID_ARGUMENT:
      return "INVALID_ARGUMENT";
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return "DEADLINE_EXCEEDED";
    case grpc::StatusCode::NOT_FOUND:
      return "NOT_FOUND";
    case grpc::StatusCode::ALREADY_EXISTS:
      return "ALREADY_EXISTS";
    case grpc::StatusCode::PERMISSION_DENIED:
      return "PERMISSION_DENIED";
    case grpc::StatusCode::UNAUTHENTICATED:
      return "UNAUTHENTICATED";
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return "RESOURCE_EXHAUSTED";
    case grpc::StatusCode::FAILED_PRECONDITION:
      return "FAILED_PRECONDITION";
    case grpc::StatusCode::ABORTED:
      return "ABORTED";
    case grpc::StatusCode::OUT_OF_RANGE:
      return "OUT_OF_RANGE";
    case grpc::StatusCode::UNIMPLEMENTED:
      return "UNIMPLEMENTED";
    case grpc::StatusCode::INTERNAL:
      return "INTERNAL";
    case grpc::StatusCode::UNAVAILABLE:
      return "UNAVAILABLE";
    case grpc::StatusCode::DATA_LOSS:
      return "DATA_LOSS";
    default:
      return "UNKNOWN";
  }
}

std::string Remedy(grpc::StatusCode code, const Settings& settings) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
      return absl::StrCat("Is kbsearch-server running at ", settings.server,
                          "? Another address: --server HOST:PORT or "
                          "KBSEARCH_SERVER.");
    case grpc::StatusCode::UNAUTHENTICATED:
      return "The server wants a token it knows: --token-file FILE or "
             "KBSEARCH_TOKEN.";
    case grpc::StatusCode::PERMISSION_DENIED:
      return "Use a token whose role may do this: --token-file FILE or "
             "KBSEARCH_TOKEN.";
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return absl::StrCat("No answer within ",
                          settings.timeout.count() / 1000.0,
                          " s; wait longer with --timeout SECONDS.");
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return "The server is overloaded: try again in a moment.";
    case grpc::StatusCode::UNIMPLEMENTED:
      return absl::StrCat("The server at ", settings.server,
                          " does not offer this call: is it kbsearch-server, "
                          "and of this version?");
    case grpc::StatusCode::DATA_LOSS:
      return "An operator can look closer with: kbsearch-indexer verify.";
    default:
      return "";
  }
}

// The fields found wrong; empty when the server named none.
google::rpc::BadRequest Violations(const grpc::Status& status) {
  google::rpc::BadRequest result;
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const auto& detail : details.details()) {
    if (detail.UnpackTo(&result)) return result;
  }
  result.Clear();
  return result;
}

}  // namespace

std::string DescribeError(const grpc::Status& status,
                          const Settings& settings) {
  std::string text = CodeName(status.error_code());
  const google::rpc::BadRequest violations = Violations(status);
  if (violations.field_violations().empty()) {
    absl::StrAppend(&text, ": ",
                    status.error_message().empty()
                        ? "the server gave no reason"
                        : Printable(status.error_message()));
  }
  for (const auto& violation : violations.field_violations()) {
    absl::StrAppend(&text, "\n  ", Printable(violation.field()), ": ",
                    Printable(violation.description()));
  }
  const std::string remedy = Remedy(status.error_code(), settings);
  if (!remedy.empty()) absl::StrAppend(&text, "\n", remedy);
  return text;
}

}  // namespace kbsearch::cli
