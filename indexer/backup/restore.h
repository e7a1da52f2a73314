// Makes a data folder of a backup (backup.h) again.
#ifndef KBSEARCH_INDEXER_BACKUP_RESTORE_H_
#define KBSEARCH_INDEXER_BACKUP_RESTORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "indexer/backup/backup.h"

namespace kbsearch::indexer {

struct RestoreOptions {
  std::string from;      // a backup, file or folder
  std::string data_dir;  // made when missing
  // Empty: the whole backup, into an empty folder. Otherwise this corpus
  // alone, beside the others that the folder has; a server that serves it sees
  // it within a second.
  std::string corpus;
};

// Unpacks beside what is there, compares every file with the backup's
// checksums, verifies the generations (engine/generations/generation_files.h),
// reads the changes and the events, and only then gives all of it its place
// (workplace.h). After an error the data folder is as it was; should what has
// its place not go back, the error names it. FailedPrecondition: the folder is
// not empty, the corpus is there already (what is in the way is named), another
// restore is at work there, or the backup is of a newer version. NotFound: no
// such backup, or no such corpus in it. DataLoss names the backup and what is
// wrong with it. ResourceExhausted: the disk has no room.
absl::StatusOr<BackupSummary> RestoreBackup(const RestoreOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BACKUP_RESTORE_H_
