// A folder of one process, below DATA/corpora/<corpus>/live; where that cannot
// be written to, below the system's folder for temporary files.
#ifndef KBSEARCH_ENGINE_LIVE_LIVE_FOLDER_H_
#define KBSEARCH_ENGINE_LIVE_LIVE_FOLDER_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kbsearch::engine {

// TMP/kbsearch-live-<uid>/<corpus>-<digest of DATA's path>: where these folders
// are when DATA cannot be written to. Only this user may read it: there are
// internal articles in it. Empty: there is no such place, or another user has
// taken the name.
std::string TemporaryLiveRoot(const std::string& data_dir,
                              const std::string& corpus);

// Locked while the object lives; removed with it, unless it is kept.
class LiveFolder {
 public:
  static absl::StatusOr<std::shared_ptr<const LiveFolder>> Create(
      const std::string& data_dir, const std::string& corpus);
  // Those that processes which ended have left, now locked by this one.
  static std::vector<std::shared_ptr<const LiveFolder>> Adopt(
      const std::string& data_dir, const std::string& corpus);
  ~LiveFolder();
  LiveFolder(const LiveFolder&) = delete;
  LiveFolder& operator=(const LiveFolder&) = delete;

  const std::string& path() const { return path_; }

  // It stays, for another process to adopt.
  void Keep() const { kept_ = true; }

 private:
  LiveFolder(std::string path, int lock)
      : path_(std::move(path)), lock_(lock) {}
  const std::string path_;
  const int lock_;
  mutable std::atomic<bool> kept_{false};
};

// A folder that is removed with the object, unless it is kept.
class DoomedFolder {
 public:
  explicit DoomedFolder(std::string path) : path_(std::move(path)) {}
  ~DoomedFolder();
  DoomedFolder(const DoomedFolder&) = delete;
  DoomedFolder& operator=(const DoomedFolder&) = delete;
  const std::string& path() const { return path_; }
  void Keep() const { kept_ = true; }

 private:
  const std::string path_;
  mutable std::atomic<bool> kept_{false};
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_LIVE_LIVE_FOLDER_H_
