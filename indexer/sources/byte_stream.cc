#include "indexer/sources/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"

namespace kbsearch::indexer {
namespace {

class FileStream : public ByteStream {
 public:
  FileStream(int descriptor, std::string path,
             std::function<void(size_t)> on_read)
      : descriptor_(descriptor),
        path_(std::move(path)),
        on_read_(std::move(on_read)) {}
  ~FileStream() override { ::close(descriptor_); }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    while (true) {
      const ssize_t got = ::read(descriptor_, buffer, size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return ErrnoToStatus(errno, absl::StrCat("read ", path_));
      if (on_read_) on_read_(static_cast<size_t>(got));
      return static_cast<size_t>(got);
    }
  }

 private:
  int descriptor_;
  std::string path_;
  std::function<void(size_t)> on_read_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ByteStream>> OpenFileStream(
    const std::string& path, std::function<void(size_t)> on_read) {
  const int descriptor =
      ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) {
    return ErrnoToStatus(errno, absl::StrCat("open ", path));
  }
  auto stream =
      std::make_unique<FileStream>(descriptor, path, std::move(on_read));
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) {
    return ErrnoToStatus(errno, absl::StrCat("stat ", path));
  }
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": not a regular file"));
  }
  return stream;
}

absl::StatusOr<size_t> StringStream::Read(char* buffer, size_t size) {
  const size_t count = std::min(size, bytes_.size() - position_);
  std::memcpy(buffer, bytes_.data() + position_, count);
  position_ += count;
  return count;
}

absl::StatusOr<std::string> ReadAll(ByteStream& stream, size_t max_bytes) {
  std::string content;
  size_t chunk = 1 << 16;
  while (true) {
    const size_t held = content.size();
    content.resize(held + chunk);
    absl::StatusOr<size_t> got = stream.Read(content.data() + held, chunk);
    if (!got.ok()) return got.status();
    content.resize(held + *got);
    if (*got == 0) return content;
    if (content.size() > max_bytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("larger than ", max_bytes / 1000000, " MB"));
    }
  }
}

}  // namespace kbsearch::indexer
