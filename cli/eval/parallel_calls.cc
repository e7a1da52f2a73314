#include "cli/eval/parallel_calls.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

namespace kbsearch::cli {

CallFailure CallInParallel(size_t count, int concurrency,
                           const std::function<void(size_t)>& progress,
                           const std::function<grpc::Status(size_t)>& call) {
  CallFailure failure;  // guarded by `mutex`
  size_t done = 0;      // guarded by `mutex`
  std::mutex mutex;
  std::atomic<size_t> next = 0;
  std::atomic<bool> stop = false;
  const auto work = [&] {
    for (size_t i = next++; i < count && !stop; i = next++) {
      const grpc::Status status = call(i);
      const std::lock_guard<std::mutex> lock(mutex);
      if (!status.ok()) {
        stop = true;
        if (failure.status.ok()) failure = {status, i};
      }
      ++done;
      if (progress) progress(done);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < concurrency; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  return failure;
}

grpc::Status CallWhileOverloaded(const std::function<grpc::Status()>& call) {
  constexpr int kMaxTries = 8;
  std::chrono::milliseconds pause{25};
  for (int attempt = 1;; ++attempt) {
    grpc::Status status = call();
    if (status.error_code() != grpc::StatusCode::RESOURCE_EXHAUSTED ||
        attempt == kMaxTries) {
      return status;
    }
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

}  // namespace kbsearch::cli
