// Work divided among threads.
#ifndef KBSEARCH_BASE_PARALLEL_H_
#define KBSEARCH_BASE_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace kbsearch {

// Threads for `jobs` as a user gives it: 0 is one for each core.
size_t ThreadsOf(int jobs);

// Calls work(thread, item) for every item below `items`, in no order, by
// `threads` threads (the caller's is number 0), and returns when all are done.
// `work` must not throw.
void RunInParallel(size_t threads, size_t items,
                   const std::function<void(size_t, size_t)>& work);

}  // namespace kbsearch

#endif  // KBSEARCH_BASE_PARALLEL_H_
