#include "server/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/authenticator.h"
#include "server/calls/admin_service.h"
#include "server/calls/event_handlers.h"
#include "server/calls/failed_search_stream.h"
#include "server/calls/search_service.h"
#include "server/dispatcher.h"
#include "server/events/event_recorder.h"
#include "server/events/failed_searches.h"
#include "server/events/use_feed.h"
#include "server/http/cors_policy.h"
#include "server/http/http_daemon.h"
#include "server/http/http_gateway.h"
#include "server/http/portal_files.h"
#include "server/http/socket_address.h"
#include "server/http/ticket_webhook.h"
#include "server/library_refresher.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/worker_pool.h"

namespace kbsearch::server {
namespace {

constexpr int kMaxReceivedBytes = 4 << 20;
constexpr int kMaxStreamsPerConnection = 1000;
// Slow calls that wait for the one worker they have.
constexpr size_t kSlowQueue = 8;
// How soon clicks and ratings take part in ranking.
constexpr std::chrono::minutes kUseInterval{5};
constexpr const char* kServices[] = {"kbsearch.v1.SearchService",
                                     "kbsearch.v1.AdminService"};

std::string_view View(absl::string_view text) {
  return std::string_view(text.data(), text.size());
}

// Without tokens everybody who reaches the port is let in.
absl::Status CheckReachable(const SocketAddress& address, const char* flag) {
  if (address.IsLoopback()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      flag, " ", address.ToString(),
      " can be reached from other machines, which needs tokens: make one with "
      "`kbsearch-server new-token --name NAME --role ROLE` and start with "
      "--tokens FILE, or listen on 127.0.0.1"));
}

// gRPC does not tell why a port was refused; the system does when asked again.
absl::Status WhyNotListening(const SocketAddress& address) {
  absl::StatusOr<Listener> probe = ListenOn(address);
  if (!probe.ok()) return probe.status();
  close(probe->fd);
  return absl::UnavailableError(absl::StrCat(
      "cannot listen on ", address.ToString(), "; choose another --listen"));
}

class ServerImpl final : public Server {
 public:
  ServerImpl(const Options& options, Backend backend)
      : options_(options), backend_(std::move(backend)) {}
  ~ServerImpl() override { Stop(); }

  absl::Status Run() {
    absl::Status status = PrepareCallers();
    if (status.ok()) status = StartGrpc();
    if (status.ok() && !options_.http.empty()) status = StartHttp();
    if (status.ok()) status = OpenLibrary();
    return status;
  }

  int grpc_port() const override { return grpc_port_; }
  int http_port() const override { return http_port_; }
  absl::Status ReloadTokens() override { return authenticator_->Reload(); }
  void Stop() override;

 private:
  absl::Status PrepareCallers();
  void PrepareWatching();
  bool EventsHaveNoPlace() const;
  absl::Status StartRecording();
  absl::Status StartGrpc();
  absl::Status StartHttp();
  absl::Status AddBrowserSettings(HttpGateway::Backend* backend);
  absl::Status OpenLibrary();
  void SetServing(bool serving);

  const Options options_;
  const Backend backend_;
  int grpc_port_ = 0;
  int http_port_ = 0;
  std::atomic<bool> ready_{false};
  std::atomic<bool> stopped_{false};

