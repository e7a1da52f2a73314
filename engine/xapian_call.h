// The one place where Xapian's exceptions end.
#ifndef KBSEARCH_ENGINE_XAPIAN_CALL_H_
#define KBSEARCH_ENGINE_XAPIAN_CALL_H_

#include <exception>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch::engine {

// The status of the exception being handled; `what` says what was tried.
// REQUIRES: called from a catch block.
// Lock held → Unavailable; missing or corrupt → DataLoss; modified under a
// reader → Aborted (reopen and try again); no space → the file
// system's word; the rest → Internal.
absl::Status StatusOfCurrentException(std::string_view what);

// Runs `function` (returning a value, a Status, a StatusOr or nothing) and
// turns any exception into a status.
template <typename Function>
auto CallXapian(std::string_view what, Function&& function) {
  using Result = std::invoke_result_t<Function>;
  if constexpr (std::is_void_v<Result>) {
    try {
      std::forward<Function>(function)();
      return absl::OkStatus();
    } catch (...) {
      return StatusOfCurrentException(what);
    }
  } else if constexpr (std::is_same_v<Result, absl::Status>) {
    try {
      return std::forward<Function>(function)();
    } catch (...) {
      return StatusOfCurrentException(what);
    }
  } else if constexpr (requires(Result r) { r.status(); }) {
    try {
      return std::forward<Function>(function)();
    } catch (...) {
      return Result(StatusOfCurrentException(what));
    }
  } else {
    try {
      return absl::StatusOr<Result>(std::forward<Function>(function)());
    } catch (...) {
      return absl::StatusOr<Result>(StatusOfCurrentException(what));
    }
  }
}

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_XAPIAN_CALL_H_
