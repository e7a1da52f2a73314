#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace kbsearch {

size_t ThreadsOf(int jobs) {
  if (jobs > 0) return static_cast<size_t>(jobs);
  return std::max(1u, std::thread::hardware_concurrency());
}

void RunInParallel(size_t threads, size_t items,
                   const std::function<void(size_t, size_t)>& work) {
  std::atomic<size_t> next{0};
  const auto run = [&](size_t thread) {
    for (size_t i = next++; i < items; i = next++) work(thread, i);
  };
  std::vector<std::thread> others;
  for (size_t i = 1; i < std::min(threads, items); ++i) {
    others.emplace_back(run, i);
  }
  run(0);
  for (std::thread& thread : others) thread.join();
}

}  // namespace kbsearch
