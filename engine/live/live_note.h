// What a live index (live_index.h) notes in its folder, so that the server
// after this one goes on with it instead of analysing the changes again.
//
//   DATA/corpora/<corpus>/live/<process>-<n>/state.json
//
// (or in the temporary place, live_folder.h).
//
// Nothing in such a folder is synced: a note is good as long as the machine has
// not been started again, which it tells by the kernel's boot id. When a
// process is killed, the databases may be further than the note; to apply those
// changes again does no harm. What the note names may also be gone: it could
// not be replaced on a full disk, or somebody cleaned the folder up. Whoever
// takes it up finds that out by opening the databases, and then starts from the
// log.
#ifndef KBSEARCH_ENGINE_LIVE_LIVE_NOTE_H_
#define KBSEARCH_ENGINE_LIVE_LIVE_NOTE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/index/snapshot.h"
#include "engine/live/change_log.h"

namespace kbsearch::engine {

struct LiveNote {
  uint64_t generation = 0;       // that the changes were applied to
  std::string built;             // BuildOf(it): it is the same build
  uint64_t through = 0;          // number of the last change applied
  std::string last_change;       // FingerprintOf(it): it is the same log
  uint64_t applied = 0;          // how many changes
  std::string changes;           // name of the small generation's folder
  std::vector<ShardKey> copies;  // databases of the generation copied to base/
  std::set<std::string> moved;   // ids of articles that are not in these
};

std::string FingerprintOf(const Change& change);

// A digest of a generation's manifest and list of checksums. Another build may
// get the same number: after a restore, or when the newest one was removed.
std::string BuildOf(const std::string& generation_folder);

// Replaces the note at once, unsynced. After an error the former one stays.
absl::Status WriteLiveNote(const std::string& folder, const LiveNote& note);

// Nothing: there is none, or none to rely on (damaged, written before the
// machine was started, or by a program that analyses in another way).
std::optional<LiveNote> ReadLiveNote(const std::string& folder);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_LIVE_LIVE_NOTE_H_
