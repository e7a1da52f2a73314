// What reading the sources of a generation came to. It is kept with the
// generation, so that a build whose sources are the same bytes tells the same
// without reading them again.
#ifndef KBSEARCH_INDEXER_READING_NOTE_H_
#define KBSEARCH_INDEXER_READING_NOTE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/sources/report.h"

namespace kbsearch::indexer {

struct ReadingNote {
  std::string sources;    // DigestOfSources; empty: not to be relied on
  uint64_t articles = 0;  // different (id, language)
  uint64_t detected = 0;  // articles whose language was detected
  std::vector<ReportItem> items;
};

// Items that a note keeps; with more there is none.
inline constexpr size_t kMostNotedItems = 10'000;

// reading.jsonl in the generation's folder: a line of all but the items, then a
// line each.
absl::Status WriteReadingNote(const std::string& generation_folder,
                              const ReadingNote& note);
// NotFound: the generation has none. DataLoss: it is damaged.
absl::StatusOr<ReadingNote> ReadReadingNote(
    const std::string& generation_folder);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READING_NOTE_H_
