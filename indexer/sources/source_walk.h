// Which files the named sources hold.
#ifndef KBSEARCH_INDEXER_SOURCES_SOURCE_WALK_H_
#define KBSEARCH_INDEXER_SOURCES_SOURCE_WALK_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "indexer/reader.h"
#include "indexer/sources/report.h"

namespace kbsearch::indexer {

struct WalkResult {
  std::vector<SourceFile> files;  // source by source, sorted by name
  uint64_t bytes = 0;             // of all files
};

// A file is taken as it is named; of a folder all files below it whose ending
// is known and that are not hidden. With `format` given, of a folder only the
// files with that format's endings, and a named file whatever its ending.
// Links to files inside the source are followed; links to folders and links
// that leave the source are not. What is left out is told to `report`.
// NotFound: a named source does not exist (the message names it).
absl::Status WalkSources(const std::vector<std::string>& sources,
                         std::optional<Format> format,
                         const std::function<void(ReportItem)>& report,
                         WalkResult* result);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_SOURCE_WALK_H_
