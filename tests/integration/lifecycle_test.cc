// Starting, being watched, and stopping.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/generic/generic_stub.h>

#include <atomic>
#include <chrono>
#include <future>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/server_fixture.h"

namespace kbsearch::testing {
namespace {

using ::testing::_;
using ::testing::HasSubstr;
using ::testing::Invoke;
using ::testing::IsSupersetOf;
using ::testing::Return;

class LifecycleTest : public ServerFixture {
 protected:
  // A unary call of bytes to bytes, as a client without our protos makes it.
  static grpc::Status CallBytes(const std::shared_ptr<grpc::Channel>& channel,
                                const std::string& method,
                                const std::string& request,
                                std::string* response) {
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    const grpc::Slice slice(request);
    const grpc::ByteBuffer input(&slice, 1);
    grpc::ByteBuffer output;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, method, grpc::StubOptions(), &input, &output,
                   [&](const grpc::Status& status) { done.set_value(status); });
    const grpc::Status status = done.get_future().get();
    grpc::Slice whole;
    if (status.ok() && output.DumpToSingleSlice(&whole).ok()) {
      response->assign(reinterpret_cast<const char*>(whole.begin()),
                       whole.size());
    }
    return status;
  }

  // 0: the service is not known; otherwise the number of the health protocol,
  // 1 serving, 2 not serving.
  static int Health(const std::shared_ptr<grpc::Channel>& channel,
                    const std::string& service) {
    std::string request;
    if (!service.empty()) {
      request = "\x0a";
      request += static_cast<char>(service.size());
      request += service;
    }
    std::string response;
    if (!CallBytes(channel, "/grpc.health.v1.Health/Check", request, &response)
             .ok()) {
      return 0;
    }
    return response.size() == 2 ? response[1] : 0;
  }
};

constexpr const char* kServices[] = {"", "kbsearch.v1.SearchService",
                                     "kbsearch.v1.AdminService"};

TEST_F(LifecycleTest, HealthOfEachService) {
  Start();
  for (const char* service : kServices) {
    EXPECT_EQ(Health(channel_, service), 1) << service;
  }
  EXPECT_EQ(Health(channel_, "kbsearch.v1.Nothing"), 0);
}

TEST_F(LifecycleTest, NotServingWhileTheLibraryOpens) {
  // A free port that is known before Start returns.
  options_.http = "";
  {
    auto probe = server::Server::Start(options_, Backend());
    ASSERT_TRUE(probe.ok()) << probe.status();
    options_.listen = "127.0.0.1:" + std::to_string((*probe)->grpc_port());
  }
  std::promise<void> opening;
  std::promise<void> go_on;
  server::Server::Backend backend = Backend();
  backend.open_library = [&] {
    opening.set_value();
    go_on.get_future().wait();
    return library_;
  };
  auto starting = std::async(std::launch::async, [&] {
    return server::Server::Start(options_, backend);
  });
  opening.get_future().wait();
  auto channel =
      grpc::CreateChannel(options_.listen, grpc::InsecureChannelCredentials());
  for (const char* service : kServices) {
    EXPECT_EQ(Health(channel, service), 2) << service;
  }
  auto stub = v1::SearchService::NewStub(channel);
  grpc::ClientContext context;
  v1::SearchResponse response;
  EXPECT_EQ(
      stub->Search(&context, SearchRequest("vpn"), &response).error_code(),
      grpc::UNAVAILABLE);
  go_on.set_value();
  auto server = starting.get();
  ASSERT_TRUE(server.ok()) << server.status();
  for (const char* service : kServices) {
    EXPECT_EQ(Health(channel, service), 1) << service;
  }
}

TEST_F(LifecycleTest, ALibraryThatDoesNotOpenFailsTheStart) {
  server::Server::Backend backend = Backend();
  backend.open_library =
      []() -> absl::StatusOr<std::shared_ptr<engine::Library>> {
    return absl::DataLossError("corpus helpdesk: manifest.json is damaged");
  };
  const auto server = server::Server::Start(options_, backend);
  EXPECT_TRUE(absl::IsDataLoss(server.status()));
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("helpdesk"));
}

