// Files of a source that no reader takes, by their endings.
#ifndef KBSEARCH_INDEXER_SOURCES_SKIPPED_FILES_H_
#define KBSEARCH_INDEXER_SOURCES_SKIPPED_FILES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "indexer/sources/report.h"

namespace kbsearch::indexer {

// One thread at a time. Memory is bounded, whatever the files are called.
class SkippedFiles {
 public:
  // A name relative to the source.
  void Add(const std::string& name);

  // A notice for each ending, the commonest first: "files ending in .png
  // skipped", with their number and the first names. Beyond twenty endings the
  // others share one.
  void ReportTo(const std::string& source,
                const std::function<void(ReportItem)>& report) const;

 private:
  struct Group {
    uint64_t count = 0;
    std::set<std::string> first;  // in the order of names
  };

  static void Add(const Group& group, Group* sum);

  std::map<std::string, Group> groups_;  // by ending
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_SKIPPED_FILES_H_
