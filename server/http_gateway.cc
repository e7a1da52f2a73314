#include "server/http_gateway.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/connect_codec.h"
#include "server/grpc_status.h"
#include "server/request_id.h"

namespace kbsearch::server {
namespace {

using google::protobuf::MethodDescriptor;

// Of calls whose client names no timeout.
constexpr std::chrono::seconds kDefaultTimeout{30};
constexpr char kAcceptedTypes[] = "application/json, application/proto";

// The portal loads nothing from elsewhere and is shown in nobody's frame.
constexpr std::pair<const char*, const char*> kSecurityHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; "
     "img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
     "form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
};

HttpResponse MakeResponse(int status, const std::string& content_type,
                          std::string body) {
  HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", content_type},
                      {"Cache-Control", "no-store"}};
  response.body = std::make_shared<const std::string>(std::move(body));
  return response;
}

HttpResponse TextResponse(int status, std::string text) {
  return MakeResponse(status, "text/plain; charset=utf-8", std::move(text));
}

HttpResponse NotAllowed(const char* allowed) {
  HttpResponse response =
      TextResponse(405, absl::StrCat("use ", allowed, "\n"));
  response.headers.emplace_back("Allow", allowed);
  return response;
}

HttpResponse ErrorResponse(const grpc::Status& status) {
  return MakeResponse(ConnectHttpStatus(status.error_code()),
                      "application/json", ConnectErrorJson(status));
}

HttpResponse ErrorResponse(const absl::Status& status) {
  return ErrorResponse(ToGrpcStatus(status, ""));
}

// gRPC aborts the program on a header value that is not printable ASCII.
bool IsPrintableAscii(const std::string& value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c >= 0x20 && c < 0x7f; });
}

grpc::ByteBuffer ToByteBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return {};
  std::string bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// A call on its way through the in-process channel.
struct PendingCall {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
  const MethodDescriptor* method = nullptr;
  ConnectEncoding encoding = ConnectEncoding::kJson;
  std::string request_id;
  HttpReply reply;

  void Finish(const grpc::Status& status) {
    HttpResponse answer = Answer(status);
    answer.headers.emplace_back("X-Request-Id", request_id);
    reply(std::move(answer));
  }

 private:
  HttpResponse Answer(const grpc::Status& status) const {
    if (!status.ok()) return ErrorResponse(status);
    absl::StatusOr<std::string> body = EncodeConnectResponse(
        *method->output_type(), encoding, ToBytes(response));
    if (!body.ok()) return ErrorResponse(body.status());
    return MakeResponse(200, ConnectContentType(encoding), *std::move(body));
  }
};

// Whether this is a call as the gateway speaks them.
absl::Status CheckProtocol(const HttpRequest& request,
                           const MethodDescriptor& method) {
  const std::string& version = request.Header("connect-protocol-version");
  if (!version.empty() && version != "1") {
    return absl::InvalidArgumentError(
        "connect-protocol-version: this server speaks version 1");
  }
  const std::string& compression = request.Header("content-encoding");
  if (!compression.empty() && compression != "identity") {
    return absl::UnimplementedError(
        "content-encoding: send the body uncompressed");
  }
  if (method.client_streaming() || method.server_streaming()) {
    return absl::UnimplementedError(
        "streaming methods are served by gRPC only");
  }
  return absl::OkStatus();
}

// Checks the headers and fills in everything but the reply.
absl::Status Prepare(const HttpRequest& request, ConnectEncoding encoding,
                     const MethodDescriptor& method, PendingCall* call) {
  if (absl::Status status = CheckProtocol(request, method); !status.ok()) {
    return status;
  }
  std::chrono::milliseconds timeout = kDefaultTimeout;
  if (const std::string& value = request.Header("connect-timeout-ms");
      !value.empty()) {
    absl::StatusOr<std::chrono::milliseconds> parsed =
        ParseConnectTimeout(value);
    if (!parsed.ok()) return parsed.status();
    timeout = *parsed;
  }
  call->context.set_deadline(std::chrono::system_clock::now() + timeout);
  if (const std::string& value = request.Header("authorization");
      !value.empty()) {
    if (!IsPrintableAscii(value)) {
      return absl::UnauthenticatedError("authorization: not a token");
    }
    call->context.AddMetadata("authorization", value);
  }
  call->context.AddMetadata("x-request-id", call->request_id);
  absl::StatusOr<std::string> bytes =
      DecodeConnectRequest(*method.input_type(), encoding, request.body);
  if (!bytes.ok()) return bytes.status();
  call->request = ToByteBuffer(*bytes);
  call->encoding = encoding;
  call->method = &method;
  return absl::OkStatus();
}

}  // namespace

