// Ends HTTP connections that trickle: whose requests never become whole or
// whose answers are never taken, though a byte moves now and then; and finds
// streams whose client has left, which the daemon does not see while they wait.
#ifndef KBSEARCH_SERVER_HTTP_CONNECTION_WATCH_H_
#define KBSEARCH_SERVER_HTTP_CONNECTION_WATCH_H_

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "server/http/http_stream.h"

struct MHD_Connection;

namespace kbsearch::server {

// Thread-safe. A connection that is overdue has its socket shut down; the
// daemon then closes it as if the client had.
class ConnectionWatch {
 public:
  ConnectionWatch(std::chrono::seconds receive_limit,
                  std::chrono::seconds send_limit);
  ~ConnectionWatch();

  // What the daemon sees of a connection, in the order of its life.
  void Opened(MHD_Connection* connection, int socket);
  void Receiving(MHD_Connection* connection);
  void Answering(MHD_Connection* connection);
  // `stream` is null for answers that are whole.
  void Sending(MHD_Connection* connection,
               const std::shared_ptr<HttpStream>& stream);
  // Before the socket is closed.
  void Closed(MHD_Connection* connection);

 private:
  using Clock = std::chrono::steady_clock;
  struct Watched {
    int socket = -1;
    Clock::time_point due = Clock::time_point::max();
    std::weak_ptr<HttpStream> stream;
  };

  void SetDue(MHD_Connection* connection, Clock::time_point due,
              const std::shared_ptr<HttpStream>& stream);
  void Run();
  void Sweep(Clock::time_point now);

  const std::chrono::seconds receive_limit_;
  const std::chrono::seconds send_limit_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;                       // guarded by mutex_
  std::map<MHD_Connection*, Watched> watched_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_CONNECTION_WATCH_H_
