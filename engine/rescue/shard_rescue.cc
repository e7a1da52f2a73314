#include "engine/rescue/shard_rescue.h"

#include <utility>

namespace kbsearch::engine {
namespace {

std::string DeletesPath(const std::string& folder) {
  return folder + "/deletes.bin";
}
std::string SoundsPath(const std::string& folder) {
  return folder + "/sounds.bin";
}

}  // namespace

absl::Status WriteShardRescue(const std::string& shard_folder,
                              const ShardVocabulary& vocabulary,
                              const analyzers::LanguageSpelling& spelling) {
  const absl::Status status =
      WriteDeleteIndex(vocabulary, DeletesPath(shard_folder));
  if (!status.ok()) return status;
  return WriteSoundIndex(vocabulary, *spelling.sounds,
                         SoundsPath(shard_folder));
}

absl::StatusOr<std::shared_ptr<const ShardRescue>> OpenShardRescue(
    const std::string& shard_folder,
    std::shared_ptr<const ShardVocabulary> vocabulary) {
  auto rescue = std::make_shared<ShardRescue>();
  auto deletes =
      DeleteIndex::Open(DeletesPath(shard_folder), vocabulary->size());
  if (!deletes.ok()) return deletes.status();
  rescue->deletes = *std::move(deletes);
  auto sounds = SoundIndex::Open(SoundsPath(shard_folder), vocabulary->size());
  if (!sounds.ok()) return sounds.status();
  rescue->sounds = *std::move(sounds);
  rescue->vocabulary = std::move(vocabulary);
  return rescue;
}

}  // namespace kbsearch::engine
