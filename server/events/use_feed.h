// The thread that tells a library what use has shown of its articles.
#ifndef KBSEARCH_SERVER_EVENTS_USE_FEED_H_
#define KBSEARCH_SERVER_EVENTS_USE_FEED_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "engine/library.h"
#include "server/events/event.h"
#include "server/events/sql_database.h"

namespace kbsearch::server::events {

// Counts the events of the last 90 days, once when it starts and then every
// `interval`, on a connection of its own; searches never wait for it. While the
// database cannot be read the last counts stay, and the error is logged once.
class UseFeed {
 public:
  // `location`: see OpenDatabase. `now` empty: the system's clock. REQUIRES:
  // the library has priors().
  UseFeed(std::string location, std::shared_ptr<engine::Library> library,
          std::chrono::milliseconds interval, std::function<TimeMs()> now);
  ~UseFeed();

 private:
  void Loop();
  absl::Status Refresh();

  const std::string location_;
  const std::shared_ptr<engine::Library> library_;
  const std::chrono::milliseconds interval_;
  const std::function<TimeMs()> now_;
  std::unique_ptr<SqlDatabase> database_;  // the thread's own; null: not open
  std::string last_error_;                 // the thread's own
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_USE_FEED_H_