HttpGateway::HttpGateway(Backend backend)
    : backend_(std::move(backend)), stub_(backend_.channel) {}

void HttpGateway::Handle(std::shared_ptr<const HttpRequest> request,
                         HttpReply reply) {
  const HttpReply secured = [reply = std::move(reply)](HttpResponse response) {
    for (const auto& [name, value] : kSecurityHeaders) {
      response.headers.emplace_back(name, value);
    }
    reply(std::move(response));
  };
  if (absl::StartsWith(request->path, "/kbsearch.v1.")) {
    CallMethod(*request, secured);
  } else if (request->method != "GET" && request->method != "HEAD") {
    secured(NotAllowed("GET, HEAD"));
  } else {
    secured(Page(*request));
  }
}

void HttpGateway::CallMethod(const HttpRequest& request, HttpReply reply) {
  const MethodDescriptor* method = FindConnectMethod(request.path);
  if (method == nullptr) {
    HttpResponse response = ErrorResponse(grpc::Status(
        grpc::StatusCode::UNIMPLEMENTED, "there is no such method"));
    response.status = 404;
    return reply(std::move(response));
  }
  if (request.method != "POST") return reply(NotAllowed("POST"));
  const std::optional<ConnectEncoding> encoding =
      ParseConnectContentType(request.Header("content-type"));
  if (!encoding) {
    HttpResponse response = TextResponse(
        415, absl::StrCat("content-type: use one of ", kAcceptedTypes, "\n"));
    response.headers.emplace_back("Accept-Post", kAcceptedTypes);
    return reply(std::move(response));
  }
  auto call = std::make_shared<PendingCall>();
  call->request_id = RequestIdFrom(request.Header("x-request-id"));
  call->reply = std::move(reply);
  if (absl::Status status = Prepare(request, *encoding, *method, call.get());
      !status.ok()) {
    return call->Finish(ToGrpcStatus(status, call->request_id));
  }
  stub_.UnaryCall(&call->context, request.path, grpc::StubOptions(),
                  &call->request, &call->response,
                  [call](const grpc::Status& status) { call->Finish(status); });
}

HttpResponse HttpGateway::Page(const HttpRequest& request) const {
  if (request.path == "/healthz") return TextResponse(200, "ok\n");
  if (request.path == "/readyz") {
    return backend_.ready() ? TextResponse(200, "ready\n")
                            : TextResponse(503, "opening the index\n");
  }
  if (request.path == "/metrics") {
    return MakeResponse(200, "text/plain; version=0.0.4; charset=utf-8",
                        backend_.metrics());
  }
  if (request.path == "/config.json") return ConfigJson();
  const PortalFile* file = backend_.portal.Find(request.path);
  if (file == nullptr) return TextResponse(404, "there is no such page\n");
  HttpResponse response;
  response.headers = {{"Content-Type", file->content_type},
                      {"Cache-Control", "no-cache"},
                      {"ETag", file->etag}};
  if (request.Header("if-none-match") == file->etag) {
    response.status = 304;
  } else {
    response.body = file->content;
  }
  return response;
}

HttpResponse HttpGateway::ConfigJson() const {
  if (!backend_.ready()) return TextResponse(503, "opening the index\n");
  nlohmann::json names = nlohmann::json::array();
  std::set<std::string> languages;
  for (const engine::CorpusInfo& corpus : backend_.corpora()) {
    // Anybody may read this: corpora with nothing for the public stay unnamed.
    bool is_public = false;
    for (const engine::LanguageStats& stats : corpus.languages) {
      if (stats.public_articles == 0) continue;
      is_public = true;
      languages.insert(stats.language);
    }
    if (is_public) names.push_back(corpus.name);
  }
  const nlohmann::json json = {{"corpora", names}, {"languages", languages}};
  return MakeResponse(200, "application/json", json.dump());
}

}  // namespace kbsearch::server
