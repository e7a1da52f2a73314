// The thread that tells a library what use has shown of its articles.
#ifndef KBSEARCH_SERVER_EVENTS_USE_FEED_H_
#define KBSEARCH_SERVER_EVENTS_USE_FEED_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "engine/library.h"
#include "server/events/event.h"
#include "server/events/sql_database.h"

namespace kbsearch::server::events {

// How long a feed rests after a count that took `taken`: the interval, and
// where counting takes long, twenty times as long as it took. Five minutes
// after one second, twenty minutes after one minute.
std::chrono::steady_clock::duration RestAfter(
    std::chrono::steady_clock::duration taken,
    std::chrono::steady_clock::duration interval);

// Counts the events of the last 90 days, once when it starts and then after a
// rest, on a connection of its own; searches never wait for it. While a corpus
// cannot be counted its last counts stay, and the error is logged once; the
// other corpora go on.
class UseFeed {
 public:
  // `location`: see OpenDatabase. `now` empty: the system's clock. REQUIRES:
  // the library has priors().
  UseFeed(std::string location, std::shared_ptr<engine::Library> library,
          std::chrono::milliseconds interval, std::function<TimeMs()> now);
  // Ends the statement that is running.
  ~UseFeed();

 private:
  void Loop();
  void Refresh();
  absl::Status Refresh(const std::string& corpus, TimeMs now);
  absl::Status Open();
  // Logs an error, of the database itself where the corpus is empty, unless it
  // is the same as the last time. Returns whether there is none.
  bool Note(const std::string& corpus, const absl::Status& status);
  bool IsStopping();

  const std::string location_;
  const std::shared_ptr<engine::Library> library_;
  const std::chrono::milliseconds interval_;
  const std::function<TimeMs()> now_;
  std::map<std::string, std::string> last_errors_;  // the thread's own
  std::mutex mutex_;
  std::condition_variable wake_;
  // The thread's own but for Interrupt; set under mutex_. Null: not open.
  std::unique_ptr<SqlDatabase> database_;
  bool stopping_ = false;  // guarded by mutex_
  bool ended_ = false;     // guarded by mutex_
  std::thread thread_;
};

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_USE_FEED_H_
