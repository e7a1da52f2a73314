// A generation of a corpus as the searchers see it: immutable, shared.
#ifndef KBSEARCH_ENGINE_SNAPSHOT_H_
#define KBSEARCH_ENGINE_SNAPSHOT_H_

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "engine/article.h"
#include "engine/rescue/shard_rescue.h"
#include "engine/search.h"
#include "engine/vocabulary.h"

namespace kbsearch::engine {

// A language's articles of one audience.
using ShardKey = std::pair<std::string, Audience>;

struct Snapshot {
  CorpusInfo info;
  std::string folder;  // of the generation
  // Of the shards that have one.
  std::map<ShardKey, std::shared_ptr<const ShardVocabulary>> vocabularies;
  std::map<ShardKey, std::shared_ptr<const ShardRescue>> rescues;
};

// Where searchers find the live generation of a corpus. Thread-safe.
class SnapshotSource {
 public:
  virtual ~SnapshotSource() = default;
  // NotFound: no such corpus.
  virtual absl::StatusOr<std::shared_ptr<const Snapshot>> Find(
      const std::string& corpus) const = 0;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SNAPSHOT_H_
