// The HTTP port's daemon and gateway, by themselves, before a service that does
// what a test asks of it.
#ifndef KBSEARCH_TESTS_INTEGRATION_GATEWAY_FIXTURE_H_
#define KBSEARCH_TESTS_INTEGRATION_GATEWAY_FIXTURE_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <kbsearch/v1/admin_service.grpc.pb.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/http/http_daemon.h"
#include "server/http/http_gateway.h"
#include "tests/integration/http_client.h"

namespace kbsearch::testing {

inline constexpr char kWatch[] = "/kbsearch.v1.AdminService/WatchReindex";
inline constexpr char kGet[] = "/kbsearch.v1.AdminService/GetCorpus";
inline constexpr size_t kLargeAnswer = 3'500'000;

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

inline std::string Envelope(const std::string& message, char flags = 0) {
  const auto size = static_cast<uint32_t>(message.size());
  return std::string{flags, static_cast<char>(size >> 24),
                     static_cast<char>(size >> 16),
                     static_cast<char>(size >> 8), static_cast<char>(size)} +
         message;
}

// An envelope of a stream.
struct Frame {
  int flags;
  std::string message;
};

inline std::vector<Frame> Frames(const std::string& body) {
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

class GatewayFixture : public ::testing::Test {
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
    auto daemon = server::HttpDaemon::Start(
        *listener, options_,
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

  server::HttpDaemon::Options options_;  // to be set before SetUp
  FakeAdmin admin_;
  std::unique_ptr<grpc::Server> grpc_;
  std::unique_ptr<server::HttpGateway> gateway_;
  std::unique_ptr<server::HttpDaemon> daemon_;
  int port_ = 0;
};

}  // namespace kbsearch::testing

#endif  // KBSEARCH_TESTS_INTEGRATION_GATEWAY_FIXTURE_H_
