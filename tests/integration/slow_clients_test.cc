// Clients of the HTTP port that leave, trickle, or do not take their answer.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/integration/gateway_fixture.h"

namespace kbsearch::testing {
namespace {

class SlowClientsTest : public GatewayFixture {
 protected:
  // With a receive buffer of so many bytes; 0: as large as the system likes.
  int Connect(int receive_buffer = 0) const {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (receive_buffer > 0) {
      EXPECT_EQ(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer,
                           sizeof(receive_buffer)),
                0);
    }
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(
        connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    return fd;
  }
};

// The daemon waits a second only for an answer to be taken.
class UntakenAnswerTest : public SlowClientsTest {
 protected:
  UntakenAnswerTest() { options_.send_seconds = 1; }
};

// The daemon waits a second only for a request to be whole.
class TricklingRequestTest : public SlowClientsTest {
 protected:
  TricklingRequestTest() { options_.receive_seconds = 1; }
};

std::string WaitingRequest() {
  const std::string body = Envelope(R"({"reindexId":"wait"})");
  return absl::StrCat(
      "POST ", kWatch,
      " HTTP/1.1\r\nHost: x\r\nContent-Type: application/connect+json\r\n"
      "Content-Length: ",
      body.size(), "\r\n\r\n", body);
}

TEST_F(SlowClientsTest, AClientThatLeavesEndsItsStream) {
  const int fd = Connect();
  const std::string request = WaitingRequest();
  ASSERT_EQ(send(fd, request.data(), request.size(), 0),
            static_cast<ssize_t>(request.size()));
  char piece[512];
  ASSERT_GT(recv(fd, piece, sizeof(piece), 0), 0);
  close(fd);
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!admin_.client_left && std::chrono::steady_clock::now() < limit) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(admin_.client_left);
}

// At any moment of a stream's beginning; TearDown waits for every one of them.
TEST_F(SlowClientsTest, ClientsThatLeaveAtOnceLeaveNothingBehind) {
  const std::string request = WaitingRequest();
  for (int i = 0; i < 50; ++i) {
    const int fd = Connect();
    ASSERT_EQ(send(fd, request.data(), request.size(), 0),
              static_cast<ssize_t>(request.size()));
    std::this_thread::sleep_for(std::chrono::microseconds(i * 40));
    close(fd);
  }
}

TEST_F(UntakenAnswerTest, IsEnded) {
  EXPECT_GT(Post(kGet, "application/json", "{}").body.size(), kLargeAnswer);
  const int fd = Connect(4096);
  const std::string request =
      absl::StrCat("POST ", kGet,
                   " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                   "Content-Length: 2\r\n\r\n{}");
  ASSERT_EQ(send(fd, request.data(), request.size(), 0),
            static_cast<ssize_t>(request.size()));
  // Reads nothing for longer than the server waits.
  std::this_thread::sleep_for(std::chrono::seconds(3));
  size_t taken = 0;
  std::vector<char> piece(1 << 16);
  for (ssize_t read = 1; read > 0;) {
    read = recv(fd, piece.data(), piece.size(), 0);
    if (read > 0) taken += static_cast<size_t>(read);
  }
  EXPECT_LT(taken, kLargeAnswer);
  close(fd);
}

TEST_F(TricklingRequestTest, IsEnded) {
  const int fd = Connect();
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  ASSERT_EQ(send(fd, head.data(), head.size(), 0),
            static_cast<ssize_t>(head.size()));
  const auto start = std::chrono::steady_clock::now();
  bool ended = false;
  // A byte now and then keeps any idle timer from running out.
  while (!ended &&
         std::chrono::steady_clock::now() - start < std::chrono::seconds(5)) {
    send(fd, "x", 1, MSG_NOSIGNAL);
    pollfd poller = {fd, POLLIN, 0};
    char byte;
    ended = poll(&poller, 1, 100) == 1 && recv(fd, &byte, 1, 0) <= 0;
  }
  EXPECT_TRUE(ended);
  close(fd);
}

}  // namespace
}  // namespace kbsearch::testing
