#include "server/http/socket_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kbsearch::server {
namespace {

TEST(SocketAddressTest, Parses) {
  const struct {
    const char* text;
    const char* host;
    int port;
    bool loopback;
  } kCases[] = {
      {"127.0.0.1:50051", "127.0.0.1", 50051, true},
      {"127.8.9.10:1", "127.8.9.10", 1, true},
      {"localhost:0", "localhost", 0, true},
      {"[::1]:8080", "::1", 8080, true},
      {"0.0.0.0:80", "0.0.0.0", 80, false},
      {"[::]:80", "::", 80, false},
      {"192.168.1.2:80", "192.168.1.2", 80, false},
      {"127.example.com:80", "127.example.com", 80, false},
      {"kb.example.com:65535", "kb.example.com", 65535, false},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.text);
    const auto address = ParseSocketAddress(c.text);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->host, c.host);
    EXPECT_EQ(address->port, c.port);
    EXPECT_EQ(address->IsLoopback(), c.loopback);
    EXPECT_EQ(address->ToString(), c.text);
  }
}

TEST(SocketAddressTest, RefusesOthers) {
  for (const char* text :
       {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http",
        "127.0.0.1:-1", "127.0.0.1:65536", "::1:8080", "off"}) {
    EXPECT_FALSE(ParseSocketAddress(text).ok()) << text;
  }
}

TEST(SocketAddressTest, ASecondListenerIsToldThatThePortIsTaken) {
  const auto first = ListenOn({"127.0.0.1", 0});
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_GT(first->port, 0);
  const auto second = ListenOn({"127.0.0.1", first->port});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()),
              ::testing::HasSubstr("the port is taken"));
  close(first->fd);
}

}  // namespace
}  // namespace kbsearch::server
