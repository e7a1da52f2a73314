// What a shard has for those who are typing.
#ifndef KBSEARCH_ENGINE_COMPLETION_COMPLETION_SHARD_H_
#define KBSEARCH_ENGINE_COMPLETION_COMPLETION_SHARD_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/completion/title_index.h"
#include "engine/index/vocabulary.h"
#include "engine/rescue/shard_rescue.h"

namespace kbsearch::engine {

// Immutable, shared by threads. Word ids are those of `vocabulary`.
struct CompletionShard {
  std::shared_ptr<const ShardVocabulary> vocabulary;
  // Null in an index of an earlier version: words are completed, no titles.
  std::shared_ptr<const TitleIndex> titles;
  std::shared_ptr<const ShardRescue> rescue;  // null: none
};

// Opens titles.bin, if there is one. DataLoss: it is damaged.
absl::StatusOr<std::shared_ptr<const CompletionShard>> OpenCompletionShard(
    const std::string& shard_folder,
    std::shared_ptr<const ShardVocabulary> vocabulary,
    std::shared_ptr<const ShardRescue> rescue);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_COMPLETION_COMPLETION_SHARD_H_
