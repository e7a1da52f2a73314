#include "engine/live/live_corpus.h"

#include <utility>

#include "engine/generations/generations.h"

namespace kbsearch::engine {
namespace {

// Of one batch. While others search, that bounds the time until the first of
// them are found. Each batch writes the small generation anew, so nobody waits
// for more of them than need be when nothing is shown before the last.
constexpr size_t kMostChanges = 1000;
constexpr size_t kMostToCatchUp = 10000;

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
    const auto nobody = [](const std::shared_ptr<const Snapshot>&) {};
    bool has_more = true;
    absl::Status applied;
    while (has_more && applied.ok()) {
      applied = next.ApplyBatch(kMostToCatchUp, nobody, &has_more);
    }
    if (!applied.ok() && snapshot_ != nullptr) return applied;
    snapshot_ = std::move(next.snapshot_);
    reader_ = std::move(next.reader_);
    index_ = std::move(next.index_);
    waiting_ = std::move(next.waiting_);
    publish(snapshot_);
    if (!applied.ok()) return applied;
    return snapshot_;
  }
  bool has_more = true;
  while (has_more && !IsOvertaken()) {
    const absl::Status applied = ApplyBatch(kMostChanges, publish, &has_more);
    if (!applied.ok()) return applied;
  }
  return snapshot_;
}

// The generation that is live by now may have the rest of the changes in it.
bool LiveCorpus::IsOvertaken() const {
  const absl::StatusOr<uint64_t> live = ReadCurrent(data_dir_, corpus_);
  return live.ok() && *live != snapshot_->info.generation;
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

absl::Status LiveCorpus::ApplyBatch(size_t most,
                                    const LiveIndex::Publish& publish,
                                    bool* has_more) {
  if (waiting_.empty()) {
    absl::StatusOr<std::vector<Change>> changes = reader_->Next(most);
    if (!changes.ok()) return changes.status();
    waiting_ = *std::move(changes);
  }
  *has_more = !waiting_.empty();
  if (waiting_.empty()) return absl::OkStatus();
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
  if (applied.ok()) waiting_.clear();
  return applied;
}

}  // namespace kbsearch::engine
