// The protocols that browsers call RPCs by, over HTTP: Connect (unary, GET,
// streaming) and gRPC-Web. From an HTTP request to messages, and back. No
// sockets here.
//
//   Connect unary    POST application/json, application/proto
//   Connect GET      GET ?connect=v1&encoding=json&message=…
//   Connect stream   POST application/connect+json, application/connect+proto
//   gRPC-Web         POST application/grpc-web[+proto|+json],
//                    application/grpc-web-text[+proto]
//
// Streams and gRPC-Web send messages in envelopes: a byte of flags, the length
// in four bytes (big endian), the message. {} as Connect JSON:
//   00 00000002 "{}"
#ifndef KBSEARCH_SERVER_HTTP_RPC_PROTOCOL_H_
#define KBSEARCH_SERVER_HTTP_RPC_PROTOCOL_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/http/connect_codec.h"
#include "server/http/http_daemon.h"

namespace kbsearch::server {

enum class RpcProtocol { kConnectUnary, kConnectStream, kGrpcWeb };

// How a call is made and wants to be answered.
struct RpcFormat {
  RpcProtocol protocol = RpcProtocol::kConnectUnary;
  ConnectEncoding encoding = ConnectEncoding::kJson;
  bool base64 = false;  // gRPC-Web "text"
  bool is_get = false;
  bool accepts_gzip = false;
  std::string content_type;  // of the answer

  // One HTTP body is one message.
  bool whole() const { return protocol == RpcProtocol::kConnectUnary; }
};

// Whether accept-encoding lists gzip.
bool AcceptsGzip(const HttpRequest& request);

// The format that the method and content-type name; nothing: not one of these.
std::optional<RpcFormat> ParseRpcFormat(const HttpRequest& request);

// The protocols' timeouts, connect-timeout-ms and grpc-timeout ("100m": 100
// ms); nothing when none is set. InvalidArgument otherwise.
absl::StatusOr<std::optional<std::chrono::milliseconds>> ParseRpcTimeout(
    const HttpRequest& request, const RpcFormat& format);

// The call's messages, in protobuf's binary form. InvalidArgument: not of the
// type, broken envelopes. Unimplemented: a compression other than gzip, or a
// method that streams where the protocol does not. ResourceExhausted: above
// `max_bytes` when uncompressed.
absl::StatusOr<std::vector<std::string>> DecodeRpcMessages(
    const HttpRequest& request, const RpcFormat& format,
    const google::protobuf::MethodDescriptor& method, size_t max_bytes);

// The envelope of a message, compressed when the client takes that and it pays.
// Internal: the bytes are no message of the type.
absl::StatusOr<std::string> EncodeRpcEnvelope(
    const google::protobuf::Descriptor& type, const RpcFormat& format,
    std::string bytes);

// The last envelope: how the call ended.
std::string EncodeRpcEnd(const RpcFormat& format, const grpc::Status& status);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_RPC_PROTOCOL_H_
