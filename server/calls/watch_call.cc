// WatchReindex: the operation as it is, then at each change, until it has
// ended or the caller goes. A slow reader is given the latest state.
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "server/calls/operations.h"
#include "server/grpc_status.h"
#include "server/request_id.h"

namespace kbsearch::server {
namespace {

constexpr Method kWatch = {"kbsearch.v1.AdminService/WatchReindex", true};

class WatchCall : public grpc::ServerWriteReactor<v1::WatchReindexResponse> {
 public:
  WatchCall(Reindexer* reindexer) : reindexer_(reindexer) {}

  void Begin(const absl::StatusOr<Caller>& caller, const std::string& id) {
    absl::Status status = caller.status();
    if (status.ok() && reindexer_ == nullptr) {
      status = absl::UnavailableError("the server is opening its index");
    }
    if (status.ok()) {
      const absl::StatusOr<uint64_t> number = reindexer_->Watch(
          id, [this](const v1::Reindex& state) { Take(state); });
      status = number.status();
      if (number.ok()) number_ = *number;
    }
    const std::lock_guard lock(mutex_);
    is_watching_ = status.ok();
    if (!status.ok()) {
      finished_ = true;
      Finish(ToGrpcStatus(status, RequestIdFrom("")));
    }
  }

 private:
  void Take(const v1::Reindex& state) {
    const std::lock_guard lock(mutex_);
    next_ = state;
    WriteOrFinish();
  }

  // REQUIRES: mutex_ is held.
  void WriteOrFinish() {
    if (is_writing_ || finished_) return;
    if (is_gone_) {
      finished_ = true;
      Finish(grpc::Status::CANCELLED);
      return;
    }
    if (next_.has_value()) {
      *message_.mutable_reindex() = *std::move(next_);
      next_.reset();
      is_writing_ = true;
      StartWrite(&message_);
      return;
    }
    if (message_.has_reindex() &&
        message_.reindex().state() != v1::Reindex::STATE_RUNNING) {
      finished_ = true;
      Finish(grpc::Status::OK);
    }
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    is_writing_ = false;
    is_gone_ = is_gone_ || !ok;
    WriteOrFinish();
  }
  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    is_gone_ = true;
    WriteOrFinish();
  }
  void OnDone() override {
    bool is_watching = false;
    {
      const std::lock_guard lock(mutex_);
      is_watching = is_watching_;
    }
    if (is_watching) reindexer_->Unwatch(number_);
    delete this;
  }

  Reindexer* const reindexer_;
  uint64_t number_ = 0;
  std::mutex mutex_;  // guards what follows
  std::optional<v1::Reindex> next_;
  v1::WatchReindexResponse message_;
  bool is_watching_ = false;
  bool is_writing_ = false;
  bool is_gone_ = false;
  bool finished_ = false;
};

}  // namespace

grpc::ServerWriteReactor<v1::WatchReindexResponse>* StartWatch(
    grpc::CallbackServerContext* context, Dispatcher* dispatcher,
    Reindexer* reindexer, const v1::WatchReindexRequest* request) {
  auto* call = new WatchCall(reindexer);
  call->Begin(dispatcher->AdmitStream(*context, kWatch), request->reindex_id());
  return call;
}

}  // namespace kbsearch::server