  // In this order: each uses those above it.
  Metrics metrics_;
  std::unique_ptr<Authenticator> authenticator_;
  std::unique_ptr<events::EventRecorder> recorder_;  // null: none
  std::unique_ptr<events::FailedSearches> failed_searches_;
  std::unique_ptr<FailedSearchStreams> failed_search_streams_;
  std::unique_ptr<InsightHandler> insights_;
  std::unique_ptr<Dispatcher> dispatcher_;
  std::unique_ptr<SearchService> search_service_;
  std::unique_ptr<AdminService> admin_service_;
  std::shared_ptr<engine::Library> library_;  // set before ready_
  std::unique_ptr<WorkerPool> pool_;          // set before ready_
  std::unique_ptr<WorkerPool> slow_pool_;     // set before ready_
  std::unique_ptr<LibraryRefresher> refresher_;
  std::unique_ptr<events::UseFeed> use_feed_;  // null: none
  std::unique_ptr<Reindexer> reindexer_;
  std::unique_ptr<grpc::Server> grpc_server_;
  std::unique_ptr<TicketWebhook> tickets_;
  std::unique_ptr<HttpGateway> gateway_;
  std::unique_ptr<HttpDaemon> http_daemon_;
};

absl::Status ServerImpl::PrepareCallers() {
  absl::StatusOr<std::unique_ptr<Authenticator>> authenticator =
      Authenticator::Make(options_.token_file, options_.anonymous_portal);
  if (!authenticator.ok()) return authenticator.status();
  authenticator_ = *std::move(authenticator);
  Dispatcher::Options dispatching;
  dispatching.max_request_time = options_.max_request_time;
  dispatcher_ = std::make_unique<Dispatcher>(
      backend_.registry, authenticator_.get(), &metrics_, dispatching);
  PrepareWatching();
  search_service_ = std::make_unique<SearchService>(
      dispatcher_.get(), failed_search_streams_.get(),
      options_.suggest_min_confidence);
  admin_service_ =
      std::make_unique<AdminService>(dispatcher_.get(), insights_.get());
  return absl::OkStatus();
}

void ServerImpl::PrepareWatching() {
  events::FailedSearches::Options watching;
  watching.all_callers = options_.events.all_callers;
  watching.now = options_.events.now;
  failed_searches_ =
      std::make_unique<events::FailedSearches>(watching, backend_.registry);
  // The library is asked only after the dispatcher has admitted a call, when it
  // is open.
  failed_search_streams_ = std::make_unique<FailedSearchStreams>(
      failed_searches_.get(), backend_.registry,
      [this](const std::string& corpus) {
        return library_->GetCorpus(corpus).status();
      });
  insights_ =
      std::make_unique<InsightHandler>(options_.events, options_.data_dir);
}

// Before any call is run.
// A data folder that cannot be written to is served all the same, without the
// events that would be stored in it.
bool ServerImpl::EventsHaveNoPlace() const {
  const std::string& location = options_.events.location;
  if (options_.data_dir.empty() ||
      !location.starts_with(options_.data_dir + "/") ||
      ::access(options_.data_dir.c_str(), W_OK) == 0 ||
      (errno != EROFS && errno != EACCES)) {
    return false;
  }
  spdlog::warn(
      "event=events_off detail=\"the data folder cannot be written to; keep "
      "them elsewhere with --events and --events-key\"");
  return true;
}

absl::Status ServerImpl::StartRecording() {
  std::vector<CallObserver*> observers = {failed_searches_.get()};
  if (!options_.events.location.empty() && !EventsHaveNoPlace()) {
    auto recorder = events::EventRecorder::Start(
        options_.events, backend_.registry, metrics_.registry());
    if (!recorder.ok()) return recorder.status();
    recorder_ = *std::move(recorder);
    observers.push_back(recorder_.get());
  }
  dispatcher_->SetObservers(std::move(observers));
  return absl::OkStatus();
}

absl::Status ServerImpl::StartGrpc() {
  absl::StatusOr<SocketAddress> address = ParseSocketAddress(options_.listen);
  if (!address.ok()) return address.status();
  if (!authenticator_->has_token_file()) {
    if (absl::Status status = CheckReachable(*address, "--listen");
        !status.ok()) {
      return status;
    }
  }
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address->ToString(),
                           grpc::InsecureServerCredentials(), &grpc_port_);
  builder.RegisterService(search_service_.get());
  builder.RegisterService(admin_service_.get());
  builder.SetMaxReceiveMessageSize(kMaxReceivedBytes);
  // By default two servers share a port and take turns, which nobody wants.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                             kMaxStreamsPerConnection);
  grpc_server_ = builder.BuildAndStart();
  if (grpc_server_ == nullptr || grpc_port_ == 0) {
    grpc_server_.reset();
    return WhyNotListening(*address);
  }
  SetServing(false);
  address->port = grpc_port_;
  spdlog::info("event=listening protocol=grpc address={}", address->ToString());
  return absl::OkStatus();
}

