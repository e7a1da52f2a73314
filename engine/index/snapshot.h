// A generation of a corpus as the searchers see it: immutable, shared.
#ifndef KBSEARCH_ENGINE_INDEX_SNAPSHOT_H_
#define KBSEARCH_ENGINE_INDEX_SNAPSHOT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <utility>

#include "engine/article.h"
#include "engine/completion/completion_shard.h"
#include "engine/index/vocabulary.h"
#include "engine/ranking/forward_index.h"
#include "engine/rescue/shard_rescue.h"
#include "engine/search.h"

namespace kbsearch::engine {

struct CorpusRules;  // engine/operators/rule_store.h

// A language's articles of one audience.
using ShardKey = std::pair<std::string, Audience>;

// Of a generation whose databases change while it is live (live_index.h).
struct LiveState {
  // Held shared while databases are opened, and exclusively while they change.
  std::shared_mutex mutex;
  uint64_t version = 0;  // guarded by mutex
};

struct Snapshot {
  CorpusInfo info;
  std::string folder;  // of the generation
  // Folders of the databases there are.
  std::map<ShardKey, std::string> databases;
  // Of the shards that have one.
  std::map<ShardKey, std::shared_ptr<const ShardVocabulary>> vocabularies;
  std::map<ShardKey, std::shared_ptr<const ForwardIndex>> forward_indexes;
  std::map<ShardKey, std::shared_ptr<const ShardRescue>> rescues;
  // Of the shards that have a vocabulary.
  std::map<ShardKey, std::shared_ptr<const CompletionShard>> completions;

  // What the log changed since: a small generation of its own, that holds every
  // version of the articles changed; the databases above have them no more.
  // Null: nothing.
  std::shared_ptr<const Snapshot> changes;
  std::shared_ptr<LiveState> live;    // null: the databases never change
  uint64_t live_version = 0;          // of `live` that this goes with
  std::shared_ptr<const void> files;  // keeps the databases' folders there
};

// Reads the manifest of a generation and maps the files beside its databases.
// NotFound, DataLoss name the file.
absl::StatusOr<std::shared_ptr<const Snapshot>> LoadSnapshot(
    const std::string& data_dir, const std::string& corpus,
    uint64_t generation);
// The same of any folder that is laid out as a generation.
absl::StatusOr<std::shared_ptr<Snapshot>> LoadSnapshotFolder(
    const std::string& folder, const std::string& corpus);

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

#endif  // KBSEARCH_ENGINE_INDEX_SNAPSHOT_H_
