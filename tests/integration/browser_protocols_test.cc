// The protocols of browsers over a real daemon: streams, gRPC-Web, GET,
// compression, other sites' pages, and clients that leave or trickle.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <kbsearch/v1/admin_service.grpc.pb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/gzip.h"
#include "server/http_daemon.h"
#include "server/http_gateway.h"
#include "tests/integration/http_client.h"

namespace kbsearch::testing {
namespace {

using server::Gunzip;
using server::Gzip;
using ::testing::HasSubstr;

constexpr char kWatch[] = "/kbsearch.v1.AdminService/WatchReindex";
constexpr char kList[] = "/kbsearch.v1.AdminService/ListCorpora";
constexpr char kUpsert[] = "/kbsearch.v1.AdminService/UpsertArticles";
constexpr char kGet[] = "/kbsearch.v1.AdminService/GetCorpus";
constexpr size_t kLimit = 4 << 20;
constexpr size_t kLargeAnswer = 3'500'000;

// What WatchReindex does is named by the reindex_id: "3": three messages;
// "20x": twenty large ones; "error": one message, then an error with details;
// "wait": one message, then nothing until the client leaves.
class FakeAdmin final : public v1::AdminService::Service {
 public:
  grpc::Status WatchReindex(
      grpc::ServerContext* context, const v1::WatchReindexRequest* request,
      grpc::ServerWriter<v1::WatchReindexResponse>* writer) override {
    const std::string& id = request->reindex_id();
    const int count = std::max(1, std::atoi(id.c_str()));
    v1::WatchReindexResponse response;
    if (id.back() == 'x') {
      response.mutable_reindex()->set_phase(std::string(100000, 'x'));
    }
    for (int i = 1; i <= count; ++i) {
      response.mutable_reindex()->set_done(i);
      if (!writer->Write(response)) break;
    }
    if (id == "error") {
      return {grpc::StatusCode::DATA_LOSS, "σφάλμα 100 %", "details"};
    }
    while (id == "wait" && !context->IsCancelled()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    client_left = context->IsCancelled();
    return grpc::Status::OK;
  }

  grpc::Status ListCorpora(grpc::ServerContext* /*context*/,
                           const v1::ListCorporaRequest* /*request*/,
                           v1::ListCorporaResponse* response) override {
    response->add_corpora()->set_name(std::string(5000, 'n'));
    return grpc::Status::OK;
  }

  // Larger than what waits in sockets.
  grpc::Status GetCorpus(grpc::ServerContext* /*context*/,
                         const v1::GetCorpusRequest* /*request*/,
                         v1::GetCorpusResponse* response) override {
    response->mutable_corpus()->set_name(std::string(kLargeAnswer, 'n'));
    return grpc::Status::OK;
  }

  grpc::Status UpsertArticles(
      grpc::ServerContext* /*context*/,
      grpc::ServerReader<v1::UpsertArticlesRequest>* reader,
      v1::UpsertArticlesResponse* response) override {
    v1::UpsertArticlesRequest request;
    while (reader->Read(&request)) {
      response->add_results()->set_article_id(request.article().article_id());
    }
    return grpc::Status::OK;
  }

  std::atomic<bool> client_left{false};
};

std::string Envelope(const std::string& message, char flags = 0) {
  const auto size = static_cast<uint32_t>(message.size());
  return std::string{flags, static_cast<char>(size >> 24),
                     static_cast<char>(size >> 16),
                     static_cast<char>(size >> 8), static_cast<char>(size)} +
         message;
}

struct Frame {
  int flags;
  std::string message;
};

std::vector<Frame> Frames(const std::string& body) {
  std::vector<Frame> frames;
  size_t at = 0;
  while (at + 5 <= body.size()) {
    size_t size = 0;
    for (size_t i = 1; i < 5; ++i) {
      size = size << 8 | static_cast<unsigned char>(body[at + i]);
    }
    frames.push_back(
        {static_cast<unsigned char>(body[at]), body.substr(at + 5, size)});
    at += 5 + size;
  }
  EXPECT_EQ(at, body.size()) << "a frame is cut off";
  return frames;
}

class BrowserProtocolsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    grpc::ServerBuilder builder;
    builder.RegisterService(&admin_);
    grpc_ = builder.BuildAndStart();
    server::HttpGateway::Backend backend;
    backend.channel = grpc_->InProcessChannel(grpc::ChannelArguments());
    backend.ready = [] { return true; };
    backend.admit = [](const std::string&) { return absl::OkStatus(); };
    backend.cors = server::CorsPolicy::Parse("https://shop.example").value();
    gateway_ = std::make_unique<server::HttpGateway>(std::move(backend));
    auto listener = server::ListenOn({"127.0.0.1", 0});
    ASSERT_TRUE(listener.ok()) << listener.status();
    port_ = listener->port;
    server::HttpDaemon::Options options;
    options.receive_seconds = 1;
    options.send_seconds = 1;
    auto daemon = server::HttpDaemon::Start(
        *listener, options,
        [this](std::shared_ptr<const server::HttpRequest> request,
               server::HttpReply reply) {
          gateway_->Handle(std::move(request), std::move(reply));
        });
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    daemon_ = *std::move(daemon);
  }

