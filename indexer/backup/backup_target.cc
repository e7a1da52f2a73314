#include "indexer/backup/backup_target.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "base/write_all.h"
#include "engine/generations/generations.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kArchiveEndings = {
    ".tar", ".tar.gz", ".tgz", ".tar.zst"};
constexpr const char* kPart = ".part";
constexpr const char* kScratch = ".events.part";

absl::Status SyncFile(int descriptor, const std::string& path) {
  if (::fsync(descriptor) == 0) return absl::OkStatus();
  return ErrnoToStatus(errno, absl::StrCat("sync ", path));
}

// With what SQLite puts beside a database.
void RemoveScratch(const std::string& path) {
  std::error_code ignored;
  for (const char* const ending : {"", "-journal", "-wal", "-shm"}) {
    fs::remove(path + ending, ignored);
  }
}

absl::Status Rename(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error)
    return ErrnoToStatus(error.value(), absl::StrCat("rename to ", to));
  const std::string folder = fs::path(to).parent_path().string();
  return engine::SyncFolder(folder.empty() ? "." : folder);
}

// What backups of that name that died have left.
void RemoveParts(const std::string& path) {
  std::error_code ignored;
  fs::remove_all(path + kPart, ignored);
  RemoveScratch(path + kScratch);
}

// What both have: the name, and the name until it is finished.
class Target : public BackupTarget {
 public:
  explicit Target(std::string path)
      : path_(std::move(path)), part_(path_ + kPart) {}
  ~Target() override {
    RemoveScratchFile();
    std::error_code ignored;
    if (!finished_) fs::remove_all(part_, ignored);
  }

  absl::StatusOr<std::string> MakeScratchFile() override {
    const std::string scratch = path_ + kScratch;
    const int made =
        ::open(scratch.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) {
      return ErrnoToStatus(errno, absl::StrCat("create ", scratch));
    }
    ::close(made);
    return scratch;
  }
  void RemoveScratchFile() override { RemoveScratch(path_ + kScratch); }

 protected:
  absl::Status Publish() {
    absl::Status status = Rename(part_, path_);
    finished_ = status.ok();
    return status;
  }

  const std::string path_;
  const std::string part_;

 private:
  bool finished_ = false;
};

class FolderTarget : public Target {
 public:
  using Target::Target;
  ~FolderTarget() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  absl::Status Open() {
    std::error_code error;
    fs::create_directories(part_, error);
    if (error) {
      return ErrnoToStatus(error.value(), absl::StrCat("make folder ", part_));
    }
    fs::permissions(part_, fs::perms::owner_all, error);
    return absl::OkStatus();
  }

  absl::Status Begin(const std::string& path, uint64_t /*bytes*/) override {
    file_ = part_ + "/" + path;
    std::error_code error;
    fs::create_directories(fs::path(file_).parent_path(), error);
    if (error) {
      return ErrnoToStatus(error.value(),
                           absl::StrCat("make the folder of ", file_));
    }
    descriptor_ =
        ::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return absl::OkStatus();
    return ErrnoToStatus(errno, absl::StrCat("create ", file_));
  }

  absl::Status Write(std::string_view piece) override {
    return WriteAll(descriptor_, piece, file_);
  }

  absl::Status End() override {
    const absl::Status status = SyncFile(descriptor_, file_);
    ::close(std::exchange(descriptor_, -1));
    return status;
  }

  absl::Status Finish() override {
    const absl::Status status = engine::SyncTree(part_);
    return status.ok() ? Publish() : status;
  }

 private:
  std::string file_;
  int descriptor_ = -1;
};

class ArchiveTarget : public Target {
 public:
  using Target::Target;
  ~ArchiveTarget() override {
    if (writer_ != nullptr) archive_write_free(writer_);
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  absl::Status Open() {
    descriptor_ =
        ::open(part_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor_ < 0) {
      return ErrnoToStatus(errno, absl::StrCat("create ", part_));
    }
    writer_ = archive_write_new();
    // Keeps the bytes of names, which pax would first convert from the locale's
    // encoding; there is none that knows more than ASCII in a service.
    int result = archive_write_set_format_gnutar(writer_);
    if (path_.ends_with(".zst")) {
      result = std::min(result, archive_write_add_filter_zstd(writer_));
    } else if (path_.ends_with("gz")) {
      result = std::min(result, archive_write_add_filter_gzip(writer_));
    }
    if (result == ARCHIVE_OK) {
      result = archive_write_open_fd(writer_, descriptor_);
    }
    return Check(result);
  }

  absl::Status Begin(const std::string& path, uint64_t bytes) override {
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, path.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_mtime(entry, std::time(nullptr), 0);
    const int result = archive_write_header(writer_, entry);
    archive_entry_free(entry);
    return Check(result);
  }

  absl::Status Write(std::string_view piece) override {
    const la_ssize_t wrote =
        archive_write_data(writer_, piece.data(), piece.size());
    if (wrote == static_cast<la_ssize_t>(piece.size())) return absl::OkStatus();
    return Check(ARCHIVE_FATAL);
  }

  absl::Status End() override {
    return Check(archive_write_finish_entry(writer_));
  }

  absl::Status Finish() override {
    absl::Status status = Check(archive_write_close(writer_));
    if (status.ok()) status = SyncFile(descriptor_, part_);
    return status.ok() ? Publish() : status;
  }

 private:
  absl::Status Check(int result) const {
    if (result == ARCHIVE_OK) return absl::OkStatus();
    const int error = archive_errno(writer_);
    if (error > 0) return ErrnoToStatus(error, absl::StrCat("write ", part_));
    const char* const text = archive_error_string(writer_);
    return absl::InternalError(absl::StrCat(
        "write ", part_, ": ", text == nullptr ? "unknown error" : text));
  }

  archive* writer_ = nullptr;
  int descriptor_ = -1;
};

// AlreadyExists: something is there.
absl::Status CheckIsFree(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return absl::OkStatus();
  if (!IsArchivePath(path) && fs::is_directory(path, error) &&
      fs::is_empty(path, error)) {
    return absl::OkStatus();
  }
  return absl::AlreadyExistsError(absl::StrCat(
      path, " is there already; name a new file or folder for the backup"));
}

template <class Kind>
absl::StatusOr<std::unique_ptr<BackupTarget>> Open(const std::string& path) {
  auto target = std::make_unique<Kind>(path);
  const absl::Status status = target->Open();
  if (!status.ok()) return status;
  return target;
}

}  // namespace

bool IsArchivePath(std::string_view path) {
  return std::any_of(
      kArchiveEndings.begin(), kArchiveEndings.end(),
      [&](std::string_view ending) { return path.ends_with(ending); });
}

absl::StatusOr<std::unique_ptr<BackupTarget>> BackupTarget::Create(
    const std::string& given) {
  std::string path = given;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  const absl::Status status = CheckIsFree(path);
  if (!status.ok()) return status;
  RemoveParts(path);
  return IsArchivePath(path) ? Open<ArchiveTarget>(path)
                             : Open<FolderTarget>(path);
}

}  // namespace kbsearch::indexer