// What a stock client knows of a server: what reflection tells it. Speaks the
// reflection protocol in JSON; nothing of ours is compiled in.
class ReflectionClient {
 public:
  explicit ReflectionClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(channel) {
    stream_ = stub_.PrepareCall(
        &context_,
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        &queue_);
    stream_->StartCall(nullptr);
    EXPECT_TRUE(Next());
  }
  ~ReflectionClient() {
    context_.TryCancel();
    queue_.Shutdown();
    while (Next()) {
    }
  }

  std::vector<std::string> ListServices() {
    const nlohmann::json answer = Ask(R"({"listServices":"*"})");
    std::vector<std::string> names;
    for (const auto& service : answer["listServicesResponse"]["service"]) {
      names.push_back(service["name"]);
    }
    return names;
  }

  // The descriptors that the symbol needs.
  void AddFilesOf(const std::string& symbol,
                  google::protobuf::SimpleDescriptorDatabase* database) {
    const nlohmann::json answer =
        Ask(nlohmann::json({{"fileContainingSymbol", symbol}}).dump());
    const std::unique_ptr<google::protobuf::Message> files =
        NewMessage("FileDescriptorResponse");
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(
                    answer["fileDescriptorResponse"].dump(), files.get())
                    .ok());
    const auto* reflection = files->GetReflection();
    const auto* field =
        files->GetDescriptor()->FindFieldByName("file_descriptor_proto");
    for (int i = 0; i < reflection->FieldSize(*files, field); ++i) {
      google::protobuf::FileDescriptorProto file;
      EXPECT_TRUE(file.ParseFromString(
          reflection->GetRepeatedString(*files, field, i)));
      database->Add(file);
    }
  }

 private:
  bool Next() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  std::unique_ptr<google::protobuf::Message> NewMessage(
      const std::string& name) {
    const auto* type =
        google::protobuf::DescriptorPool::generated_pool()
            ->FindMessageTypeByName("grpc.reflection.v1alpha." + name);
    return std::unique_ptr<google::protobuf::Message>(
        factory_.GetPrototype(type)->New());
  }

  nlohmann::json Ask(const std::string& json) {
    const auto request = NewMessage("ServerReflectionRequest");
    EXPECT_TRUE(
        google::protobuf::util::JsonStringToMessage(json, request.get()).ok());
    const grpc::Slice slice(request->SerializeAsString());
    stream_->Write(grpc::ByteBuffer(&slice, 1), nullptr);
    EXPECT_TRUE(Next());
    grpc::ByteBuffer bytes;
    stream_->Read(&bytes, nullptr);
    EXPECT_TRUE(Next());
    grpc::Slice whole;
    EXPECT_TRUE(bytes.DumpToSingleSlice(&whole).ok());
    const auto response = NewMessage("ServerReflectionResponse");
    EXPECT_TRUE(response->ParseFromArray(whole.begin(),
                                         static_cast<int>(whole.size())));
    std::string text;
    EXPECT_TRUE(
        google::protobuf::util::MessageToJsonString(*response, &text).ok());
    return nlohmann::json::parse(text);
  }

  google::protobuf::DynamicMessageFactory factory_;
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

TEST_F(LifecycleTest, AClientWithoutOurProtosListsServicesAndSearches) {
  Start();
  engine::SearchResult result;
  result.hits.resize(1);
  result.hits[0].title = "Επιστροφή χρημάτων";
  EXPECT_CALL(library_->searcher(), Search(_)).WillOnce(Return(result));

  ReflectionClient reflection(channel_);
  EXPECT_THAT(reflection.ListServices(),
              IsSupersetOf({std::string("kbsearch.v1.SearchService"),
                            std::string("kbsearch.v1.AdminService"),
                            std::string("grpc.health.v1.Health")}));
  google::protobuf::SimpleDescriptorDatabase database;
  reflection.AddFilesOf("kbsearch.v1.SearchService", &database);
  google::protobuf::DescriptorPool pool(&database);
  const auto* search =
      pool.FindMethodByName("kbsearch.v1.SearchService.Search");
  ASSERT_NE(search, nullptr);
  google::protobuf::DynamicMessageFactory factory(&pool);
  const std::unique_ptr<google::protobuf::Message> request(
      factory.GetPrototype(search->input_type())->New());
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                  R"({"corpus":"helpdesk","query":"επιστροφή"})", request.get())
                  .ok());
  std::string bytes;
  ASSERT_TRUE(CallBytes(channel_, "/kbsearch.v1.SearchService/Search",
                        request->SerializeAsString(), &bytes)
                  .ok());
  const std::unique_ptr<google::protobuf::Message> response(
      factory.GetPrototype(search->output_type())->New());
  ASSERT_TRUE(response->ParseFromString(bytes));
  std::string json;
  ASSERT_TRUE(
      google::protobuf::util::MessageToJsonString(*response, &json).ok());
  EXPECT_THAT(json, HasSubstr("Επιστροφή χρημάτων"));
}

