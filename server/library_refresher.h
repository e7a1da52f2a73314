// The thread that lets a library notice new generations.
#ifndef KBSEARCH_SERVER_LIBRARY_REFRESHER_H_
#define KBSEARCH_SERVER_LIBRARY_REFRESHER_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "engine/library.h"

namespace kbsearch::server {

// Calls Refresh() now and again until it is destroyed; logs what changed, and
// an error once, not each time.
class LibraryRefresher {
 public:
  LibraryRefresher(std::shared_ptr<engine::Library> library,
                   std::chrono::milliseconds interval);
  ~LibraryRefresher();

  // Refreshes soon, not at the end of the interval. Thread-safe.
  void Wake();

 private:
  void Loop();
  void Refresh();

  const std::shared_ptr<engine::Library> library_;
  const std::chrono::milliseconds interval_;
  std::map<std::string, uint64_t> generations_;  // by corpus; the thread's own
  std::string last_error_;                       // the thread's own
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  bool woken_ = false;     // guarded by mutex_
  std::thread thread_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_LIBRARY_REFRESHER_H_
