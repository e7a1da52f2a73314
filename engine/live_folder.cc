#include "engine/live_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/generations.h"
#include "engine/live_index.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

std::string LiveRoot(const std::string& data_dir, const std::string& corpus) {
  return CorpusFolder(data_dir, corpus) + "/live";
}

}  // namespace

absl::StatusOr<std::shared_ptr<const LiveFolder>> LiveFolder::Create(
    const std::string& data_dir, const std::string& corpus) {
  static std::atomic<uint64_t> made{0};
  const std::string root = LiveRoot(data_dir, corpus);
  // Another process may take a folder that is not locked yet for abandoned.
  for (int attempt = 0; attempt < 10; ++attempt) {
    std::string path = absl::StrCat(root, "/", ::getpid(), "-", ++made);
    std::error_code error;
    fs::create_directories(path, error);
    if (error) {
      return ErrnoToStatus(error.value(), absl::StrCat("make folder ", path));
    }
    const std::string lock_path = path + "/lock";
    const int lock =
        ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock < 0) {
      if (errno == ENOENT) continue;
      return ErrnoToStatus(errno, absl::StrCat("open ", lock_path));
    }
    std::shared_ptr<const LiveFolder> folder(
        new LiveFolder(std::move(path), lock));
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0 && fs::exists(lock_path, error)) {
      return folder;
    }
  }
  return absl::UnavailableError(
      absl::StrCat("cannot keep a folder in ", root, "; try again"));
}

LiveFolder::~LiveFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  ::close(lock_);
}

DoomedFolder::~DoomedFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void RemoveAbandonedLiveFolders(const std::string& data_dir,
                                const std::string& corpus) {
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(LiveRoot(data_dir, corpus), error)) {
    const std::string path = entry.path().string();
    const int lock =
        ::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock < 0) continue;
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0) {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
    ::close(lock);
  }
}

}  // namespace kbsearch::engine
