#include "engine/live_corpus.h"

#include <utility>

#include "engine/generations.h"

namespace kbsearch::engine {
namespace {

// Of one batch; bounds its time.
constexpr size_t kMostChanges = 1000;

}  // namespace

absl::StatusOr<std::shared_ptr<const Snapshot>> LiveCorpus::Refresh(
    const LiveIndex::Publish& publish) {
  const absl::StatusOr<uint64_t> generation = ReadCurrent(data_dir_, corpus_);
  if (!generation.ok()) return generation.status();
  if (snapshot_ == nullptr || snapshot_->info.generation != *generation) {
    absl::StatusOr<std::shared_ptr<const Snapshot>> loaded =
        LoadSnapshot(data_dir_, corpus_, *generation);
    if (!loaded.ok()) return loaded.status();
    // A new generation is shown with all that came since, not before.
    LiveCorpus next(data_dir_, corpus_, registry_);
    next.Begin(*std::move(loaded));
    const absl::Status applied =
        next.ApplyChanges([](const std::shared_ptr<const Snapshot>&) {});
    if (!applied.ok() && snapshot_ != nullptr) return applied;
    snapshot_ = std::move(next.snapshot_);
    reader_ = std::move(next.reader_);
    index_ = std::move(next.index_);
    waiting_ = std::move(next.waiting_);
    publish(snapshot_);
    if (!applied.ok()) return applied;
    return snapshot_;
  }
  const absl::Status applied = ApplyChanges(publish);
  if (!applied.ok()) return applied;
  return snapshot_;
}

void LiveCorpus::Begin(std::shared_ptr<const Snapshot> base) {
  std::optional<LiveIndex::Resumed> resumed =
      LiveIndex::Resume(data_dir_, base, registry_);
  if (!resumed.has_value()) {
    reader_.emplace(data_dir_, corpus_, base->info.changes_through);
    snapshot_ = std::move(base);
    return;
  }
  index_ = std::move(resumed->index);
  snapshot_ = std::move(resumed->snapshot);
  reader_ = std::move(resumed->changes);
}

absl::Status LiveCorpus::ApplyChanges(const LiveIndex::Publish& publish) {
  while (true) {
    if (waiting_.empty()) {
      absl::StatusOr<std::vector<Change>> changes = reader_->Next(kMostChanges);
      if (!changes.ok()) return changes.status();
      if (changes->empty()) return absl::OkStatus();
      waiting_ = *std::move(changes);
    }
    if (index_ == nullptr) {
      auto index = LiveIndex::Create(data_dir_, snapshot_, registry_);
      if (!index.ok()) return index.status();
      index_ = *std::move(index);
    }
    const absl::Status applied =
        index_->Apply(waiting_, [&](std::shared_ptr<const Snapshot> snapshot) {
          snapshot_ = snapshot;
          publish(std::move(snapshot));
        });
    if (!applied.ok()) return applied;
    waiting_.clear();
  }
}

}  // namespace kbsearch::engine