  void TearDown() override {
    gateway_->Close();
    grpc_->Shutdown(std::chrono::system_clock::now());
    if (daemon_ != nullptr) daemon_->Stop();
  }

  HttpAnswer Send(HttpCall call) {
    call.url = absl::StrCat("http://127.0.0.1:", port_, call.url);
    return Fetch(call);
  }
  HttpAnswer Post(const std::string& path, const std::string& type,
                  const std::string& body,
                  std::vector<std::string> headers = {}) {
    headers.push_back("content-type: " + type);
    return Send({"POST", path, headers, body});
  }

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

  FakeAdmin admin_;
  std::unique_ptr<grpc::Server> grpc_;
  std::unique_ptr<server::HttpGateway> gateway_;
  std::unique_ptr<server::HttpDaemon> daemon_;
  int port_ = 0;
};

TEST_F(BrowserProtocolsTest, ConnectStreams) {
  const HttpAnswer answer = Post(kWatch, "application/connect+json",
                                 Envelope(R"({"reindexId":"3"})"));
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "application/connect+json");
  const std::vector<Frame> frames = Frames(answer.body);
  ASSERT_EQ(frames.size(), 4u);
  EXPECT_EQ(frames[2].message, R"({"reindex":{"done":"3"}})");
  EXPECT_EQ(frames[3].flags, 2);
  EXPECT_EQ(frames[3].message, "{}");
}

TEST_F(BrowserProtocolsTest, NothingOfALongStreamIsLost) {
  const HttpAnswer answer = Post(kWatch, "application/connect+json",
                                 Envelope(R"({"reindexId":"100x"})"));
  const std::vector<Frame> frames = Frames(answer.body);
  ASSERT_EQ(frames.size(), 101u);
  for (int i = 0; i < 100; ++i) {
    EXPECT_THAT(frames[static_cast<size_t>(i)].message,
                HasSubstr(absl::StrCat("\"done\":\"", i + 1, "\"")));
  }
}

TEST_F(BrowserProtocolsTest, StreamsEndInErrors) {
  const std::vector<Frame> connect =
      Frames(Post(kWatch, "application/connect+json",
                  Envelope(R"({"reindexId":"error"})"))
                 .body);
  ASSERT_EQ(connect.size(), 2u);
  EXPECT_EQ(connect[1].message,
            R"({"error":{"code":"data_loss","message":"σφάλμα 100 %"}})");
  v1::WatchReindexRequest request;
  request.set_reindex_id("error");
  const std::vector<Frame> web =
      Frames(Post(kWatch, "application/grpc-web+proto",
                  Envelope(request.SerializeAsString()))
                 .body);
  ASSERT_EQ(web.size(), 2u);
  EXPECT_EQ(web[1].flags, 0x80);
  EXPECT_EQ(web[1].message,
            "grpc-status: 15\r\ngrpc-message: "
            "%CF%83%CF%86%CE%AC%CE%BB%CE%BC%CE%B1 100 %25\r\n"
            "grpc-status-details-bin: ZGV0YWlscw==\r\n");
}

