// A generation of a corpus as the searchers see it: immutable, shared.
#ifndef KBSEARCH_ENGINE_SNAPSHOT_H_
#define KBSEARCH_ENGINE_SNAPSHOT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "engine/article.h"
#include "engine/completion/completion_shard.h"
#include "engine/ranking/forward_index.h"
#include "engine/rescue/shard_rescue.h"
#include "engine/search.h"
#include "engine/vocabulary.h"

namespace kbsearch::engine {

struct CorpusRules;  // engine/operators/rule_store.h

// A language's articles of one audience.
using ShardKey = std::pair<std::string, Audience>;

struct Snapshot {
  CorpusInfo info;
  std::string folder;  // of the generation
  // Of the shards that have one.
  std::map<ShardKey, std::shared_ptr<const ShardVocabulary>> vocabularies;
  std::map<ShardKey, std::shared_ptr<const ForwardIndex>> forward_indexes;
  std::map<ShardKey, std::shared_ptr<const ShardRescue>> rescues;
  // Of the shards that have a vocabulary.
  std::map<ShardKey, std::shared_ptr<const CompletionShard>> completions;
};

// Reads the manifest of a generation and maps the files beside its databases.
// NotFound, DataLoss name the file.
absl::StatusOr<std::shared_ptr<const Snapshot>> LoadSnapshot(
    const std::string& data_dir, const std::string& corpus,
    uint64_t generation);

// Where searchers find the generations of a corpus. Thread-safe.
class SnapshotSource {
 public:
  virtual ~SnapshotSource() = default;
  // The live generation. NotFound: no such corpus.
  virtual absl::StatusOr<std::shared_ptr<const Snapshot>> Find(
      const std::string& corpus) const = 0;
  // The live generation, or one that was live shortly before and is kept for
  // those who are still reading its pages. Null: neither.
  virtual std::shared_ptr<const Snapshot> FindGeneration(
      const std::string& corpus, uint64_t generation) const = 0;
  // What its operators want, at this moment; never null.
  virtual std::shared_ptr<const CorpusRules> Rules(
      const std::string& corpus) const = 0;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SNAPSHOT_H_
