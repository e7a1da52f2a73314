// The whole server: gRPC services, workers, HTTP gateway, refreshing.
#ifndef KBSEARCH_SERVER_SERVER_H_
#define KBSEARCH_SERVER_SERVER_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/library.h"
#include "server/events/event_recorder.h"
#include "server/reindexer.h"

namespace kbsearch::server {

// Thread-safe. Destroyed, it stops.
class Server {
 public:
  struct Options {
    std::string listen = "127.0.0.1:50051";  // port 0: any free one
    std::string http;                        // empty: no HTTP
    std::string token_file;                  // empty: everybody is a portal
    Reindexer::Options reindexing;           // no data_dir: none
    bool anonymous_portal = false;           // see Authenticator::Make
    std::string cors_origins;                // see CorsPolicy::Parse
    std::string ticket_webhook;              // empty: no tickets
    std::string portal_dir;                  // empty: see PortalFiles::Load
    int workers = 0;                         // 0: one per core
    size_t queue_limit = 128;
    double suggest_min_confidence = 0.4;  // see settings.cc
    bool rank_by_use = true;              // events take part in ranking
    std::chrono::milliseconds max_request_time{30000};
    std::chrono::milliseconds refresh_interval{500};
    // How long Stop lets running calls go on.
    std::chrono::milliseconds stop_grace{10000};
    std::string data_dir;         // of the corpora, for GetInsights
    events::EventOptions events;  // by default none are recorded
  };

  // What the server answers from. `open_library` is called once, by Start,
  // when the ports already listen: health says NOT_SERVING and calls are
  // UNAVAILABLE meanwhile.
  struct Backend {
    std::shared_ptr<const analyzers::Registry> registry;
    std::function<absl::StatusOr<std::shared_ptr<engine::Library>>()>
        open_library;
  };

  // Returns when the server serves. Errors are for the operator: a port is
  // taken, the token file is malformed, tokens are missing on an address that
  // others reach, the library does not open.
  // REQUIRES: signals that the program waits for are blocked.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const Options& options,
                                                       Backend backend);
  virtual ~Server() = default;

  // The ports listened on; http_port is 0 without HTTP.
  virtual int grpc_port() const = 0;
  virtual int http_port() const = 0;

  // Reads the token file again; on an error the old tokens stay.
  virtual absl::Status ReloadTokens() = 0;

  // Takes no more calls, lets running ones end until the grace is over, then
  // cancels them. Idempotent.
  virtual void Stop() = 0;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_SERVER_H_
