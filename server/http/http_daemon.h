// An HTTP/1.1 server (libmicrohttpd, epoll) whose handler may answer later and
// from any thread: a waiting request holds a connection, not a thread.
#ifndef KBSEARCH_SERVER_HTTP_HTTP_DAEMON_H_
#define KBSEARCH_SERVER_HTTP_HTTP_DAEMON_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "server/http/http_stream.h"
#include "server/http/socket_address.h"

namespace kbsearch::server {

struct HttpRequest {
  std::string method;
  std::string path;                            // without the query string
  std::map<std::string, std::string> query;    // decoded; the last of a name
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  // The body is above max_body_bytes, and was thrown away. The connection is
  // closed after the answer.
  bool is_too_large = false;

  // Empty when it is not there.
  const std::string& Header(const std::string& name) const;
  const std::string& Query(const std::string& name) const;
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  // Shared, so that a page in memory is not copied for each request.
  std::shared_ptr<const std::string> body;
  // Sends the body piece by piece instead.
  std::shared_ptr<HttpStream> stream = nullptr;
};

// Ends the request: once, from any thread.
using HttpReply = std::function<void(HttpResponse)>;
// Called on the daemon's threads; must not block.
using HttpHandler =
    std::function<void(std::shared_ptr<const HttpRequest>, HttpReply)>;

// Thread-safe.
class HttpDaemon {
 public:
  struct Options {
    unsigned threads = 2;
    unsigned max_connections = 1000;
    // A connection on which nothing moves is closed after this.
    unsigned idle_seconds = 30;
    // So is one whose request is not whole after this, or whose answer is not
    // taken after that, however busily it trickles. Streams may last.
    unsigned receive_seconds = 60;
    unsigned send_seconds = 120;
    size_t max_body_bytes = 4 << 20;
  };
  // Takes over the listener's socket, in every case.
  static absl::StatusOr<std::unique_ptr<HttpDaemon>> Start(
      const Listener& listener, const Options& options, HttpHandler handler);
  virtual ~HttpDaemon() = default;

  // No new connections, waits until every request has been replied to, closes
  // all. REQUIRES: whoever holds replies sends them without this call's end.
  virtual void Stop() = 0;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_HTTP_DAEMON_H_
