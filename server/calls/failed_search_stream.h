// WatchFailedSearches: one reactor a watcher, fed by events::FailedSearches.
#ifndef KBSEARCH_SERVER_CALLS_FAILED_SEARCH_STREAM_H_
#define KBSEARCH_SERVER_CALLS_FAILED_SEARCH_STREAM_H_

#include <grpcpp/grpcpp.h>
#include <kbsearch/v1/search_service.pb.h>

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "server/events/failed_searches.h"
#include "server/token_table.h"

namespace kbsearch::server {

class FailedSearchWatcher;

// The running streams, so that a server that stops can end them. Thread-safe.
class FailedSearchStreams {
 public:
  using Reactor = grpc::ServerWriteReactor<v1::WatchFailedSearchesResponse>;
  // OK, or why there is no such corpus.
  using FindCorpus = std::function<absl::Status(const std::string& corpus)>;

  // `source` must outlive the streams.
  FailedSearchStreams(events::FailedSearches* source,
                      std::shared_ptr<const analyzers::Registry> registry,
                      FindCorpus find_corpus)
      : source_(source),
        registry_(std::move(registry)),
        find_corpus_(std::move(find_corpus)) {}

  // The reactor of a watcher; deletes itself. Ends at once when the caller was
  // not admitted, is a portal, or asks for what is not there. A watcher who
  // reads too slowly loses the oldest of kMaxWaiting sessions that wait to be
  // sent; a session that fails again while it waits is sent once, as it is by
  // then.
  Reactor* Open(grpc::CallbackServerContext* context,
                const v1::WatchFailedSearchesRequest& request,
                const absl::StatusOr<Caller>& caller);
  static constexpr size_t kMaxWaiting = 1000;

  // Ends all of them with UNAVAILABLE; later ones end at once.
  void Close();

 private:
  friend class FailedSearchWatcher;
  absl::Status Check(const v1::WatchFailedSearchesRequest& request,
                     const absl::StatusOr<Caller>& caller) const;
  void Remove(FailedSearchWatcher* watcher);

  events::FailedSearches* const source_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  const FindCorpus find_corpus_;
  std::mutex mutex_;
  std::set<FailedSearchWatcher*> watchers_;  // guarded by mutex_
  bool closed_ = false;                      // guarded by mutex_
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_FAILED_SEARCH_STREAM_H_
