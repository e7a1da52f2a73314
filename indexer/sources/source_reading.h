// Files → records, small files by several threads.
#ifndef KBSEARCH_INDEXER_SOURCES_SOURCE_READING_H_
#define KBSEARCH_INDEXER_SOURCES_SOURCE_READING_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "indexer/reader.h"

namespace kbsearch::indexer {

// Reads `files` and gives what they hold to `sink`, in the order of the files
// whatever the number of threads, all from the calling thread. `on_progress` is
// told files and bytes read since the last call, from the calling thread;
// `check` is asked between files and ends the reading when it is not OK.
// Files that cannot be read are reported. Memory: a few dozen documents, or a
// line of JSONL.
absl::Status ReadSources(
    const std::vector<SourceFile>& files, const ReaderOptions& options,
    RecordSink& sink,
    const std::function<void(uint64_t files, uint64_t bytes)>& on_progress,
    const std::function<absl::Status()>& check);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_SOURCE_READING_H_
