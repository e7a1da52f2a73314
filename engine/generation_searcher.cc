#include "engine/generation_searcher.h"

#include <utility>

#include "engine/index/snapshot.h"
#include "engine/index_searcher.h"
#include "engine/operators/rule_store.h"

namespace kbsearch::engine {
namespace {

class OneGeneration : public SnapshotSource {
 public:
  OneGeneration(std::shared_ptr<const Snapshot> snapshot,
                const std::string& data_dir,
                std::shared_ptr<const analyzers::Registry> registry)
      : snapshot_(std::move(snapshot)), rules_(data_dir, std::move(registry)) {
    // Rules that cannot be read are the server's to tell of.
    rules_.Refresh({snapshot_->info.name}).IgnoreError();
  }

  absl::StatusOr<std::shared_ptr<const Snapshot>> Find(
      const std::string& /*corpus*/) const override {
    return snapshot_;
  }
  std::shared_ptr<const Snapshot> FindGeneration(
      const std::string& /*corpus*/, uint64_t /*generation*/) const override {
    return snapshot_;
  }
  std::shared_ptr<const CorpusRules> Rules(
      const std::string& corpus) const override {
    return rules_.Find(corpus);
  }

 private:
  const std::shared_ptr<const Snapshot> snapshot_;
  RuleStore rules_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Searcher>> NewGenerationSearcher(
    const std::string& data_dir, const std::string& corpus, uint64_t generation,
    std::shared_ptr<const analyzers::Registry> registry) {
  absl::StatusOr<std::shared_ptr<const Snapshot>> snapshot =
      LoadSnapshot(data_dir, corpus, generation);
  if (!snapshot.ok()) return snapshot.status();
  return NewIndexSearcher(
      std::make_shared<OneGeneration>(*std::move(snapshot), data_dir, registry),
      registry);
}

}  // namespace kbsearch::engine