TEST_F(BrowserProtocolsTest, GrpcWeb) {
  for (const bool text : {false, true}) {
    SCOPED_TRACE(text);
    const std::string type =
        text ? "application/grpc-web-text" : "application/grpc-web+proto";
    const std::string body = Envelope("");
    HttpAnswer answer =
        Post(kList, type, text ? absl::Base64Escape(body) : body);
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("content-type"), type);
    if (text) {
      // Each envelope is padded for itself.
      const size_t split = answer.body.find('=');
      std::string first;
      std::string second;
      const size_t end = answer.body.find_first_not_of('=', split);
      ASSERT_TRUE(absl::Base64Unescape(answer.body.substr(0, end), &first));
      ASSERT_TRUE(absl::Base64Unescape(answer.body.substr(end), &second));
      answer.body = first + second;
    }
    const std::vector<Frame> frames = Frames(answer.body);
    ASSERT_EQ(frames.size(), 2u);
    v1::ListCorporaResponse response;
    ASSERT_TRUE(response.ParseFromString(frames[0].message));
    EXPECT_EQ(response.corpora(0).name().size(), 5000u);
    EXPECT_EQ(frames[1].message, "grpc-status: 0\r\n");
  }
}

TEST_F(BrowserProtocolsTest, ClientsStream) {
  const std::vector<Frame> frames =
      Frames(Post(kUpsert, "application/connect+json",
                  Envelope(R"({"article":{"articleId":"a"}})") +
                      Envelope(R"({"article":{"articleId":"b"}})"))
                 .body);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].message,
            R"({"results":[{"articleId":"a"},{"articleId":"b"}]})");
}

TEST_F(BrowserProtocolsTest, BrokenEnvelopes) {
  const std::string good = Envelope(R"({"reindexId":"1"})");
  const struct {
    const char* what;
    std::string body;
    std::vector<std::string> headers;
    const char* code;
  } kCases[] = {
      {"cut off", good.substr(0, good.size() - 1), {}, "invalid_argument"},
      {"head only", good.substr(0, 3), {}, "invalid_argument"},
      {"none", "", {}, "invalid_argument"},
      {"two", good + good, {}, "invalid_argument"},
      {"no JSON", Envelope("x"), {}, "invalid_argument"},
      {"length",
       std::string("\0\xff\xff\xff\xff{}", 7),
       {},
       "invalid_argument"},
      {"compressed, no header",
       Envelope(Gzip("{}"), 1),
       {},
       "invalid_argument"},
      {"no gzip",
       Envelope("{}", 1),
       {"connect-content-encoding: gzip"},
       "invalid_argument"},
      {"bomb",
       Envelope(Gzip(std::string(kLimit + 1, ' ')), 1),
       {"connect-content-encoding: gzip"},
       "resource_exhausted"},
      {"other", good, {"connect-content-encoding: br"}, "unimplemented"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    const HttpAnswer answer =
        Post(kWatch, "application/connect+json", c.body, c.headers);
    EXPECT_EQ(answer.status, 200);
    const std::vector<Frame> frames = Frames(answer.body);
    ASSERT_EQ(frames.size(), 1u);
    EXPECT_EQ(frames[0].flags, 2);
    EXPECT_THAT(frames[0].message,
                HasSubstr(absl::StrCat("\"code\":\"", c.code, "\"")));
  }
}

TEST_F(BrowserProtocolsTest, BodiesThatAreTooLarge) {
  const std::string body = Envelope(std::string(kLimit, ' '));
  EXPECT_THAT(Frames(Post(kWatch, "application/connect+json", body).body)
                  .back()
                  .message,
              HasSubstr("resource_exhausted"));
  EXPECT_THAT(Frames(Post(kList, "application/grpc-web+proto", body).body)
                  .back()
                  .message,
              HasSubstr("grpc-status: 8"));
}

TEST_F(BrowserProtocolsTest, Compression) {
  const HttpAnswer unary =
      Post(kList, "application/json", Gzip("{}"),
           {"content-encoding: gzip", "accept-encoding: br, gzip"});
  ASSERT_EQ(unary.status, 200) << unary.body;
  EXPECT_EQ(unary.headers.at("content-encoding"), "gzip");
  EXPECT_LT(unary.body.size(), 500u);
  EXPECT_THAT(Gunzip(unary.body, kLimit).value(), HasSubstr("nnnn"));

  const HttpAnswer stream =
      Post(kWatch, "application/connect+json",
           Envelope(Gzip(R"({"reindexId":"1x"})"), 1),
           {"connect-content-encoding: gzip", "connect-accept-encoding: gzip"});
  EXPECT_EQ(stream.headers.at("connect-content-encoding"), "gzip");
  const std::vector<Frame> frames = Frames(stream.body);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].flags, 1);
  EXPECT_THAT(Gunzip(frames[0].message, kLimit).value(), HasSubstr("xxxx"));
}

