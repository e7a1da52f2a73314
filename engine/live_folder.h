// A folder of one process, below DATA/corpora/<corpus>/live.
#ifndef KBSEARCH_ENGINE_LIVE_FOLDER_H_
#define KBSEARCH_ENGINE_LIVE_FOLDER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace kbsearch::engine {

// Locked while the object lives, removed with it.
class LiveFolder {
 public:
  static absl::StatusOr<std::shared_ptr<const LiveFolder>> Create(
      const std::string& data_dir, const std::string& corpus);
  ~LiveFolder();
  LiveFolder(const LiveFolder&) = delete;
  LiveFolder& operator=(const LiveFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  LiveFolder(std::string path, int lock)
      : path_(std::move(path)), lock_(lock) {}
  const std::string path_;
  const int lock_;
};

// A folder that is removed with the object.
class DoomedFolder {
 public:
  explicit DoomedFolder(std::string path) : path_(std::move(path)) {}
  ~DoomedFolder();
  DoomedFolder(const DoomedFolder&) = delete;
  DoomedFolder& operator=(const DoomedFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_LIVE_FOLDER_H_
