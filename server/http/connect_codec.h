// What the browsers' protocols share: names of codes, HTTP statuses, messages
// as JSON (proto3 JSON mapping) or binary. No sockets here.
#ifndef KBSEARCH_SERVER_HTTP_CONNECT_CODEC_H_
#define KBSEARCH_SERVER_HTTP_CONNECT_CODEC_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kbsearch::server {

enum class ConnectEncoding { kJson, kProto };

const char* ConnectContentType(ConnectEncoding encoding);

// The method of "/kbsearch.v1.SearchService/Search" when it is one of this
// product's own; nullptr otherwise.
const google::protobuf::MethodDescriptor* FindConnectMethod(
    std::string_view path);

// The value of connect-timeout-ms: 1 to 10 digits. InvalidArgument otherwise.
absl::StatusOr<std::chrono::milliseconds> ParseConnectTimeout(
    std::string_view value);

// A request's body → the message's bytes. An empty JSON body is an empty
// message. InvalidArgument tells what is wrong, without the text itself.
absl::StatusOr<std::string> DecodeConnectRequest(
    const google::protobuf::Descriptor& type, ConnectEncoding encoding,
    const std::string& body);

// A message's bytes → a response's body. Internal: not of that type.
absl::StatusOr<std::string> EncodeConnectResponse(
    const google::protobuf::Descriptor& type, ConnectEncoding encoding,
    std::string bytes);

// {"code":"not_found","message":"…","details":[{"type","value","debug"}]}
std::string ConnectErrorJson(const grpc::Status& status);
int ConnectHttpStatus(grpc::StatusCode code);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_CONNECT_CODEC_H_