TEST_F(BrowserProtocolsTest, GetOfWhatHasNoEffects) {
  const std::string query = "?connect=v1&encoding=json&message=";
  EXPECT_EQ(Send({"GET", kList + query + "%7B%7D", {}, ""}).status, 200);
  EXPECT_EQ(Send({"GET", kList + query + "e30&base64=1", {}, ""}).status, 200);
  EXPECT_EQ(Send({"GET", kList + query + "e30!&base64=1", {}, ""}).status, 400);
  EXPECT_EQ(
      Send({"GET", absl::StrCat(kList, "?connect=v1&encoding=xml"), {}, ""})
          .status,
      415);
  EXPECT_EQ(Send({"GET",
                  absl::StrCat("/kbsearch.v1.AdminService/StartReindex", query,
                               "%7B%7D"),
                  {},
                  ""})
                .status,
            501);
}

TEST_F(BrowserProtocolsTest, OtherSitesPages) {
  const std::string ours = "origin: https://shop.example";
  const HttpAnswer asked = Send(
      {"OPTIONS", kList, {ours, "access-control-request-method: POST"}, ""});
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(asked.headers.at("access-control-allow-origin"),
            "https://shop.example");
  EXPECT_THAT(asked.headers.at("access-control-allow-headers"),
              HasSubstr("connect-protocol-version"));
  const HttpAnswer called = Post(kList, "application/json", "{}", {ours});
  EXPECT_EQ(called.headers.at("access-control-allow-origin"),
            "https://shop.example");
  const std::string other = "origin: https://other.example";
  EXPECT_EQ(Send({"OPTIONS",
                  kList,
                  {other, "access-control-request-method: POST"},
                  ""})
                .headers.count("access-control-allow-origin"),
            0u);
  EXPECT_EQ(Post(kList, "application/json", "{}", {other})
                .headers.count("access-control-allow-origin"),
            0u);
}

TEST_F(BrowserProtocolsTest, TimeoutsEndStreams) {
  const std::vector<Frame> connect = Frames(
      Post(kWatch, "application/connect+json",
           Envelope(R"({"reindexId":"wait"})"), {"connect-timeout-ms: 200"})
          .body);
  EXPECT_THAT(connect.back().message, HasSubstr("deadline_exceeded"));
  v1::WatchReindexRequest request;
  request.set_reindex_id("wait");
  const std::vector<Frame> web =
      Frames(Post(kWatch, "application/grpc-web+proto",
                  Envelope(request.SerializeAsString()), {"grpc-timeout: 200m"})
                 .body);
  EXPECT_THAT(web.back().message, HasSubstr("grpc-status: 4"));
  EXPECT_THAT(
      Frames(Post(kWatch, "application/grpc-web+proto",
                  Envelope(request.SerializeAsString()), {"grpc-timeout: soon"})
                 .body)
          .back()
          .message,
      HasSubstr("grpc-status: 3"));
}

std::string WaitingRequest() {
  const std::string body = Envelope(R"({"reindexId":"wait"})");
  return absl::StrCat(
      "POST ", kWatch,
      " HTTP/1.1\r\nHost: x\r\nContent-Type: application/connect+json\r\n"
      "Content-Length: ",
      body.size(), "\r\n\r\n", body);
}

TEST_F(BrowserProtocolsTest, AClientThatLeavesEndsItsStream) {
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
TEST_F(BrowserProtocolsTest, ClientsThatLeaveAtOnceLeaveNothingBehind) {
  const std::string request = WaitingRequest();
  for (int i = 0; i < 50; ++i) {
    const int fd = Connect();
    ASSERT_EQ(send(fd, request.data(), request.size(), 0),
              static_cast<ssize_t>(request.size()));
    std::this_thread::sleep_for(std::chrono::microseconds(i * 40));
    close(fd);
  }
}

TEST_F(BrowserProtocolsTest, CallsToAServerThatStopsAreTurnedAway) {
  gateway_->Close();
  EXPECT_EQ(Post(kList, "application/json", "{}").status, 503);
  EXPECT_THAT(Frames(Post(kWatch, "application/connect+json",
                          Envelope(R"({"reindexId":"1"})"))
                         .body)
                  .back()
                  .message,
              HasSubstr("unavailable"));
}

TEST_F(BrowserProtocolsTest, AnAnswerThatIsNotTakenIsEnded) {
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

TEST_F(BrowserProtocolsTest, ATricklingRequestIsEnded) {
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
