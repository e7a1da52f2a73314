#include "engine/live/live_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "base/folder_lock.h"
#include "base/folder_walk.h"
#include "engine/generations/generations.h"
#include "engine/index/sha256.h"
#include "engine/live/live_index.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Of this user's folders, whatever the data folder.
std::string TemporaryRoot() {
  std::error_code error;
  const fs::path temporary = fs::temp_directory_path(error);
  if (error) return "";
  std::string root =
      (temporary / absl::StrCat("kbsearch-live-", ::geteuid())).string();
  struct stat info {};
  if ((::mkdir(root.c_str(), 0700) != 0 && errno != EEXIST) ||
      ::lstat(root.c_str(), &info) != 0 || !S_ISDIR(info.st_mode) ||
      info.st_uid != ::geteuid() || (info.st_mode & 077) != 0) {
    return "";
  }
  return root;
}

// Where such folders are, the preferred place first.
std::vector<std::string> LiveRoots(const std::string& data_dir,
                                   const std::string& corpus) {
  std::vector<std::string> roots = {CorpusFolder(data_dir, corpus) + "/live"};
  if (CheckWritable(data_dir, corpus).ok()) return roots;
  std::string temporary = TemporaryLiveRoot(data_dir, corpus);
  if (!temporary.empty()) roots.push_back(std::move(temporary));
  return roots;
}

std::vector<std::string> FoldersOf(const std::string& data_dir,
                                   const std::string& corpus) {
  std::vector<std::string> folders;
  for (const std::string& root : LiveRoots(data_dir, corpus)) {
    const auto entries = ListFolder(root);
    if (!entries.ok()) continue;
    for (const fs::directory_entry& entry : *entries) {
      folders.push_back(entry.path().string());
    }
  }
  return folders;
}

// A new folder in `root`, and its lock.
absl::StatusOr<std::pair<std::string, int>> CreateIn(const std::string& root) {
  static std::atomic<uint64_t> made{0};
  // Another process may take a folder that is not locked yet for abandoned, and
  // one may have had this number before.
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::string path = absl::StrCat(root, "/", ::getpid(), "-", ++made);
    std::error_code error;
    const bool is_new = fs::create_directories(path, error);
    if (error) {
      return ErrnoToStatus(error.value(), absl::StrCat("make folder ", path));
    }
    if (!is_new) continue;
    const int lock = TryToLockFolder(path);
    if (lock >= 0) return std::pair(std::move(path), lock);
  }
  return absl::UnavailableError(
      absl::StrCat("cannot keep a folder in ", root, "; try again"));
}

}  // namespace

std::string TemporaryLiveRoot(const std::string& data_dir,
                              const std::string& corpus) {
  const std::string root = TemporaryRoot();
  if (root.empty()) return "";
  std::error_code error;
  const fs::path place = fs::canonical(data_dir, error);
  Sha256 digest;
  digest.Add(error ? data_dir : place.string());
  return absl::StrCat(root, "/", corpus, "-", digest.Hex().substr(0, 16));
}

absl::StatusOr<std::shared_ptr<const LiveFolder>> LiveFolder::Create(
    const std::string& data_dir, const std::string& corpus) {
  absl::Status first_error;
  for (const std::string& root : LiveRoots(data_dir, corpus)) {
    absl::StatusOr<std::pair<std::string, int>> made = CreateIn(root);
    if (made.ok()) {
      return std::shared_ptr<const LiveFolder>(
          new LiveFolder(std::move(made->first), made->second));
    }
    first_error.Update(made.status());
    if (!absl::IsPermissionDenied(made.status())) break;
  }
  return first_error;
}

std::vector<std::shared_ptr<const LiveFolder>> LiveFolder::Adopt(
    const std::string& data_dir, const std::string& corpus) {
  std::vector<std::shared_ptr<const LiveFolder>> adopted;
  for (std::string& folder : FoldersOf(data_dir, corpus)) {
    const int lock = TryToLockFolder(folder);
    if (lock < 0) continue;
    adopted.emplace_back(new LiveFolder(std::move(folder), lock));
  }
  return adopted;
}

LiveFolder::~LiveFolder() {
  std::error_code ignored;
  if (!kept_) fs::remove_all(path_, ignored);
  ::close(lock_);
}

DoomedFolder::~DoomedFolder() {
  std::error_code ignored;
  if (!kept_) fs::remove_all(path_, ignored);
}

void RemoveAbandonedLiveFolders(const std::string& data_dir,
                                const std::string& corpus) {
  LiveFolder::Adopt(data_dir, corpus).clear();
}

}  // namespace kbsearch::engine
