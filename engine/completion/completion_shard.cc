#include "engine/completion/completion_shard.h"

#include <utility>

namespace kbsearch::engine {

absl::StatusOr<std::shared_ptr<const CompletionShard>> OpenCompletionShard(
    const std::string& shard_folder,
    std::shared_ptr<const ShardVocabulary> vocabulary,
    std::shared_ptr<const ShardRescue> rescue) {
  auto shard = std::make_shared<CompletionShard>();
  auto titles =
      TitleIndex::Open(TitleIndexPath(shard_folder), vocabulary->size());
  if (titles.ok()) {
    shard->titles = *std::move(titles);
  } else if (!absl::IsNotFound(titles.status())) {
    return titles.status();
  }
  shard->vocabulary = std::move(vocabulary);
  shard->rescue = std::move(rescue);
  return shard;
}

}  // namespace kbsearch::engine
