#include "server/http/http_gateway.h"

#include <grpcpp/client_context.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/grpc_status.h"
#include "server/http/connect_codec.h"
#include "server/http/rpc_call.h"
#include "server/http/rpc_protocol.h"
#include "server/request_id.h"

namespace kbsearch::server {
namespace {

using google::protobuf::MethodDescriptor;

// Of calls whose client names no timeout.
constexpr std::chrono::seconds kDefaultTimeout{30};
constexpr char kAcceptedTypes[] =
    "application/json, application/proto, application/connect+json, "
    "application/connect+proto, application/grpc-web+proto, "
    "application/grpc-web-text";
// Of a request's messages together, uncompressed; as over gRPC.
constexpr size_t kMaxMessageBytes = 4 << 20;
constexpr int kContentTooLarge = 413;
// Other sites' pages load this one file.
constexpr char kWidget[] = "/widget.js";

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

absl::Status TooLarge() {
  return absl::ResourceExhaustedError(absl::StrCat(
      "the body is above ", kMaxMessageBytes, " bytes: send it in parts"));
}

HttpResponse ErrorResponse(const absl::Status& status) {
  return ErrorResponse(ToGrpcStatus(status, ""));
}

HttpResponse TicketTooLarge() {
  HttpResponse response = ErrorResponse(absl::ResourceExhaustedError(
      absl::StrCat("the ticket is above ", kMaxMessageBytes,
                   " bytes: shorten its body, attachments are not taken")));
  response.status = kContentTooLarge;
  return response;
}

// gRPC aborts the program on a header value that is not printable ASCII.
bool IsPrintableAscii(const std::string& value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c >= 0x20 && c < 0x7f; });
}

absl::Status CheckVersion(const HttpRequest& request, const RpcFormat& format) {
  if (format.protocol == RpcProtocol::kGrpcWeb) return absl::OkStatus();
  const std::string& version = format.is_get
                                   ? request.Query("connect")
                                   : request.Header("connect-protocol-version");
  if (version.empty() || version == (format.is_get ? "v1" : "1")) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "connect-protocol-version: this server speaks version 1");
}

// What goes with the call beside its messages.
absl::StatusOr<std::unique_ptr<grpc::ClientContext>> MakeContext(
    const HttpRequest& request, const RpcTarget& target) {
  if (absl::Status status = CheckVersion(request, target.format);
      !status.ok()) {
    return status;
  }
  auto context = std::make_unique<grpc::ClientContext>();
  absl::StatusOr<std::optional<std::chrono::milliseconds>> timeout =
      ParseRpcTimeout(request, target.format);
  if (!timeout.ok()) return timeout.status();
  // A stream lasts as long as its client does.
  if (!*timeout && !target.method->server_streaming()) {
    *timeout = kDefaultTimeout;
  }
  if (*timeout) {
    context->set_deadline(std::chrono::system_clock::now() + **timeout);
  }
  if (const std::string& value = request.Header("authorization");
      !value.empty()) {
    if (!IsPrintableAscii(value)) {
      return absl::UnauthenticatedError("authorization: not a token");
    }
    context->AddMetadata("authorization", value);
  }
  context->AddMetadata("x-request-id", target.request_id);
  return context;
}

}  // namespace

HttpGateway::HttpGateway(Backend backend)
    : backend_(std::move(backend)), stub_(backend_.channel) {}

void HttpGateway::Handle(std::shared_ptr<const HttpRequest> request,
                         HttpReply reply) {
  const HttpReply secured = [this, request,
                             reply = std::move(reply)](HttpResponse response) {
    for (const auto& [name, value] : kSecurityHeaders) {
      response.headers.emplace_back(name, value);
    }
    response.headers.emplace_back(
        "Cross-Origin-Resource-Policy",
        request->path == kWidget ? "cross-origin" : "same-origin");
    backend_.cors.AddHeaders(*request, &response);
    reply(std::move(response));
  };
  const bool is_call = absl::StartsWith(request->path, "/kbsearch.v1.");
  if (request->method == "OPTIONS" && backend_.cors.IsPreflight(*request)) {
    secured(TextResponse(204, ""));
  } else if (is_call) {
    CallMethod(*request, secured);
  } else if (request->path == "/tickets") {
    TakeTicket(*request, secured);
  } else if (request->method != "GET" && request->method != "HEAD") {
    secured(NotAllowed("GET, HEAD"));
  } else {
    secured(Page(*request));
  }
}

