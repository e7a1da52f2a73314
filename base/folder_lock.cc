#include "base/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace kbsearch {

int TryToLockFolder(const std::string& folder) {
  const std::string path = folder + "/lock";
  const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return -1;
  std::error_code error;
  // Whoever had the lock before may have removed the folder.
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0 &&
      std::filesystem::exists(path, error)) {
    return lock;
  }
  ::close(lock);
  return -1;
}

}  // namespace kbsearch
