#include "server/worker_pool.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"

namespace kbsearch::server {

Worker::Worker(std::shared_ptr<engine::Library> library)
    : library_(std::move(library)), searcher_(library_->NewSearcher()) {}

analyzers::Analyzer& Worker::analyzer(const std::string& language) {
  std::unique_ptr<analyzers::Analyzer>& slot = analyzers_[language];
  if (slot == nullptr) slot = library_->registry().NewAnalyzer(language);
  return *slot;
}

WorkerPool::WorkerPool(std::shared_ptr<engine::Library> library,
                       const Options& options)
    : library_(std::move(library)), queue_limit_(options.queue_limit) {
  const int cores =
      std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const int workers = options.workers > 0 ? options.workers : cores;
  threads_.reserve(workers);
  for (int i = 0; i < workers; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

WorkerPool::~WorkerPool() { Stop(); }

absl::Status WorkerPool::Submit(WorkerTask task) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (stopping_) return absl::UnavailableError("the server is stopping");
    if (queue_.size() >= queue_limit_) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the server is busy (", queue_.size(),
                       " requests are waiting): try again in a moment"));
    }
    queue_.push_back(std::move(task));
  }
  changed_.notify_one();
  return absl::OkStatus();
}

size_t WorkerPool::queued() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return queue_.size();
}

void WorkerPool::Stop() {
  std::deque<WorkerTask> waiting;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    waiting.swap(queue_);
  }
  changed_.notify_all();
  for (WorkerTask& task : waiting) {
    task.drop(absl::UnavailableError("the server is stopping"));
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::Work() {
  Worker worker(library_);
  while (true) {
    WorkerTask task;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    if (task.cancelled()) {
      task.drop(absl::CancelledError("the caller went away"));
    } else if (std::chrono::steady_clock::now() >= task.deadline) {
      task.drop(absl::DeadlineExceededError(
          "the deadline passed while the request waited for a worker"));
    } else {
      task.run(worker);
    }
  }
}

}  // namespace kbsearch::server
