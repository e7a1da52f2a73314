// How far a build is, told while it runs.
#ifndef KBSEARCH_INDEXER_PROGRESS_H_
#define KBSEARCH_INDEXER_PROGRESS_H_

#include <cstdint>
#include <memory>
#include <ostream>
#include <string_view>

namespace kbsearch::indexer {

enum class Phase : uint8_t { kRead, kIndex, kPublish };

struct ProgressState {
  Phase phase = Phase::kRead;
  uint64_t files = 0;  // read so far
  uint64_t total_files = 0;
  uint64_t bytes = 0;  // read so far
  uint64_t total_bytes = 0;
  uint64_t articles = 0;        // read, then given to the index, so far
  uint64_t total_articles = 0;  // known when all have been read
  double seconds = 0;           // since the build began
};

// Not thread-safe.
class Progress {
 public:
  virtual ~Progress() = default;
  // Cheap to call for every article: it writes a few times a second at most,
  // and always when the phase changes.
  virtual void Update(const ProgressState& state) = 0;
  // Leaves the terminal's line clean.
  virtual void Finish() = 0;
};

// One line, rewritten in place, with bar, speed and time left.
std::unique_ptr<Progress> NewTerminalProgress(std::ostream& out);

// One JSON object a line:
//   {"phase":"read","done":3,"total":9,"bytes":…,"total_bytes":…,
//    "articles":…,"articles_per_second":…,"seconds":…,"eta_seconds":…}
std::unique_ptr<Progress> NewJsonProgress(std::ostream& out);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_PROGRESS_H_
