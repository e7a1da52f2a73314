// Keeps the live generation of a corpus and the changes of its log together.
#ifndef KBSEARCH_ENGINE_LIVE_LIVE_CORPUS_H_
#define KBSEARCH_ENGINE_LIVE_LIVE_CORPUS_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/index/snapshot.h"
#include "engine/live/live_index.h"

namespace kbsearch::engine {

// One thread at a time.
class LiveCorpus {
 public:
  LiveCorpus(std::string data_dir, std::string corpus,
             std::shared_ptr<const analyzers::Registry> registry)
      : data_dir_(std::move(data_dir)),
        corpus_(std::move(corpus)),
        registry_(std::move(registry)) {}

  // The generation that CURRENT names, with all changes that the log has. What
  // is new is also given to `publish`, at the moment from which the one before
  // cannot be opened any more. After an error the one before stays in effect;
  // the changes are tried again at the next call.
  absl::StatusOr<std::shared_ptr<const Snapshot>> Refresh(
      const LiveIndex::Publish& publish);

  // See LiveIndex::Keep.
  void Keep() {
    if (index_ != nullptr) index_->Keep();
  }

 private:
  void Begin(std::shared_ptr<const Snapshot> base);
  bool IsOvertaken() const;
  // `has_more`: there were changes, and may be more.
  absl::Status ApplyBatch(size_t most, const LiveIndex::Publish& publish,
                          bool* has_more);

  const std::string data_dir_;
  const std::string corpus_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::optional<ChangeReader> reader_;
  std::unique_ptr<LiveIndex> index_;  // null: no change yet
  std::vector<Change> waiting_;       // read, but not applied
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_LIVE_LIVE_CORPUS_H_