absl::Status ServerImpl::StartHttp() {
  absl::StatusOr<SocketAddress> address = ParseSocketAddress(options_.http);
  if (!address.ok()) return address.status();
  if (!authenticator_->has_token_file()) {
    if (absl::Status status = CheckReachable(*address, "--http");
        !status.ok()) {
      return status;
    }
  }
  HttpGateway::Backend backend;
  absl::StatusOr<PortalFiles> portal = PortalFiles::Load(options_.portal_dir);
  if (portal.ok()) {
    backend.portal = *std::move(portal);
  } else {
    spdlog::warn("event=no_portal detail={}",
                 LogValue(View(portal.status().message())));
  }
  backend.channel = grpc_server_->InProcessChannel(grpc::ChannelArguments());
  backend.ready = [this] { return ready_.load(); };
  backend.corpora = [this] { return library_->ListCorpora(); };
  backend.metrics = [this] {
    return metrics_.Text(ready_ ? pool_->queued() : 0);
  };
  if (absl::Status status = AddBrowserSettings(&backend); !status.ok()) {
    return status;
  }
  absl::StatusOr<Listener> listener = ListenOn(*address);
  if (!listener.ok()) return listener.status();
  gateway_ = std::make_unique<HttpGateway>(std::move(backend));
  absl::StatusOr<std::unique_ptr<HttpDaemon>> daemon = HttpDaemon::Start(
      *listener, HttpDaemon::Options(),
      [this](std::shared_ptr<const HttpRequest> request, HttpReply reply) {
        gateway_->Handle(std::move(request), std::move(reply));
      });
  if (!daemon.ok()) return daemon.status();
  http_daemon_ = *std::move(daemon);
  http_port_ = listener->port;
  address->port = http_port_;
  spdlog::info("event=listening protocol=http address={}", address->ToString());
  return absl::OkStatus();
}

absl::Status ServerImpl::AddBrowserSettings(HttpGateway::Backend* backend) {
  absl::StatusOr<CorsPolicy> cors = CorsPolicy::Parse(options_.cors_origins);
  if (!cors.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--cors-origins: ", cors.status().message()));
  }
  backend->cors = *std::move(cors);
  backend->admit = [this](const std::string& authorization) {
    std::vector<std::string> values;
    if (!authorization.empty()) values.push_back(authorization);
    return authenticator_->Authenticate(values).status();
  };
  if (options_.ticket_webhook.empty()) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<TicketWebhook>> tickets =
      TicketWebhook::Make(options_.ticket_webhook);
  if (!tickets.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--ticket-webhook: ", tickets.status().message()));
  }
  tickets_ = *std::move(tickets);
  backend->tickets = tickets_.get();
  return absl::OkStatus();
}

absl::Status ServerImpl::OpenLibrary() {
  absl::StatusOr<std::shared_ptr<engine::Library>> library =
      backend_.open_library();
  if (!library.ok()) return library.status();
  library_ = *std::move(library);
  if (absl::Status status = StartRecording(); !status.ok()) return status;
  WorkerPool::Options pool;
  pool.workers = options_.workers;
  pool.queue_limit = options_.queue_limit;
  pool_ = std::make_unique<WorkerPool>(library_, pool);
  WorkerPool::Options slow;
  slow.workers = 1;
  slow.queue_limit = kSlowQueue;
  slow_pool_ = std::make_unique<WorkerPool>(library_, slow);
  dispatcher_->SetPools(pool_.get(), slow_pool_.get());
  refresher_ =
      std::make_unique<LibraryRefresher>(library_, options_.refresh_interval);
  if (options_.rank_by_use && recorder_ != nullptr &&
      library_->priors() != nullptr) {
    use_feed_ = std::make_unique<events::UseFeed>(
        options_.events.location, library_, kUseInterval, options_.events.now);
  }
  if (!options_.reindexing.data_dir.empty()) {
    reindexer_ = std::make_unique<Reindexer>(options_.reindexing, library_);
    admin_service_->SetReindexer(reindexer_.get());
  }
  ready_ = true;
  SetServing(true);
  return absl::OkStatus();
}

void ServerImpl::SetServing(bool serving) {
  grpc::HealthCheckServiceInterface* health =
      grpc_server_->GetHealthCheckService();
  for (const char* service : kServices) {
    health->SetServingStatus(service, serving);
  }
  health->SetServingStatus("", serving);
}

void ServerImpl::Stop() {
  if (stopped_.exchange(true)) return;
  ready_ = false;
  if (gateway_ != nullptr) gateway_->Close();
  if (grpc_server_ != nullptr) {
    SetServing(false);
    failed_search_streams_->Close();
    // HTTP calls run through this server too and end with it.
    grpc_server_->Shutdown(std::chrono::system_clock::now() +
                           options_.stop_grace);
  }
  if (tickets_ != nullptr) tickets_->Stop();
  if (http_daemon_ != nullptr) http_daemon_->Stop();
  if (pool_ != nullptr) pool_->Stop();
  reindexer_.reset();
  if (slow_pool_ != nullptr) slow_pool_->Stop();
  use_feed_.reset();
  refresher_.reset();
  if (library_ != nullptr) library_->KeepChanges();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Options& options,
                                                      Backend backend) {
  auto server = std::make_unique<ServerImpl>(options, std::move(backend));
  if (absl::Status status = server->Run(); !status.ok()) return status;
  return server;
}

}  // namespace kbsearch::server
