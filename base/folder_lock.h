// A folder that belongs to one process for as long as it holds the lock.
#ifndef KBSEARCH_BASE_FOLDER_LOCK_H_
#define KBSEARCH_BASE_FOLDER_LOCK_H_

#include <string>

namespace kbsearch {

// Locks `folder` by its file "lock" (flock; readable by the owner alone), which
// is made if it is missing. The descriptor that holds the lock, to be closed by
// the caller; the end of the process lets go of it too. Negative: another
// process has it, or the folder is gone.
int TryToLockFolder(const std::string& folder);

}  // namespace kbsearch

#endif  // KBSEARCH_BASE_FOLDER_LOCK_H_
