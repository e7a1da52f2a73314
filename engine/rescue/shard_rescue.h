// What a shard has, beside its vocabulary, for queries that find too little.
#ifndef KBSEARCH_ENGINE_RESCUE_SHARD_RESCUE_H_
#define KBSEARCH_ENGINE_RESCUE_SHARD_RESCUE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "analyzers/spelling/spelling_rules.h"
#include "engine/index/vocabulary.h"
#include "engine/rescue/delete_index.h"
#include "engine/rescue/sound_index.h"

namespace kbsearch::engine {

// Immutable, shared by threads. Ids are those of `vocabulary`.
struct ShardRescue {
  std::shared_ptr<const ShardVocabulary> vocabulary;
  std::unique_ptr<const DeleteIndex> deletes;
  std::unique_ptr<const SoundIndex> sounds;
};

// Writes deletes.bin and sounds.bin.
absl::Status WriteShardRescue(const std::string& shard_folder,
                              const ShardVocabulary& vocabulary,
                              const analyzers::LanguageSpelling& spelling);

// NotFound: the shard has none. DataLoss: damaged.
absl::StatusOr<std::shared_ptr<const ShardRescue>> OpenShardRescue(
    const std::string& shard_folder,
    std::shared_ptr<const ShardVocabulary> vocabulary);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RESCUE_SHARD_RESCUE_H_
