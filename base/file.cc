#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "base/write_all.h"

namespace kbsearch {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

absl::Status SyncFolder(const std::string& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok() || ::fsync(folder.get()) != 0) {
    return ErrnoToStatus(errno, absl::StrCat("sync ", path));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ErrnoToStatus(int error_number, std::string_view what) {
  const std::string message =
      absl::StrCat(absl::string_view(what.data(), what.size()), ": ",
                   std::strerror(error_number));
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return absl::NotFoundError(message);
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::PermissionDeniedError(message);
    case ENOSPC:
    case EDQUOT:
      return absl::ResourceExhaustedError(message);
    default:
      return absl::InternalError(message);
  }
}

absl::StatusOr<std::string> ReadFile(const std::string& path,
                                     uint64_t max_bytes) {
  // O_NONBLOCK: opening a FIFO must not wait for a writer.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file.ok()) return ErrnoToStatus(errno, absl::StrCat("open ", path));
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) {
    return ErrnoToStatus(errno, absl::StrCat("stat ", path));
  }
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": not a regular file"));
  }
  std::string content;
  content.reserve(static_cast<size_t>(info.st_size));
  char buffer[1 << 16];
  while (true) {
    const ssize_t got = ::read(file.get(), buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrnoToStatus(errno, absl::StrCat("read ", path));
    if (got == 0) return content;
    content.append(buffer, static_cast<size_t>(got));
    if (content.size() > max_bytes) {
      return absl::InvalidArgumentError(absl::StrCat(
          path, ": larger than the limit of ", max_bytes, " bytes"));
    }
  }
}

namespace {

absl::Status Replace(const std::string& path,
                     std::span<const std::string_view> pieces, bool sync) {
  const std::string temporary = absl::StrCat(path, ".tmp.", ::getpid());
  {
    Descriptor file(::open(temporary.c_str(),
                           O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!file.ok()) {
      return ErrnoToStatus(errno, absl::StrCat("create ", temporary));
    }
    absl::Status status;
    for (const std::string_view piece : pieces) {
      if (status.ok()) status = WriteAll(file.get(), piece, temporary);
    }
    if (status.ok() && sync && ::fsync(file.get()) != 0) {
      status = ErrnoToStatus(errno, absl::StrCat("sync ", temporary));
    }
    if (!status.ok()) {
      ::unlink(temporary.c_str());
      return status;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const absl::Status status =
        ErrnoToStatus(errno, absl::StrCat("rename to ", path));
    ::unlink(temporary.c_str());
    return status;
  }
  if (!sync) return absl::OkStatus();
  const std::string folder = std::filesystem::path(path).parent_path();
  return SyncFolder(folder.empty() ? "." : folder);
}

}  // namespace

absl::Status WriteFileAtomically(const std::string& path,
                                 std::string_view content) {
  return Replace(path, std::span(&content, 1), true);
}

absl::Status ReplaceFile(const std::string& path, std::string_view content) {
  return Replace(path, std::span(&content, 1), false);
}

absl::Status ReplaceFile(const std::string& path,
                         std::span<const std::string_view> pieces) {
  return Replace(path, pieces, false);
}

void StartWriting(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.ok()) ::sync_file_range(file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
}

}  // namespace kbsearch
