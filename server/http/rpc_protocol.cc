#include "server/http/rpc_protocol.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "server/http/gzip.h"

namespace kbsearch::server {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;

constexpr size_t kEnvelopeHead = 5;
constexpr unsigned char kCompressed = 0x01;
constexpr unsigned char kConnectEnd = 0x02;
constexpr unsigned char kGrpcWebTrailers = 0x80;
// Smaller messages hardly shrink.
constexpr size_t kLeastToCompress = 1024;
constexpr size_t kMaxTimeoutDigits = 8;

struct KnownType {
  const char* type;
  RpcProtocol protocol;
  ConnectEncoding encoding;
  bool base64;
};
constexpr KnownType kTypes[] = {
    {"application/json", RpcProtocol::kConnectUnary, ConnectEncoding::kJson,
     false},
    {"application/proto", RpcProtocol::kConnectUnary, ConnectEncoding::kProto,
     false},
    {"application/connect+json", RpcProtocol::kConnectStream,
     ConnectEncoding::kJson, false},
    {"application/connect+proto", RpcProtocol::kConnectStream,
     ConnectEncoding::kProto, false},
    {"application/grpc-web", RpcProtocol::kGrpcWeb, ConnectEncoding::kProto,
     false},
    {"application/grpc-web+proto", RpcProtocol::kGrpcWeb,
     ConnectEncoding::kProto, false},
    {"application/grpc-web+json", RpcProtocol::kGrpcWeb, ConnectEncoding::kJson,
     false},
    {"application/grpc-web-text", RpcProtocol::kGrpcWeb,
     ConnectEncoding::kProto, true},
    {"application/grpc-web-text+proto", RpcProtocol::kGrpcWeb,
     ConnectEncoding::kProto, true},
};

bool ListsGzip(const std::string& header) {
  for (absl::string_view part : absl::StrSplit(header, ',')) {
    // "gzip;q=0" is a refusal, which no browser sends.
    const absl::string_view name =
        absl::StripAsciiWhitespace(part.substr(0, part.find(';')));
    if (absl::EqualsIgnoreCase(name, "gzip") && !absl::EndsWith(part, "q=0")) {
      return true;
    }
  }
  return false;
}

// Where a protocol names the compression of what is sent and taken.
const char* SentCompressionHeader(const RpcFormat& format) {
  switch (format.protocol) {
    case RpcProtocol::kConnectUnary:
      return "content-encoding";
    case RpcProtocol::kConnectStream:
      return "connect-content-encoding";
    case RpcProtocol::kGrpcWeb:
      return "grpc-encoding";
  }
  return "";
}

const char* TakenCompressionHeader(const RpcFormat& format) {
  switch (format.protocol) {
    case RpcProtocol::kConnectUnary:
      return "accept-encoding";
    case RpcProtocol::kConnectStream:
      return "connect-accept-encoding";
    case RpcProtocol::kGrpcWeb:
      return "grpc-accept-encoding";
  }
  return "";
}

std::optional<RpcFormat> ParseGet(const HttpRequest& request) {
  RpcFormat format;
  format.is_get = true;
  const std::string& encoding = request.Query("encoding");
  if (encoding == "proto") {
    format.encoding = ConnectEncoding::kProto;
  } else if (encoding != "json") {
    return std::nullopt;
  }
  format.content_type = ConnectContentType(format.encoding);
  format.accepts_gzip = AcceptsGzip(request);
  return format;
}

absl::StatusOr<bool> SentCompressed(const HttpRequest& request,
                                    const RpcFormat& format) {
  const std::string name = format.is_get ? "compression (in the query)"
                                         : SentCompressionHeader(format);
  const std::string& value =
      format.is_get ? request.Query("compression")
                    : request.Header(SentCompressionHeader(format));
  if (value.empty() || value == "identity") return false;
  if (value == "gzip") return true;
  return absl::UnimplementedError(
      absl::StrCat(name, ": this server takes gzip and identity"));
}

absl::StatusOr<std::string> GetMessage(const HttpRequest& request) {
  const std::string& message = request.Query("message");
  if (request.Query("base64") != "1") return message;
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(message, &bytes)) {
    return absl::InvalidArgumentError("message: not URL-safe base64");
  }
  return bytes;
}

size_t EnvelopeLength(std::string_view head) {
  size_t length = 0;
  for (size_t i = 1; i < kEnvelopeHead; ++i) {
    length = length << 8 | static_cast<unsigned char>(head[i]);
  }
  return length;
}