void HttpGateway::Close() {
  std::unique_lock<std::shared_mutex> lock(mutex_);
  closed_ = true;
}

void HttpGateway::CallMethod(const HttpRequest& request, HttpReply reply) {
  RpcTarget target;
  target.method = FindConnectMethod(request.path);
  target.path = request.path;
  target.request_id = RequestIdFrom(request.Header("x-request-id"));
  if (target.method == nullptr) {
    HttpResponse response = ErrorResponse(grpc::Status(
        grpc::StatusCode::UNIMPLEMENTED, "there is no such method"));
    response.status = 404;
    return reply(std::move(response));
  }
  if (request.method != "POST" &&
      (request.method != "GET" || request.query.empty())) {
    return reply(NotAllowed("GET, POST"));
  }
  std::optional<RpcFormat> format = ParseRpcFormat(request);
  if (!format) {
    HttpResponse response = TextResponse(
        415, absl::StrCat("content-type: use one of ", kAcceptedTypes, "\n"));
    response.headers.emplace_back("Accept-Post", kAcceptedTypes);
    return reply(std::move(response));
  }
  target.format = *std::move(format);
  absl::StatusOr<std::unique_ptr<grpc::ClientContext>> context =
      MakeContext(request, target);
  if (request.is_too_large) {
    HttpResponse response =
        RpcErrorResponse(target, ToGrpcStatus(TooLarge(), target.request_id));
    if (target.format.whole()) response.status = kContentTooLarge;
    return reply(std::move(response));
  }
  absl::Status status = context.status();
  std::vector<std::string> messages;
  if (status.ok()) {
    absl::StatusOr<std::vector<std::string>> decoded = DecodeRpcMessages(
        request, target.format, *target.method, kMaxMessageBytes);
    status = decoded.status();
    if (decoded.ok()) messages = *std::move(decoded);
  }
  if (!status.ok()) {
    return reply(
        RpcErrorResponse(target, ToGrpcStatus(status, target.request_id)));
  }
  std::shared_lock<std::shared_mutex> lock(mutex_);
  if (closed_) {
    return reply(RpcErrorResponse(
        target,
        grpc::Status(grpc::StatusCode::UNAVAILABLE, "the server is stopping")));
  }
  StartRpcCall(stub_, std::move(target), *std::move(context),
               std::move(messages), std::move(reply));
}

void HttpGateway::TakeTicket(const HttpRequest& request, HttpReply reply) {
  if (request.method != "POST") return reply(NotAllowed("POST"));
  absl::Status status = backend_.admit(request.Header("authorization"));
  if (status.ok() && backend_.tickets == nullptr) {
    status = absl::UnimplementedError(
        "this server takes no tickets; it has no ticket-webhook");
  }
  if (!status.ok()) return reply(ErrorResponse(status));
  if (request.is_too_large) return reply(TicketTooLarge());
  absl::StatusOr<std::string> ticket = CheckTicket(request.body);
  if (!ticket.ok()) return reply(ErrorResponse(ticket.status()));
  backend_.tickets->Send(*std::move(ticket), [reply](const absl::Status& sent) {
    reply(sent.ok() ? MakeResponse(200, "application/json", "{}")
                    : ErrorResponse(sent));
  });
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
  } else if (file->gzipped != nullptr) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (AcceptsGzip(request)) {
      response.headers.emplace_back("Content-Encoding", "gzip");
      response.body = file->gzipped;
    }
  }
  if (response.status == 200 && response.body == nullptr) {
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
  const nlohmann::json json = {{"corpora", names},
                               {"languages", languages},
                               {"tickets", backend_.tickets != nullptr}};
  return MakeResponse(200, "application/json", json.dump());
}

}  // namespace kbsearch::server
