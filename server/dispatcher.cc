#include "server/dispatcher.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

#include "server/grpc_status.h"
#include "server/log.h"
#include "server/request_id.h"

namespace kbsearch::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char kOpening[] =
    "the server is opening its index: try again in a moment";

std::vector<std::string> MetadataValues(
    const grpc::CallbackServerContext& context, const char* key) {
  std::vector<std::string> values;
  const auto range = context.client_metadata().equal_range(key);
  for (auto it = range.first; it != range.second; ++it) {
    values.emplace_back(it->second.data(), it->second.size());
  }
  return values;
}

// The caller's deadline is told in wall-clock time; the engine's clock does not
// jump.
Clock::time_point SteadyDeadline(const grpc::CallbackServerContext& context,
                                 std::chrono::milliseconds max_time) {
  const auto left = context.deadline() - std::chrono::system_clock::now();
  const auto now = Clock::now();
  if (left >= max_time) return now + max_time;
  return now + std::chrono::duration_cast<Clock::duration>(left);
}

// Lives from the call's arrival until gRPC is done with it.
class UnaryCall : public grpc::ServerUnaryReactor {
 public:
  UnaryCall(grpc::CallbackServerContext* context, const Method& method,
            Metrics* metrics)
      : context_(context), method_(method), metrics_(metrics) {
    const auto given = MetadataValues(*context, "x-request-id");
    info.request_id = RequestIdFrom(given.empty() ? "" : given.front());
  }

  // Ends the call; once only, the object may be gone afterwards.
  void Complete(const absl::Status& status) {
    const grpc::Status answer = ToGrpcStatus(status, info.request_id);
    const double seconds =
        std::chrono::duration<double>(Clock::now() - info.arrived).count();
    const char* code = CodeName(answer.error_code());
    metrics_->Count(method_.name, code, seconds);
    Log(status, code, seconds);
    context_->AddTrailingMetadata("x-request-id", info.request_id);
    Finish(answer);
  }

  bool cancelled() const { return cancelled_; }

  CallInfo info;

 private:
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override { delete this; }

  void Log(const absl::Status& status, const char* code, double seconds) const {
    const std::string who =
        authenticated() ? LogValue(info.caller.name) : std::string("-");
    const std::string role(RoleName(info.caller.role));
    if (IsInternalError(status)) {
      const absl::string_view text = status.message();
      spdlog::error(
          "event=call request_id={} method={} caller={} role={} status={} "
          "ms={:.2f} detail={}",
          info.request_id, method_.name, who, role, code, seconds * 1000,
          LogValue(std::string_view(text.data(), text.size())));
      return;
    }
    spdlog::info(
        "event=call request_id={} method={} caller={} role={} status={} "
        "ms={:.2f}",
        info.request_id, method_.name, who, role, code, seconds * 1000);
  }

  bool authenticated() const { return !info.caller.name.empty(); }

  grpc::CallbackServerContext* const context_;
  const Method method_;
  Metrics* const metrics_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace

absl::StatusOr<Caller> Dispatcher::Admit(
    const grpc::CallbackServerContext& context, const Method& method) const {
  absl::StatusOr<Caller> caller =
      authenticator_->Authenticate(MetadataValues(context, "authorization"));
  if (!caller.ok() || !method.operator_only) return caller;
  if (absl::Status status = authenticator_->CheckOperator(*caller);
      !status.ok()) {
    return status;
  }
  return caller;
}

absl::StatusOr<Caller> Dispatcher::AdmitStream(
    const grpc::CallbackServerContext& context, const Method& method) const {
  absl::StatusOr<Caller> caller = Admit(context, method);
  if (caller.ok() && pool_ == nullptr) return absl::UnavailableError(kOpening);
  return caller;
}

grpc::ServerUnaryReactor* Dispatcher::Start(
    grpc::CallbackServerContext* context, const Method& method,
    const Prepare& prepare, Run run) {
  auto* call = new UnaryCall(context, method, metrics_);
  absl::StatusOr<Caller> caller = Admit(*context, method);
  if (!caller.ok()) {
    call->Complete(caller.status());
    return call;
  }
  call->info.caller = *std::move(caller);
  call->info.deadline = SteadyDeadline(*context, options_.max_request_time);
  WorkerPool* const pool = pool_;
  if (pool == nullptr) {
    call->Complete(absl::UnavailableError(kOpening));
    return call;
  }
  if (absl::Status status = prepare(); !status.ok()) {
    call->Complete(status);
    return call;
  }
  WorkerTask task;
  task.deadline = call->info.deadline;
  task.cancelled = [call] { return call->cancelled(); };
  task.drop = [call](const absl::Status& status) { call->Complete(status); };
  task.run = [call, run = std::move(run)](Worker& worker) {
    absl::Status status;
    try {
      status = run(worker, call->info);
    } catch (const std::exception& error) {
      // Nothing below throws on purpose; one request's bad_alloc must not take
      // the others down.
      status = absl::InternalError(absl::StrCat("exception: ", error.what()));
    }
    call->Complete(status);
  };
  WorkerPool* const chosen = method.is_slow ? slow_pool_ : pool;
  if (absl::Status status = chosen->Submit(std::move(task)); !status.ok()) {
    call->Complete(status);
  }
  return call;
}

}  // namespace kbsearch::server
