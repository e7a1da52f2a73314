// The threads that search: as many as cores, each with a searcher of its own,
// behind one bounded queue.
#ifndef KBSEARCH_SERVER_WORKER_POOL_H_
#define KBSEARCH_SERVER_WORKER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "engine/library.h"

namespace kbsearch::server {

// What one thread owns. Not thread-safe.
class Worker {
 public:
  explicit Worker(std::shared_ptr<engine::Library> library);

  engine::Searcher& searcher() { return *searcher_; }
  engine::Library& library() { return *library_; }
  // REQUIRES: the library's registry knows `language`.
  analyzers::Analyzer& analyzer(const std::string& language);

 private:
  std::shared_ptr<engine::Library> library_;
  std::unique_ptr<engine::Searcher> searcher_;
  std::map<std::string, std::unique_ptr<analyzers::Analyzer>> analyzers_;
};

// Exactly one of `run` and `drop` is called; `run` on a worker's thread.
struct WorkerTask {
  engine::Deadline deadline = engine::Deadline::max();
  std::function<bool()> cancelled;
  std::function<void(Worker&)> run;
  // DeadlineExceeded: it passed in the queue. Cancelled: the caller went.
  // Unavailable: the pool was stopped.
  std::function<void(absl::Status)> drop;
};

// Thread-safe.
class WorkerPool {
 public:
  struct Options {
    int workers = 0;  // 0 = one per core
    size_t queue_limit = 128;
  };
  WorkerPool(std::shared_ptr<engine::Library> library, const Options& options);
  ~WorkerPool();  // Stop()

  // Queues the task. Otherwise (and then neither `run` nor `drop` is called)
  // ResourceExhausted: the queue is full; Unavailable: the pool is stopped.
  absl::Status Submit(WorkerTask task);

  // Tasks that wait for a worker.
  size_t queued() const;

  // Lets running tasks end, drops the waiting ones, joins the threads.
  void Stop();

 private:
  void Work();

  const std::shared_ptr<engine::Library> library_;
  const size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<WorkerTask> queue_;  // guarded by mutex_
  bool stopping_ = false;         // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_WORKER_POOL_H_
