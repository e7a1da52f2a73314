// Many calls to a server, several at a time.
#ifndef KBSEARCH_CLI_EVAL_PARALLEL_CALLS_H_
#define KBSEARCH_CLI_EVAL_PARALLEL_CALLS_H_

#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <functional>

namespace kbsearch::cli {

struct CallFailure {
  grpc::Status status;  // OK: there was none
  size_t index = 0;     // of the call that failed first
};

// Runs `call` with 0 … `count` − 1 on `concurrency` threads. The first failure
// ends it; calls that run then are finished. `progress`, which may be empty,
// is told how many are done, one call at a time.
CallFailure CallInParallel(size_t count, int concurrency,
                           const std::function<void(size_t)>& progress,
                           const std::function<grpc::Status(size_t)>& call);

// Runs `call` until the server is not overloaded, waiting longer each time, at
// most eight times.
grpc::Status CallWhileOverloaded(const std::function<grpc::Status()>& call);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_PARALLEL_CALLS_H_
