#include "indexer/backup/workplace.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "base/folder_lock.h"
#include "base/folder_walk.h"
#include "engine/generations/generations.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".restore-";
constexpr int kAttempts = 100;

std::string ParentOf(const std::string& path) {
  return fs::path(path).parent_path().string();
}

}  // namespace

Workplace::Workplace(std::string data_dir) : data_dir_(std::move(data_dir)) {}

Workplace::~Workplace() {
  std::error_code ignored;
  if (!own_.empty()) fs::remove_all(own_, ignored);
  if (lock_ >= 0) ::close(lock_);
  if (made_data_dir_) fs::remove(data_dir_, ignored);  // only when empty
}

bool Workplace::IsName(std::string_view name) {
  return name.starts_with(kPrefix);
}

absl::Status Workplace::Make() {
  std::error_code error;
  made_data_dir_ = fs::create_directories(data_dir_, error);
  if (error) {
    return ErrnoToStatus(error.value(),
                         absl::StrCat("make folder ", data_dir_));
  }
  // Its own first: of two that begin at once each sees the other.
  const absl::Status made = MakeOwn();
  return made.ok() ? RemoveAbandoned() : made;
}

absl::Status Workplace::MakeOwn() {
  // Another process may take a folder that is not locked yet for abandoned.
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::string folder =
        absl::StrCat(data_dir_, "/", std::string(kPrefix), "XXXXXX");
    if (::mkdtemp(folder.data()) == nullptr) {
      return ErrnoToStatus(errno, absl::StrCat("make folder ", folder));
    }
    lock_ = TryToLockFolder(folder);
    if (lock_ < 0) continue;
    own_ = folder;
    path_ = folder + "/data";
    std::error_code error;
    fs::create_directory(path_, error);
    if (!error) return absl::OkStatus();
    return ErrnoToStatus(error.value(), absl::StrCat("make folder ", path_));
  }
  return absl::UnavailableError(
      absl::StrCat("cannot keep a folder in ", data_dir_, "; try again"));
}

absl::Status Workplace::RemoveAbandoned() const {
  const auto entries = ListFolder(data_dir_);
  if (!entries.ok()) return entries.status();
  for (const fs::directory_entry& entry : *entries) {
    const std::string folder = entry.path().string();
    if (!IsName(entry.path().filename().string()) || folder == own_) continue;
    std::error_code gone;
    if (!entry.is_directory(gone)) continue;
    const int lock = TryToLockFolder(folder);
    if (lock < 0 && !fs::exists(folder, gone)) continue;
    if (lock < 0) {
      return absl::FailedPreconditionError(absl::StrCat(
          "another restore is at work in ", folder,
          "; wait for its end, or restore into another data folder"));
    }
    std::error_code error;
    fs::remove_all(folder, error);
    ::close(lock);
    if (error) {
      return ErrnoToStatus(error.value(), absl::StrCat("remove ", folder));
    }
  }
  return absl::OkStatus();
}

absl::Status Workplace::Move(const std::string& path) const {
  const std::string to = data_dir_ + "/" + path;
  std::error_code error;
  if (fs::exists(fs::symlink_status(to, error))) {
    return absl::FailedPreconditionError(absl::StrCat(
        to,
        " is there already; move it away, or restore into another data "
        "folder"));
  }
  const bool made = fs::create_directories(ParentOf(to), error);
  if (!error) fs::rename(path_ + "/" + path, to, error);
  if (!error) return absl::OkStatus();
  std::error_code ignored;
  if (made) fs::remove(ParentOf(to), ignored);
  return ErrnoToStatus(error.value(), absl::StrCat("rename to ", to));
}

absl::Status Workplace::TakeBack(const std::vector<std::string>& moved,
                                 absl::Status why) const {
  std::string left;
  for (auto path = moved.rbegin(); path != moved.rend(); ++path) {
    const std::string place = data_dir_ + "/" + *path;
    std::error_code error;
    fs::rename(place, path_ + "/" + *path, error);
    if (error) absl::StrAppend(&left, left.empty() ? "" : ", ", place);
    // A folder that was made for it; not if it holds something.
    if (ParentOf(place) != data_dir_) fs::remove(ParentOf(place), error);
  }
  if (left.empty()) return why;
  return absl::Status(
      why.code(),
      absl::StrCat(why.message(),
                   "; what was restored before that stays: ", left));
}

absl::Status Workplace::Publish(const std::vector<std::string>& paths) {
  absl::Status status = engine::SyncTree(path_);
  if (!status.ok()) return status;
  std::vector<std::string> moved;
  std::set<std::string> folders = {data_dir_};
  for (const std::string& path : paths) {
    status = Move(path);
    if (!status.ok()) return TakeBack(moved, std::move(status));
    moved.push_back(path);
    folders.insert(ParentOf(data_dir_ + "/" + path));
  }
  // The names themselves.
  for (const std::string& folder : folders) {
    status = engine::SyncFolder(folder);
    if (!status.ok()) return TakeBack(moved, std::move(status));
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::indexer
