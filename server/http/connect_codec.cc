#include "server/http/connect_codec.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver.h>
#include <google/protobuf/util/type_resolver_util.h>
#include <google/rpc/status.pb.h>
#include <unicode/utf8.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace kbsearch::server {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;

constexpr char kTypePrefix[] = "type.googleapis.com/";
constexpr char kOwnPackage[] = "kbsearch.v1.";
constexpr size_t kMaxTimeoutDigits = 10;

struct ConnectCode {
  grpc::StatusCode code;
  const char* name;
  int http_status;
};

constexpr ConnectCode kCodes[] = {
    {grpc::StatusCode::CANCELLED, "canceled", 499},
    {grpc::StatusCode::UNKNOWN, "unknown", 500},
    {grpc::StatusCode::INVALID_ARGUMENT, "invalid_argument", 400},
    {grpc::StatusCode::DEADLINE_EXCEEDED, "deadline_exceeded", 504},
    {grpc::StatusCode::NOT_FOUND, "not_found", 404},
    {grpc::StatusCode::ALREADY_EXISTS, "already_exists", 409},
    {grpc::StatusCode::PERMISSION_DENIED, "permission_denied", 403},
    {grpc::StatusCode::RESOURCE_EXHAUSTED, "resource_exhausted", 429},
    {grpc::StatusCode::FAILED_PRECONDITION, "failed_precondition", 400},
    {grpc::StatusCode::ABORTED, "aborted", 409},
    {grpc::StatusCode::OUT_OF_RANGE, "out_of_range", 400},
    {grpc::StatusCode::UNIMPLEMENTED, "unimplemented", 501},
    {grpc::StatusCode::INTERNAL, "internal", 500},
    {grpc::StatusCode::UNAVAILABLE, "unavailable", 503},
    {grpc::StatusCode::DATA_LOSS, "data_loss", 500},
    {grpc::StatusCode::UNAUTHENTICATED, "unauthenticated", 401},
};

const ConnectCode& FindCode(grpc::StatusCode code) {
  for (const ConnectCode& known : kCodes) {
    if (known.code == code) return known;
  }
  return kCodes[1];
}

google::protobuf::util::TypeResolver* Resolver() {
  static auto* const resolver =
      google::protobuf::util::NewTypeResolverForDescriptorPool(
          "type.googleapis.com", DescriptorPool::generated_pool());
  return resolver;
}

std::string TypeUrl(const Descriptor& type) {
  return absl::StrCat(kTypePrefix, type.full_name());
}

bool IsUtf8(const std::string& text) {
  const int32_t length = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < length;) {
    UChar32 c;
    U8_NEXT(text.data(), i, length, c);
    if (c < 0) return false;
  }
  return true;
}

// Whether the bytes are a message of the type, texts in UTF-8 included.
bool Parses(const Descriptor& type, const std::string& bytes) {
  const google::protobuf::Message* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(
          &type);
  const std::unique_ptr<google::protobuf::Message> message(prototype->New());
  return message->ParseFromString(bytes);
}

// The parser's message quotes the document around the error; that is the
// user's text, and stays out of logs and answers.
std::string WithoutQuotedText(const std::string& message) {
  return message.substr(0, message.find('\n'));
}

absl::StatusOr<std::string> DecodeJson(const Descriptor& type,
                                       const std::string& body) {
  if (!IsUtf8(body)) {
    return absl::InvalidArgumentError("the body is not UTF-8");
  }
  const std::string json =
      absl::StripAsciiWhitespace(body).empty() ? "{}" : body;
  std::string bytes;
  const auto status = google::protobuf::util::JsonToBinaryString(
      Resolver(), TypeUrl(type), json, &bytes);
  if (!status.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the body is not the JSON of a ", type.full_name(), ": ",
                     WithoutQuotedText(std::string(status.message()))));
  }
  return bytes;
}

nlohmann::json DetailJson(const google::protobuf::Any& detail) {
  const absl::string_view type =
      absl::StripPrefix(detail.type_url(), kTypePrefix);
  std::string value = absl::Base64Escape(detail.value());
  while (!value.empty() && value.back() == '=') value.pop_back();
  nlohmann::json json = {{"type", std::string(type)}, {"value", value}};
  std::string debug;
  if (google::protobuf::util::BinaryToJsonString(Resolver(), detail.type_url(),
                                                 detail.value(), &debug)
          .ok()) {
    json["debug"] = nlohmann::json::parse(debug, nullptr, false);
  }
  return json;
}

}  // namespace

const char* ConnectContentType(ConnectEncoding encoding) {
  return encoding == ConnectEncoding::kJson ? "application/json"
                                            : "application/proto";
}

const google::protobuf::MethodDescriptor* FindConnectMethod(
    std::string_view path) {
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(path.data(), path.size()), '/');
  if (parts.size() != 3 || !parts[0].empty() ||
      !absl::StartsWith(parts[1], kOwnPackage)) {
    return nullptr;
  }
  const auto* service =
      DescriptorPool::generated_pool()->FindServiceByName(parts[1]);
  return service == nullptr ? nullptr : service->FindMethodByName(parts[2]);
}

absl::StatusOr<std::chrono::milliseconds> ParseConnectTimeout(
    std::string_view value) {
  int64_t milliseconds = 0;
  if (value.empty() || value.size() > kMaxTimeoutDigits ||
      value.find_first_not_of("0123456789") != std::string_view::npos ||
      !absl::SimpleAtoi(absl::string_view(value.data(), value.size()),
                        &milliseconds)) {
    return absl::InvalidArgumentError(
        "connect-timeout-ms: 1 to 10 digits are accepted");
  }
  return std::chrono::milliseconds(milliseconds);
}

absl::StatusOr<std::string> DecodeConnectRequest(const Descriptor& type,
                                                 ConnectEncoding encoding,
                                                 const std::string& body) {
  if (encoding == ConnectEncoding::kJson) return DecodeJson(type, body);
  if (!Parses(type, body)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the body is not a ", type.full_name(),
                     " message; texts must be UTF-8"));
  }
  return body;
}

absl::StatusOr<std::string> EncodeConnectResponse(const Descriptor& type,
                                                  ConnectEncoding encoding,
                                                  std::string bytes) {
  if (encoding == ConnectEncoding::kProto) return bytes;
  std::string json;
  const auto status = google::protobuf::util::BinaryToJsonString(
      Resolver(), TypeUrl(type), bytes, &json);
  if (!status.ok()) {
    return absl::InternalError(
        absl::StrCat("answer as JSON: ", std::string(status.message())));
  }
  return json;
}

std::string ConnectErrorJson(const grpc::Status& status) {
  nlohmann::json json = {{"code", FindCode(status.error_code()).name}};
  if (!status.error_message().empty()) {
    json["message"] = status.error_message();
  }
  google::rpc::Status wire;
  if (!status.error_details().empty() &&
      wire.ParseFromString(status.error_details())) {
    for (const auto& detail : wire.details()) {
      json["details"].push_back(DetailJson(detail));
    }
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

int ConnectHttpStatus(grpc::StatusCode code) {
  return FindCode(code).http_status;
}

}  // namespace kbsearch::server
