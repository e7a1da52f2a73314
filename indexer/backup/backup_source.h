// Reads the members of a backup, whichever form it has (backup_target.h).
#ifndef KBSEARCH_INDEXER_BACKUP_BACKUP_SOURCE_H_
#define KBSEARCH_INDEXER_BACKUP_BACKUP_SOURCE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kbsearch::indexer {

// What takes the members, one after another, each in pieces. An error ends the
// reading and is its result.
class MemberSink {
 public:
  virtual ~MemberSink() = default;
  virtual absl::Status Begin(const std::string& path) = 0;
  virtual absl::Status Write(std::string_view piece) = 0;
  virtual absl::Status End() = 0;
};

// backup.json comes first. NotFound: nothing of that name. DataLoss: the
// archive is damaged or cut off (it and the member are named), or holds what a
// backup does not: links, paths that lead out of it.
absl::Status ReadBackup(const std::string& path, MemberSink& sink);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BACKUP_BACKUP_SOURCE_H_
