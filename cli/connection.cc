#include "cli/connection.h"

#include <utility>

namespace kbsearch::cli {
namespace {

// An article may be larger than gRPC's default of 4 MB.
constexpr int kMaxAnswerBytes = 64 << 20;

std::shared_ptr<grpc::Channel> NewChannel(const std::string& server) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
  // A web proxy of the environment does not lead to a help desk's own server.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(),
                                   arguments);
}

}  // namespace

Connection::Connection(Settings settings)
    : settings_(std::move(settings)),
      channel_(NewChannel(settings_.server)),
      search_(kbsearch::v1::SearchService::NewStub(channel_)),
      admin_(kbsearch::v1::AdminService::NewStub(channel_)) {}

std::unique_ptr<grpc::ClientContext> Connection::NewContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + settings_.timeout);
  if (!settings_.token.empty()) {
    context->AddMetadata("authorization", "Bearer " + settings_.token);
  }
  return context;
}

}  // namespace kbsearch::cli
