// Where a backup is written: a folder, or one archive.
#ifndef KBSEARCH_INDEXER_BACKUP_BACKUP_TARGET_H_
#define KBSEARCH_INDEXER_BACKUP_BACKUP_TARGET_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch::indexer {

// One thread. Until Finish everything has the name `<path>.part`, so what has
// the right name is whole; destroyed before, it removes what it wrote. Errors
// name the file and say what the file system says (ResourceExhausted: full).
class BackupTarget {
 public:
  // The path's ending tells: .tar, .tar.gz, .tgz, .tar.zst are archives,
  // everything else is a folder. AlreadyExists: there is such a file, or such a
  // folder with something in it. Only the owner may read it.
  static absl::StatusOr<std::unique_ptr<BackupTarget>> Create(
      const std::string& path);
  virtual ~BackupTarget() = default;

  // A file of `bytes` bytes, which Write then gives piece by piece.
  virtual absl::Status Begin(const std::string& path, uint64_t bytes) = 0;
  virtual absl::Status Write(std::string_view piece) = 0;
  virtual absl::Status End() = 0;

  // All is on the disk and has its name when this returns.
  virtual absl::Status Finish() = 0;

  // Makes an empty file beside the target, the owner's alone: its path. It goes
  // with RemoveScratchFile, or with the object.
  virtual absl::StatusOr<std::string> MakeScratchFile() = 0;
  virtual void RemoveScratchFile() = 0;
};

// "a.tar.zst" → true.
bool IsArchivePath(std::string_view path);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BACKUP_BACKUP_TARGET_H_
