// The time that a search has left.
#ifndef KBSEARCH_ENGINE_DEADLINE_H_
#define KBSEARCH_ENGINE_DEADLINE_H_

#include <xapian.h>

#include <algorithm>
#include <chrono>

#include "absl/status/status.h"
#include "engine/search.h"

namespace kbsearch::engine {

// OK, or DeadlineExceeded.
inline absl::Status CheckDeadline(Deadline deadline) {
  if (std::chrono::steady_clock::now() < deadline) return absl::OkStatus();
  return absl::DeadlineExceededError("the search took too long");
}

// Lets a match end at the deadline, with what it has found until then.
inline void LimitTime(Deadline deadline, Xapian::Enquire& enquire) {
  if (deadline == Deadline::max()) return;
  const std::chrono::duration<double> left =
      deadline - std::chrono::steady_clock::now();
  enquire.set_time_limit(std::max(0.001, left.count()));
}

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_DEADLINE_H_
