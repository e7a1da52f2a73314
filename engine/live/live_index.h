// The live generation with changes applied to it, for this process.
//
// The files of a generation never change. What the log (change_log.h) changes
// goes into a small generation beside it, which holds every version of each
// article concerned, and is written anew for each batch, from the one before,
// by the writers that builds use. So whatever a shard has – words, spellings,
// forward index – the changed articles have too, and nothing that reads shards
// knows of changes. Out of the generation itself these articles are deleted, in
// copies of the databases that hold them; so counts, facets, look-ups and
// statistics need no exceptions. The copies and the small generation belong to
// this process, and the log has everything; when it ends, or is killed, the
// next one may go on with them.
//
//   DATA/corpora/<corpus>/live/<process>-<n>/lock       held while it is used
//                                          /state.json  live_note.h
//                                          /base/<lang>/<audience>/
//                                          /changes-<m>/<lang>/<audience>/
#ifndef KBSEARCH_ENGINE_LIVE_LIVE_INDEX_H_
#define KBSEARCH_ENGINE_LIVE_LIVE_INDEX_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/index/snapshot.h"
#include "engine/live/change_log.h"

namespace kbsearch::engine {

// One thread at a time.
class LiveIndex {
 public:
  using Publish = std::function<void(std::shared_ptr<const Snapshot>)>;

  // Makes the folder; `base` is the generation, unchanged. DataLoss: its list
  // of articles is missing; PermissionDenied, ResourceExhausted: what the file
  // system says.
  static absl::StatusOr<std::unique_ptr<LiveIndex>> Create(
      const std::string& data_dir, std::shared_ptr<const Snapshot> base,
      std::shared_ptr<const analyzers::Registry> registry);
  // Goes on with what a process left that has ended: of the same generation,
  // log and program. Nothing: there is none, or it cannot be used.
  struct Resumed;
  static std::optional<Resumed> Resume(
      const std::string& data_dir, std::shared_ptr<const Snapshot> base,
      std::shared_ptr<const analyzers::Registry> registry);
  virtual ~LiveIndex() = default;

  // Applies the changes and gives the result to `publish` while nobody can open
  // the databases, so that an article is never seen twice or not at all. After
  // an error the changes may be applied again.
  virtual absl::Status Apply(const std::vector<Change>& changes,
                             const Publish& publish) = 0;

  // What is on the disk stays there, for the process after this one. Nothing
  // may be applied afterwards.
  virtual void Keep() = 0;
};

struct LiveIndex::Resumed {
  std::unique_ptr<LiveIndex> index;
  std::shared_ptr<const Snapshot> snapshot;  // with the changes applied
  ChangeReader changes;                      // goes on after these
};

// Removes what processes that died left of this. Harmless beside others.
void RemoveAbandonedLiveFolders(const std::string& data_dir,
                                const std::string& corpus);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_LIVE_LIVE_INDEX_H_
