// Rebuilds of corpora, each in a process of its own: kbsearch-indexer, with low
// priority, telling its progress by JSON lines on a pipe. A crash of it is a
// failed operation; so is the server's end, which ends it.
//
//   DATA/corpora/<corpus>/last-reindex.json   the last operation, as the API
//                                             tells it
#ifndef KBSEARCH_SERVER_REINDEXER_H_
#define KBSEARCH_SERVER_REINDEXER_H_

#include <kbsearch/v1/admin_service.pb.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/library.h"

namespace kbsearch::server {

// Thread-safe.
class Reindexer {
 public:
  struct Options {
    std::string data_dir;
    std::string program;  // kbsearch-indexer
    int keep = 2;         // earlier generations
    // Changed articles beside a generation from which on they are built into a
    // new one; 0: never.
    uint64_t merge_after = 2000;
  };
  Reindexer(Options options, std::shared_ptr<engine::Library> library);
  // Ends what is running.
  ~Reindexer();

  // NotFound: no such corpus. FailedPrecondition: one is running (the message
  // names it). Internal: the program cannot be started.
  absl::StatusOr<v1::Reindex> Start(const v1::StartReindexRequest& request);
  // NotFound: no such operation; the last one of each corpus is known.
  absl::StatusOr<v1::Reindex> Get(const std::string& reindex_id);
  // Asks it to end; it does so soon. An ended one stays as it is.
  absl::StatusOr<v1::Reindex> Cancel(const std::string& reindex_id);
  // Of a corpus.
  std::optional<v1::Reindex> Last(const std::string& corpus);

  // Calls `observer` with the operation as it is, before this returns, and at
  // each change, from another thread, until it has ended or Unwatch returned.
  // The observer must not call back. NotFound. Gives a number for Unwatch.
  using Observer = std::function<void(const v1::Reindex&)>;
  absl::StatusOr<uint64_t> Watch(const std::string& reindex_id,
                                 Observer observer);
  void Unwatch(uint64_t number);

 private:
  struct Operation;
  using OperationPtr = std::shared_ptr<Operation>;

  absl::StatusOr<OperationPtr> Launch(const std::string& corpus,
                                      std::vector<std::string> arguments,
                                      bool is_merge);
  void Run(const OperationPtr& operation, int output);
  void TakeLine(const OperationPtr& operation, const std::string& line);
  void Settle(const OperationPtr& operation, int wait_status);
  void Tell(const v1::Reindex& state);
  void Store(const v1::Reindex& state) const;
  void LoadLast(const std::string& corpus);
  OperationPtr FindOperation(const std::string& reindex_id);
  void MergeWhereDue();

  const Options options_;
  const std::shared_ptr<engine::Library> library_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::map<std::string, OperationPtr> running_;  // by corpus, merges too
  std::map<std::string, OperationPtr> last_;     // by corpus, no merges
  std::vector<OperationPtr> ended_;              // whose threads are to join
  std::map<std::string, std::chrono::steady_clock::time_point>
      merge_not_before_;
  struct Watcher {
    std::string reindex_id;
    Observer observer;
  };
  std::map<uint64_t, Watcher> watchers_;
  uint64_t numbers_ = 0;
  bool stopping_ = false;
  std::thread merger_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_REINDEXER_H_
