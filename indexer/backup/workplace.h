// The folder that a backup is unpacked into and checked in, within the data
// folder, so that what is in it gets its place by renaming.
//
//   DATA/.restore-<letters>/lock     held while the restore is at work
//                          /data/    laid out as DATA
#ifndef KBSEARCH_INDEXER_BACKUP_WORKPLACE_H_
#define KBSEARCH_INDEXER_BACKUP_WORKPLACE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace kbsearch::indexer {

// It goes with the object. One thread.
class Workplace {
 public:
  explicit Workplace(std::string data_dir);
  ~Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  // Of such a folder, in the data folder.
  static bool IsName(std::string_view name);

  // Makes the folder, and the data folder when it is missing; removes those of
  // restores that were killed. FailedPrecondition: another restore is at work
  // in this data folder. Otherwise what the file system says.
  absl::Status Make();

  // What is to be restored goes here.
  const std::string& path() const { return path_; }

  // Renames each of the paths, relative to path(), to the same path in the data
  // folder: all of them, on the disk, or none. FailedPrecondition names what
  // has come in the way meanwhile. Should what was renamed not go back, the
  // error names it.
  absl::Status Publish(const std::vector<std::string>& paths);

 private:
  absl::Status RemoveAbandoned() const;
  absl::Status MakeOwn();
  absl::Status Move(const std::string& path) const;
  absl::Status TakeBack(const std::vector<std::string>& moved,
                        absl::Status why) const;

  const std::string data_dir_;
  bool made_data_dir_ = false;
  std::string own_;  // empty: not made
  std::string path_;
  int lock_ = -1;
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BACKUP_WORKPLACE_H_
