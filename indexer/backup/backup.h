// A copy of a data folder, or of one corpus, made while servers and builds use
// it: what `restore` (restore.h) makes a data folder of again.
//
//   backup.json                        the first member: what it is
//   events.sqlite, events.key          recorded events, where they are there
//   corpora/<corpus>/CURRENT, changes/, generations/<n>/, rules…
//   checksums.tsv                      the last member (checksum_list.h)
//
// Of a corpus it has the live generation, the changes since, and the
// operators' files; earlier generations are not in it.
#ifndef KBSEARCH_INDEXER_BACKUP_BACKUP_H_
#define KBSEARCH_INDEXER_BACKUP_BACKUP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kbsearch::indexer {

inline constexpr int kBackupFormat = 1;
inline constexpr const char* kBackupNote = "backup.json";
inline constexpr const char* kBackupChecksums = "checksums.tsv";
inline constexpr const char* kEventsDatabase = "events.sqlite";
inline constexpr const char* kEventsKey = "events.key";

struct BackupOptions {
  std::string data_dir;
  std::string corpus;  // empty: all of them, and the events
  std::string to;      // backup_target.h
};

struct BackupSummary {
  struct Corpus {
    std::string name;
    uint64_t generation = 0;
  };
  std::vector<Corpus> corpora;
  // Removed while the others were backed up: not in it.
  std::vector<std::string> removed;
  // What is wrong with files of a live generation, a line each; they are in it
  // as they are, and a restore refuses them.
  std::vector<std::string> damaged;
  bool has_events = false;
  uint64_t files = 0;
  uint64_t bytes = 0;  // of the files, unpacked
};

// Every change that was acknowledged before the call is in it. NotFound: no
// such folder or corpus (one that is removed meanwhile is passed over, unless
// it was asked for by name). AlreadyExists, ResourceExhausted… name `to`; after
// an error nothing of that name is there.
absl::StatusOr<BackupSummary> WriteBackup(const BackupOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BACKUP_BACKUP_H_