TEST_F(LifecycleTest, ASecondServerOnThePortIsTold) {
  Start();
  const struct {
    std::string listen;
    std::string http;
  } kCases[] = {
      {"127.0.0.1:" + std::to_string(server_->grpc_port()), ""},
      {"127.0.0.1:0", "127.0.0.1:" + std::to_string(server_->http_port())},
  };
  for (const auto& c : kCases) {
    server::Server::Options options = options_;
    options.listen = c.listen;
    options.http = c.http;
    const auto second = server::Server::Start(options, Backend());
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(std::string(second.status().message()),
                HasSubstr("the port is taken"));
  }
  v1::SearchResponse response;
  ON_CALL(library_->searcher(), Search(_))
      .WillByDefault(Return(engine::SearchResult()));
  EXPECT_TRUE(Search(SearchRequest("vpn"), &response).ok());
}

TEST_F(LifecycleTest, WithoutTokensOnlyLoopbackIsListenedOn) {
  for (const bool over_http : {false, true}) {
    server::Server::Options options = options_;
    (over_http ? options.http : options.listen) = "0.0.0.0:0";
    const auto server = server::Server::Start(options, Backend());
    ASSERT_FALSE(server.ok());
    EXPECT_THAT(std::string(server.status().message()), HasSubstr("--tokens"));
  }
  UseTokens();
  options_.listen = "0.0.0.0:0";
  options_.http = "0.0.0.0:0";
  EXPECT_TRUE(server::Server::Start(options_, Backend()).ok());
}

TEST_F(LifecycleTest, AMalformedTokenFileFailsTheStart) {
  UseTokens();
  ASSERT_TRUE(WriteFileAtomically(options_.token_file, "nonsense").ok());
  const auto server = server::Server::Start(options_, Backend());
  ASSERT_FALSE(server.ok());
  EXPECT_THAT(std::string(server.status().message()),
              HasSubstr(options_.token_file + ":1:"));
}

TEST_F(LifecycleTest, StopLetsRunningCallsEnd) {
  Start();
  std::promise<void> inside;
  EXPECT_CALL(library_->searcher(), Search(_))
      .WillOnce(Invoke([&](const engine::SearchQuery&) {
        inside.set_value();
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return engine::SearchResult();
      }));
  auto running = std::async(std::launch::async, [this] {
    v1::SearchResponse response;
    return Search(SearchRequest("vpn"), &response).error_code();
  });
  inside.get_future().wait();
  server_->Stop();
  EXPECT_EQ(running.get(), grpc::OK);
  v1::SearchResponse response;
  EXPECT_EQ(Search(SearchRequest("vpn"), &response).error_code(),
            grpc::UNAVAILABLE);
  server_->Stop();
}

TEST_F(LifecycleTest, StopCancelsWhatOutlivesTheGrace) {
  options_.workers = 1;
  options_.stop_grace = std::chrono::milliseconds(50);
  Start();
  std::promise<void> inside;
  std::atomic<int> searched{0};
  EXPECT_CALL(library_->searcher(), Search(_))
      .WillRepeatedly(Invoke([&](const engine::SearchQuery&) {
        if (searched++ == 0) inside.set_value();
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
        return engine::SearchResult();
      }));
  const auto call = [this] {
    v1::SearchResponse response;
    return Search(SearchRequest("vpn"), &response).error_code();
  };
  auto running = std::async(std::launch::async, call);
  inside.get_future().wait();
  auto waiting = std::async(std::launch::async, call);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  server_->Stop();
  EXPECT_NE(running.get(), grpc::OK);
  EXPECT_NE(waiting.get(), grpc::OK);
  EXPECT_EQ(searched, 1);
}

}  // namespace
}  // namespace kbsearch::testing
