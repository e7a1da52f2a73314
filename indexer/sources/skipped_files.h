// Files of a source that no reader takes, by their endings.
#ifndef KBSEARCH_INDEXER_SOURCES_SKIPPED_FILES_H_
#define KBSEARCH_INDEXER_SOURCES_SKIPPED_FILES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "indexer/sources/report.h"

namespace kbsearch::indexer {

// One thread at a time. Memory: the names of the first 100,000.
class SkippedFiles {
 public:
  void Add(std::string path);

  // A notice for each file, sorted; they are grouped by their endings: "files
  // ending in .png skipped". Endings beyond the commonest 20 share a group.
  void ReportTo(const std::function<void(ReportItem)>& report) const;

 private:
  std::vector<std::string> paths_;
  uint64_t unnamed_ = 0;  // beyond the first
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_SKIPPED_FILES_H_
