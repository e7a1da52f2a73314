#include "server/http/rpc_protocol.h"

#include <gtest/gtest.h>

#include <optional>

namespace kbsearch::server {
namespace {

using std::chrono::milliseconds;

HttpRequest Post(const std::string& type) {
  HttpRequest request;
  request.method = "POST";
  request.headers["content-type"] = type;
  return request;
}

TEST(RpcProtocolTest, ContentTypes) {
  const struct {
    const char* value;
    RpcProtocol protocol;
    ConnectEncoding encoding;
  } kCases[] = {
      {"application/json", RpcProtocol::kConnectUnary, ConnectEncoding::kJson},
      {"Application/JSON; charset=utf-8", RpcProtocol::kConnectUnary,
       ConnectEncoding::kJson},
      {" application/proto ", RpcProtocol::kConnectUnary,
       ConnectEncoding::kProto},
      {"application/connect+json", RpcProtocol::kConnectStream,
       ConnectEncoding::kJson},
      {"application/grpc-web", RpcProtocol::kGrpcWeb, ConnectEncoding::kProto},
      {"application/grpc-web+json", RpcProtocol::kGrpcWeb,
       ConnectEncoding::kJson},
  };
  for (const auto& c : kCases) {
    const std::optional<RpcFormat> format = ParseRpcFormat(Post(c.value));
    ASSERT_TRUE(format) << c.value;
    EXPECT_EQ(format->protocol, c.protocol) << c.value;
    EXPECT_EQ(format->encoding, c.encoding) << c.value;
  }
  EXPECT_TRUE(ParseRpcFormat(Post("application/grpc-web-text"))->base64);
  for (const char* value : {"", "text/plain", "application/grpc", "json"}) {
    EXPECT_FALSE(ParseRpcFormat(Post(value))) << value;
  }
}

TEST(RpcProtocolTest, Gzip) {
  for (const auto& [value, accepted] :
       {std::pair<const char*, bool>{"gzip", true},
        {"br, GZIP;q=0.5", true},
        {"gzip;q=0", false},
        {"br", false},
        {"", false}}) {
    HttpRequest request = Post("application/json");
    request.headers["accept-encoding"] = value;
    EXPECT_EQ(AcceptsGzip(request), accepted) << value;
  }
}

TEST(RpcProtocolTest, GrpcTimeouts) {
  const RpcFormat format = *ParseRpcFormat(Post("application/grpc-web"));
  for (const auto& [value, wanted] :
       {std::pair<const char*, milliseconds>{"1H", milliseconds(3600000)},
        {"2M", milliseconds(120000)},
        {"3S", milliseconds(3000)},
        {"100m", milliseconds(100)},
        {"5000u", milliseconds(5)},
        {"99999999n", milliseconds(99)}}) {
    HttpRequest request = Post("application/grpc-web");
    request.headers["grpc-timeout"] = value;
    EXPECT_EQ(ParseRpcTimeout(request, format).value(), wanted) << value;
  }
  for (const char* value : {"S", "1", "123456789S", "-1S", "1s", "1 S"}) {
    HttpRequest request = Post("application/grpc-web");
    request.headers["grpc-timeout"] = value;
    EXPECT_FALSE(ParseRpcTimeout(request, format).ok()) << value;
  }
  EXPECT_EQ(ParseRpcTimeout(Post("application/grpc-web"), format).value(),
            std::nullopt);
}

}  // namespace
}  // namespace kbsearch::server
