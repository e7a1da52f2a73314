// A server over the fake library, on ports of its own, with stubs to call it.
#ifndef KBSEARCH_TESTS_INTEGRATION_SERVER_FIXTURE_H_
#define KBSEARCH_TESTS_INTEGRATION_SERVER_FIXTURE_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <kbsearch/v1/admin_service.grpc.pb.h>
#include <kbsearch/v1/search_service.grpc.pb.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/file.h"
#include "server/server.h"
#include "server/token_table.h"
#include "tests/integration/fake_library.h"

namespace kbsearch::testing {

class ServerFixture : public ::testing::Test {
 protected:
  ServerFixture() : library_(std::make_shared<FakeLibrary>()) {
    options_.listen = "127.0.0.1:0";
    options_.http = "127.0.0.1:0";
    options_.workers = 2;
    options_.stop_grace = std::chrono::milliseconds(2000);
  }

  ~ServerFixture() override {
    server_.reset();
    if (!options_.token_file.empty()) {
      std::filesystem::remove(options_.token_file);
    }
  }

  // Makes a token of each role, "Bearer …" in tokens_, and the file for them.
  void UseTokens() {
    options_.token_file =
        ::testing::TempDir() + "/kbsearch-tokens-" +
        ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::string file;
    for (server::Role role : {server::Role::kPortal, server::Role::kAgent,
                              server::Role::kOperator}) {
      const std::string name(server::RoleName(role));
      const server::NewToken made = server::MakeToken(name, role).value();
      tokens_[role] = "Bearer " + made.token;
      file += made.yaml_entry;
    }
    ASSERT_TRUE(WriteFileAtomically(options_.token_file, file).ok());
  }

  void Start() {
    auto server = server::Server::Start(options_, Backend());
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    Connect();
  }

  server::Server::Backend Backend() {
    return {library_->shared_registry(), [this] { return library_; }};
  }

  void Connect() {
    channel_ =
        grpc::CreateChannel("127.0.0.1:" + std::to_string(server_->grpc_port()),
                            grpc::InsecureChannelCredentials());
    search_ = v1::SearchService::NewStub(channel_);
    admin_ = v1::AdminService::NewStub(channel_);
  }

  static v1::SearchRequest SearchRequest(const std::string& query) {
    v1::SearchRequest request;
    request.set_corpus("helpdesk");
    request.set_query(query);
    return request;
  }

  grpc::Status Search(const v1::SearchRequest& request,
                      v1::SearchResponse* response,
                      const std::string& authorization = "") {
    grpc::ClientContext context;
    if (!authorization.empty()) {
      context.AddMetadata("authorization", authorization);
    }
    return search_->Search(&context, request, response);
  }

  server::Server::Options options_;
  std::map<server::Role, std::string> tokens_;
  std::shared_ptr<FakeLibrary> library_;
  std::unique_ptr<server::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::SearchService::Stub> search_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

}  // namespace kbsearch::testing

#endif  // KBSEARCH_TESTS_INTEGRATION_SERVER_FIXTURE_H_
