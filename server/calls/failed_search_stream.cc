#include "server/calls/failed_search_stream.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "server/calls/validate.h"
#include "server/events/event_time.h"
#include "server/grpc_status.h"

namespace kbsearch::server {
namespace {

v1::WatchFailedSearchesResponse ToProto(const events::FailingSession& failing) {
  v1::WatchFailedSearchesResponse entry;
  entry.set_session_id(failing.session);
  entry.set_language_code(failing.language);
  entry.mutable_queries()->Assign(failing.queries.begin(),
                                  failing.queries.end());
  events::SetTime(failing.first_failed_at, entry.mutable_first_failed_at());
  events::SetTime(failing.last_failed_at, entry.mutable_last_failed_at());
  return entry;
}

grpc::Status Stopping() {
  return {grpc::StatusCode::UNAVAILABLE, "the server is stopping"};
}

grpc::Status WatcherGone() {
  return {grpc::StatusCode::CANCELLED, "the watcher went"};
}

class Refusal final : public FailedSearchStreams::Reactor {
 public:
  explicit Refusal(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

}  // namespace

// gRPC allows one write at a time and Finish once, after the last write.
class FailedSearchWatcher final : public FailedSearchStreams::Reactor {
 public:
  FailedSearchWatcher(FailedSearchStreams* streams,
                      grpc::CallbackServerContext* context, std::string corpus,
                      std::vector<std::string> languages)
      : streams_(streams),
        context_(context),
        corpus_(std::move(corpus)),
        languages_(std::move(languages)) {
    // Tells the client that the stream stands before there is any entry.
    StartSendInitialMetadata();
    subscription_ = streams_->source_->Subscribe(
        [this](const events::FailingSession& failing) { Take(failing); });
  }

  void End(const grpc::Status& status) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (ending_) return;
    ending_ = true;
    status_ = status;
    if (!writing_) return Finish(status_);
    // A client who does not read would hold the write up for ever.
    context_->TryCancel();
  }

 private:
  void Take(const events::FailingSession& failing) {
    if (failing.corpus != corpus_) return;
    if (!languages_.empty() &&
        std::find(languages_.begin(), languages_.end(), failing.language) ==
            languages_.end()) {
      return;
    }
    v1::WatchFailedSearchesResponse entry = ToProto(failing);
    std::lock_guard<std::mutex> lock(mutex_);
    const auto waiting =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& other) {
          return other.session_id() == entry.session_id();
        });
    if (waiting != waiting_.end()) waiting_.erase(waiting);
    if (waiting_.size() == FailedSearchStreams::kMaxWaiting) {
      waiting_.pop_front();
    }
    waiting_.push_back(std::move(entry));
    WriteNext();
  }

  // REQUIRES: mutex_ is held.
  void WriteNext() {
    if (ending_ || writing_ || waiting_.empty()) return;
    writing_ = true;
    written_ = std::move(waiting_.front());
    waiting_.pop_front();
    StartWrite(&written_);
  }

  void OnWriteDone(bool ok) override {
    std::lock_guard<std::mutex> lock(mutex_);
    writing_ = false;
    if (!ok && !ending_) {
      ending_ = true;
      status_ = WatcherGone();
    }
    if (ending_) return Finish(status_);
    WriteNext();
  }

  void OnCancel() override {
    std::lock_guard<std::mutex> lock(mutex_);
    if (ending_) return;
    ending_ = true;
    status_ = WatcherGone();
    if (!writing_) Finish(status_);
  }

  void OnDone() override {
    // Whoever ended the stream still holds the lock for a moment.
    { std::lock_guard<std::mutex> lock(mutex_); }
    // After these two nobody else knows the watcher.
    streams_->source_->Unsubscribe(subscription_);
    streams_->Remove(this);
    delete this;
  }

  FailedSearchStreams* const streams_;
  grpc::CallbackServerContext* const context_;
  const std::string corpus_;
  const std::vector<std::string> languages_;  // empty: all
  int subscription_ = 0;

  std::mutex mutex_;  // of all below
  std::deque<v1::WatchFailedSearchesResponse> waiting_;
  v1::WatchFailedSearchesResponse written_;
  bool writing_ = false;
  bool ending_ = false;
  grpc::Status status_;
};

absl::Status FailedSearchStreams::Check(
    const v1::WatchFailedSearchesRequest& request,
    const absl::StatusOr<Caller>& caller) const {
  if (!caller.ok()) return caller.status();
  if (caller->role == Role::kPortal) {
    return absl::PermissionDeniedError(
        "WatchFailedSearches needs an agent's or an operator's token");
  }
  absl::Status status = Validate(request, *registry_);
  return status.ok() ? find_corpus_(request.corpus()) : status;
}

FailedSearchStreams::Reactor* FailedSearchStreams::Open(
    grpc::CallbackServerContext* context,
    const v1::WatchFailedSearchesRequest& request,
    const absl::StatusOr<Caller>& caller) {
  if (absl::Status status = Check(request, caller); !status.ok()) {
    return new Refusal(ToGrpcStatus(status, ""));
  }
  std::vector<std::string> languages;
  for (const std::string& code : request.languages()) {
    languages.push_back(registry_->Normalize(code));
  }
  std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return new Refusal(Stopping());
  auto* watcher = new FailedSearchWatcher(this, context, request.corpus(),
                                          std::move(languages));
  watchers_.insert(watcher);
  return watcher;
}

void FailedSearchStreams::Close() {
  std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  for (FailedSearchWatcher* watcher : watchers_) {
    watcher->End(Stopping());
  }
}

void FailedSearchStreams::Remove(FailedSearchWatcher* watcher) {
  std::lock_guard<std::mutex> lock(mutex_);
  watchers_.erase(watcher);
}

}  // namespace kbsearch::server
