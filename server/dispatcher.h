// What every call goes through, whichever method it is: request id, caller,
// parsing and validation, the queue, the worker, status, log line, metrics.
#ifndef KBSEARCH_SERVER_DISPATCHER_H_
#define KBSEARCH_SERVER_DISPATCHER_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "analyzers/registry.h"
#include "server/authenticator.h"
#include "server/call_observer.h"
#include "server/calls/validate.h"
#include "server/metrics.h"
#include "server/worker_pool.h"

namespace kbsearch::server {

// A method as the log and the metrics name it.
struct Method {
  const char* name;  // "kbsearch.v1.SearchService/Search"
  bool operator_only = false;
  // May take seconds: runs on a worker of its own, so that searches never wait
  // for it.
  bool is_slow = false;
};

// What a handler knows of the call beside its request.
struct CallInfo {
  std::string request_id;
  Caller caller;
  engine::Deadline deadline = engine::Deadline::max();
  std::chrono::steady_clock::time_point arrived =
      std::chrono::steady_clock::now();
};

// Thread-safe. Must outlive every call.
class Dispatcher {
 public:
  struct Options {
    // No call lasts longer, whatever deadline its caller sets.
    std::chrono::milliseconds max_request_time{30000};
  };
  Dispatcher(std::shared_ptr<const analyzers::Registry> registry,
             Authenticator* authenticator, Metrics* metrics,
             const Options& options)
      : registry_(std::move(registry)),
        authenticator_(authenticator),
        metrics_(metrics),
        options_(options) {}

  // Calls are UNAVAILABLE before this. The pools must outlive every call;
  // `slow` runs what is_slow.
  void SetPools(WorkerPool* pool, WorkerPool* slow) {
    slow_pool_ = slow;
    pool_ = pool;
  }

  // Who is told of answered calls, in this order. Before SetPools; they must
  // outlive every call.
  void SetObservers(std::vector<CallObserver*> observers) {
    observers_ = std::move(observers);
  }

  // Whether a caller may call a method that this dispatcher does not run (one
  // that streams). Unauthenticated, PermissionDenied; Unavailable before
  // SetPools.
  absl::StatusOr<Caller> AdmitStream(const grpc::CallbackServerContext& context,
                                     const Method& method) const;

  // The reactor of a unary method. `handle` runs on a worker, as
  //   absl::Status handle(Worker&, const CallInfo&, const Request&, Response*)
  // Messages come as bytes so that one that is no message (text that is not
  // UTF-8) is answered INVALID_ARGUMENT; gRPC itself says UNIMPLEMENTED.
  template <class Request, class Response, class Handle>
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context,
                                  const Method& method,
                                  const grpc::ByteBuffer* input,
                                  grpc::ByteBuffer* output, Handle handle) {
    auto request = std::make_shared<Request>();
    return Start(
        context, method,
        [this, input, request]() -> absl::Status {
          grpc::ByteBuffer bytes(*input);
          if (!grpc::SerializationTraits<Request>::Deserialize(&bytes,
                                                               request.get())
                   .ok()) {
            return absl::InvalidArgumentError(
                absl::StrCat("not a valid ", Request::descriptor()->full_name(),
                             " message; texts must be UTF-8"));
          }
          return Validate(*request, *registry_);
        },
        [this, request, output, handle](Worker& worker, const CallInfo& call) {
          Response response;
          absl::Status status = handle(worker, call, *request, &response);
          if (!status.ok()) return status;
          bool own_buffer = false;
          if (!grpc::SerializationTraits<Response>::Serialize(response, output,
                                                              &own_buffer)
                   .ok()) {
            return absl::InternalError("the answer cannot be serialised");
          }
          Tell(call, *request, response);
          return absl::OkStatus();
        });
  }

  // What calls that are streams run on; null while the index is opening.
  WorkerPool* pool() const { return pool_; }
  Metrics& metrics() const { return *metrics_; }

 private:
  using Prepare = std::function<absl::Status()>;
  using Run = std::function<absl::Status(Worker&, const CallInfo&)>;

  absl::StatusOr<Caller> Admit(const grpc::CallbackServerContext& context,
                               const Method& method) const;

  grpc::ServerUnaryReactor* Start(grpc::CallbackServerContext* context,
                                  const Method& method, const Prepare& prepare,
                                  Run run);
  // Tells the observers of a call that is answered, if they take such.
  template <class Request, class Response>
  void Tell(const CallInfo& call, const Request& request,
            const Response& response) const {
    if constexpr (requires(CallObserver & it, const AnsweredCall& answered) {
                    it.Observe(answered, request, response);
                  }) {
      AnsweredCall answered;
      answered.role = call.caller.role;
      answered.latency = std::chrono::duration_cast<std::chrono::microseconds>(
          std::chrono::steady_clock::now() - call.arrived);
      for (CallObserver* observer : observers_) {
        observer->Observe(answered, request, response);
      }
    }
  }

  const std::shared_ptr<const analyzers::Registry> registry_;
  Authenticator* const authenticator_;
  Metrics* const metrics_;
  const Options options_;
  std::vector<CallObserver*> observers_;
  WorkerPool* slow_pool_ = nullptr;  // set before pool_
  std::atomic<WorkerPool*> pool_{nullptr};
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_DISPATCHER_H_
