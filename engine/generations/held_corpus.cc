#include "engine/generations/held_corpus.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "base/folder_walk.h"
#include "engine/generations/generations.h"
#include "engine/live/change_log.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

constexpr int kAttempts = 10;
// For whoever removes files meanwhile to come to an end.
constexpr std::chrono::milliseconds kPause{10};
constexpr uint64_t kMaxTextBytes = uint64_t{64} << 20;

// Paths of the regular files below a folder, relative to `root`, sorted.
absl::StatusOr<std::vector<std::string>> FilesBelow(const std::string& folder,
                                                    const std::string& root) {
  std::vector<std::string> paths;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    std::error_code gone;
    if (!entry->is_regular_file(gone)) continue;
    paths.push_back(entry->path().string().substr(root.size() + 1));
  }
  if (error) {
    return ErrnoToStatus(error.value(), absl::StrCat("list ", folder));
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

absl::Status HoldFiles(const std::string& folder, const std::string& root,
                       bool only_logs, std::vector<HeldCorpus::Held>* held) {
  const auto paths = FilesBelow(folder, root);
  if (!paths.ok()) return paths.status();
  for (const std::string& path : *paths) {
    if (only_logs && !path.ends_with(".log")) continue;
    absl::StatusOr<HeldFile> file = HeldFile::Open(root + "/" + path);
    if (!file.ok()) return file.status();
    held->push_back({path, *std::move(file)});
  }
  return absl::OkStatus();
}

absl::Status ReadTexts(const std::string& root,
                       std::vector<HeldCorpus::Text>* texts) {
  const auto entries = ListFolder(root);
  if (!entries.ok()) return entries.status();
  for (const fs::directory_entry& entry : *entries) {
    const std::string name = entry.path().filename().string();
    std::error_code gone;
    if (!entry.is_regular_file(gone) || name == "CURRENT" ||
        name == "build.lock" || name.find(".tmp.") != std::string::npos) {
      continue;
    }
    absl::StatusOr<std::string> content =
        ReadFile(entry.path().string(), kMaxTextBytes);
    if (absl::IsNotFound(content.status())) continue;  // deleted just now
    if (!content.ok()) return content.status();
    texts->push_back({name, *std::move(content)});
  }
  std::sort(texts->begin(), texts->end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return absl::OkStatus();
}

// NotFound: something was removed while it was opened.
absl::StatusOr<HeldCorpus> TryToHold(const std::string& data_dir,
                                     const std::string& corpus,
                                     uint64_t generation) {
  const std::string root = CorpusFolder(data_dir, corpus);
  const std::string folder = GenerationFolder(data_dir, corpus, generation);
  HeldCorpus held;
  held.generation = generation;
  absl::Status status =
      HoldFiles(folder, root, /*only_logs=*/false, &held.files);
  const std::string changes = ChangesFolder(data_dir, corpus);
  std::error_code ignored;
  if (status.ok() && fs::exists(changes, ignored)) {
    status = HoldFiles(changes, root, /*only_logs=*/true, &held.files);
  }
  if (status.ok()) status = ReadTexts(root, &held.texts);
  if (!status.ok()) return status;
  return held;
}

}  // namespace

absl::StatusOr<HeldFile> HeldFile::Open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return ErrnoToStatus(errno, absl::StrCat("open ", path));
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) {
    const int error = errno;
    ::close(descriptor);
    return ErrnoToStatus(error, absl::StrCat("stat ", path));
  }
  return HeldFile(descriptor, static_cast<uint64_t>(info.st_size));
}

HeldFile::HeldFile(HeldFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), bytes_(other.bytes_) {}

HeldFile::~HeldFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

absl::StatusOr<HeldCorpus> HoldCorpus(const std::string& data_dir,
                                      const std::string& corpus) {
  absl::Status failed;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(kPause);
    const absl::StatusOr<uint64_t> live = ReadCurrent(data_dir, corpus);
    if (!live.ok()) return live.status();
    const absl::StatusOr<Manifest> manifest =
        ReadManifest(GenerationFolder(data_dir, corpus, *live));
    absl::StatusOr<HeldCorpus> held = TryToHold(data_dir, corpus, *live);
    // What a generation needs of the log is deleted after another one has
    // become live, so all of it was there if this one still is.
    const absl::StatusOr<uint64_t> now = ReadCurrent(data_dir, corpus);
    if (!now.ok() || *now != *live) continue;
    if (manifest.ok() && !absl::IsNotFound(held.status())) return held;
    // Gone between listing and opening: a piece of the log that no generation
    // needs any more. Or the corpus is being removed.
    failed = manifest.ok() ? held.status() : manifest.status();
  }
  if (!failed.ok()) return failed;
  return absl::UnavailableError(
      absl::StrCat("corpus \"", corpus,
                   "\" was switched to another generation each time it was "
                   "opened; try again"));
}

}  // namespace kbsearch::engine
