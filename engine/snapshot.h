// A generation of a corpus as the searchers see it: immutable, shared.
#ifndef KBSEARCH_ENGINE_SNAPSHOT_H_
#define KBSEARCH_ENGINE_SNAPSHOT_H_

#include <memory>
#include <string>

#include "engine/search.h"

namespace kbsearch::engine {

struct Snapshot {
  CorpusInfo info;
  std::string folder;  // of the generation
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