absl::StatusOr<std::vector<std::string>> OpenEnvelopes(std::string_view body,
                                                       bool compressed,
                                                       size_t max_bytes) {
  std::vector<std::string> messages;
  while (!body.empty()) {
    if (body.size() < kEnvelopeHead ||
        body.size() - kEnvelopeHead < EnvelopeLength(body)) {
      return absl::InvalidArgumentError("the body ends inside an envelope");
    }
    const auto flags = static_cast<unsigned char>(body[0]);
    const size_t length = EnvelopeLength(body);
    const std::string_view message = body.substr(kEnvelopeHead, length);
    body.remove_prefix(kEnvelopeHead + length);
    if ((flags & ~kCompressed) != 0) continue;  // no message: trailers, an end
    if ((flags & kCompressed) == 0) {
      messages.emplace_back(message);
    } else if (!compressed) {
      return absl::InvalidArgumentError(
          "a message is compressed and no header says how");
    } else {
      absl::StatusOr<std::string> bytes = Gunzip(message, max_bytes);
      if (!bytes.ok()) return bytes.status();
      max_bytes -= bytes->size();
      messages.push_back(*std::move(bytes));
    }
  }
  return messages;
}

absl::StatusOr<std::vector<std::string>> RawMessages(const HttpRequest& request,
                                                     const RpcFormat& format,
                                                     size_t max_bytes) {
  absl::StatusOr<bool> compressed = SentCompressed(request, format);
  if (!compressed.ok()) return compressed.status();
  if (!format.whole()) {
    std::string decoded;
    if (format.base64 && !absl::Base64Unescape(request.body, &decoded)) {
      return absl::InvalidArgumentError("the body is not base64");
    }
    return OpenEnvelopes(format.base64 ? decoded : request.body, *compressed,
                         max_bytes);
  }
  absl::StatusOr<std::string> body = request.body;
  if (format.is_get) body = GetMessage(request);
  if (body.ok() && *compressed) body = Gunzip(*body, max_bytes);
  if (!body.ok()) return body.status();
  return std::vector<std::string>{*std::move(body)};
}

absl::Status CheckShape(const RpcFormat& format,
                        const MethodDescriptor& method) {
  const bool streams = method.client_streaming() || method.server_streaming();
  if (format.whole() && streams) {
    return absl::UnimplementedError(
        "this method streams: send application/connect+json or "
        "application/grpc-web+proto");
  }
  if (format.is_get &&
      method.options().idempotency_level() != MethodOptions::NO_SIDE_EFFECTS) {
    return absl::UnimplementedError("this method has effects: use POST");
  }
  if (method.client_streaming() && method.server_streaming()) {
    return absl::UnimplementedError(
        "methods that stream both ways are served by gRPC only");
  }
  return absl::OkStatus();
}

std::string Envelope(unsigned char flags, std::string_view message) {
  const auto size = static_cast<uint32_t>(message.size());
  const char head[kEnvelopeHead] = {
      static_cast<char>(flags), static_cast<char>(size >> 24),
      static_cast<char>(size >> 16), static_cast<char>(size >> 8),
      static_cast<char>(size)};
  return absl::StrCat(absl::string_view(head, kEnvelopeHead),
                      absl::string_view(message.data(), message.size()));
}

std::string Wrap(const RpcFormat& format, std::string envelope) {
  return format.base64 ? absl::Base64Escape(envelope) : envelope;
}

// "100 % ώ" → "100 %25 %CF%8E": printable ASCII, as gRPC wants its messages.
std::string PercentEncode(const std::string& text) {
  std::string encoded;
  for (const char c : text) {
    if (c >= 0x20 && c < 0x7f && c != '%') {
      encoded.push_back(c);
    } else {
      absl::StrAppend(&encoded, "%",
                      absl::AsciiStrToUpper(
                          absl::BytesToHexString(absl::string_view(&c, 1))));
    }
  }
  return encoded;
}

std::string GrpcWebTrailers(const grpc::Status& status) {
  std::string trailers = absl::StrCat(
      "grpc-status: ", static_cast<int>(status.error_code()), "\r\n");
  if (!status.error_message().empty()) {
    absl::StrAppend(&trailers,
                    "grpc-message: ", PercentEncode(status.error_message()),
                    "\r\n");
  }
  if (!status.error_details().empty()) {
    absl::StrAppend(&trailers, "grpc-status-details-bin: ",
                    absl::Base64Escape(status.error_details()), "\r\n");
  }
  return trailers;
}

