// What the HTTP port serves: the API by the Connect protocol and gRPC-Web, the
// pages, tickets to hand on, and the addresses that machines watch.
//
//   POST /kbsearch.v1.<Service>/<Method>   the API (rpc_protocol.h)
//   GET  the same                          calls without side effects
//   POST /tickets                          a ticket (ticket_webhook.h)
//   GET  /, /<file>                        the portal
//   GET  /config.json                      corpora and languages for the portal
//   GET  /healthz, /readyz, /metrics
//
// API calls go through an in-process channel to the gRPC services, so that
// authentication, limits, the log and the metrics stay in one place.
#ifndef KBSEARCH_SERVER_HTTP_HTTP_GATEWAY_H_
#define KBSEARCH_SERVER_HTTP_HTTP_GATEWAY_H_

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/search.h"
#include "server/http/cors_policy.h"
#include "server/http/http_daemon.h"
#include "server/http/portal_files.h"
#include "server/http/ticket_webhook.h"

namespace kbsearch::server {

// Thread-safe. Must outlive the daemon that it handles requests for.
class HttpGateway {
 public:
  struct Backend {
    std::shared_ptr<grpc::Channel> channel;
    PortalFiles portal;
    std::function<bool()> ready;
    // The corpora, for /config.json. Called when ready only.
    std::function<std::vector<engine::CorpusInfo>()> corpora;
    std::function<std::string()> metrics;
    // Whether the holder of an authorization header may send tickets.
    std::function<absl::Status(const std::string&)> admit;
    // Null: tickets are not taken.
    TicketWebhook* tickets = nullptr;
    CorsPolicy cors;
  };
  explicit HttpGateway(Backend backend);

  void Handle(std::shared_ptr<const HttpRequest> request, HttpReply reply);

  // From here on calls are UNAVAILABLE and the channel is not touched: gRPC
  // ends the program when a call begins on the channel of a server that has
  // been shut down. Calls that have begun go on.
  void Close();

 private:
  void CallMethod(const HttpRequest& request, HttpReply reply);
  void TakeTicket(const HttpRequest& request, HttpReply reply);
  HttpResponse Page(const HttpRequest& request) const;
  HttpResponse ConfigJson() const;

  const Backend backend_;
  grpc::GenericStub stub_;
  std::shared_mutex mutex_;  // shared while a call begins
  bool closed_ = false;      // guarded by mutex_
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_HTTP_GATEWAY_H_