std::string ConnectEndJson(const grpc::Status& status) {
  if (status.ok()) return "{}";
  return absl::StrCat("{\"error\":", ConnectErrorJson(status), "}");
}

}  // namespace

bool AcceptsGzip(const HttpRequest& request) {
  return ListsGzip(request.Header("accept-encoding"));
}

std::optional<RpcFormat> ParseRpcFormat(const HttpRequest& request) {
  if (request.method == "GET") return ParseGet(request);
  const std::string& header = request.Header("content-type");
  const std::string type = absl::AsciiStrToLower(absl::StripAsciiWhitespace(
      absl::string_view(header).substr(0, header.find(';'))));
  for (const KnownType& known : kTypes) {
    if (type != known.type) continue;
    RpcFormat format;
    format.protocol = known.protocol;
    format.encoding = known.encoding;
    format.base64 = known.base64;
    format.content_type = known.type;
    format.accepts_gzip =
        ListsGzip(request.Header(TakenCompressionHeader(format)));
    return format;
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<std::chrono::milliseconds>> ParseRpcTimeout(
    const HttpRequest& request, const RpcFormat& format) {
  using std::chrono::milliseconds;
  if (format.protocol != RpcProtocol::kGrpcWeb) {
    const std::string& value = request.Header("connect-timeout-ms");
    if (value.empty()) return std::optional<milliseconds>();
    absl::StatusOr<milliseconds> timeout = ParseConnectTimeout(value);
    if (!timeout.ok()) return timeout.status();
    return std::optional<milliseconds>(*timeout);
  }
  const std::string& value = request.Header("grpc-timeout");
  if (value.empty()) return std::optional<milliseconds>();
  const absl::string_view digits(value.data(), value.size() - 1);
  int64_t count = 0;
  static const auto& units = *new std::map<char, double>{
      {'H', 3.6e6}, {'M', 6e4}, {'S', 1e3}, {'m', 1}, {'u', 1e-3}, {'n', 1e-6}};
  const auto unit = units.find(value.back());
  if (unit == units.end() || digits.empty() ||
      digits.size() > kMaxTimeoutDigits ||
      digits.find_first_not_of("0123456789") != absl::string_view::npos ||
      !absl::SimpleAtoi(digits, &count)) {
    return absl::InvalidArgumentError(
        "grpc-timeout: 1 to 8 digits and one of H, M, S, m, u, n");
  }
  return std::optional<milliseconds>(
      static_cast<int64_t>(static_cast<double>(count) * unit->second));
}

absl::StatusOr<std::vector<std::string>> DecodeRpcMessages(
    const HttpRequest& request, const RpcFormat& format,
    const MethodDescriptor& method, size_t max_bytes) {
  if (absl::Status status = CheckShape(format, method); !status.ok()) {
    return status;
  }
  absl::StatusOr<std::vector<std::string>> messages =
      RawMessages(request, format, max_bytes);
  if (!messages.ok()) return messages;
  if (!method.client_streaming() && messages->size() != 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the body holds ", messages->size(), " messages; one is wanted"));
  }
  for (std::string& message : *messages) {
    absl::StatusOr<std::string> bytes =
        DecodeConnectRequest(*method.input_type(), format.encoding, message);
    if (!bytes.ok()) return bytes.status();
    message = *std::move(bytes);
  }
  return messages;
}

absl::StatusOr<std::string> EncodeRpcEnvelope(
    const google::protobuf::Descriptor& type, const RpcFormat& format,
    std::string bytes) {
  absl::StatusOr<std::string> message =
      EncodeConnectResponse(type, format.encoding, std::move(bytes));
  if (!message.ok()) return message.status();
  const bool compress =
      format.accepts_gzip && message->size() >= kLeastToCompress;
  return Wrap(format, compress ? Envelope(kCompressed, Gzip(*message))
                               : Envelope(0, *message));
}

std::string EncodeRpcEnd(const RpcFormat& format, const grpc::Status& status) {
  if (format.protocol == RpcProtocol::kGrpcWeb) {
    return Wrap(format, Envelope(kGrpcWebTrailers, GrpcWebTrailers(status)));
  }
  return Envelope(kConnectEnd, ConnectEndJson(status));
}

}  // namespace kbsearch::server
