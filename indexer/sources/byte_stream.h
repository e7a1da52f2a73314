// The bytes of one source, read once from beginning to end.
#ifndef KBSEARCH_INDEXER_SOURCES_BYTE_STREAM_H_
#define KBSEARCH_INDEXER_SOURCES_BYTE_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kbsearch::indexer {

// Not thread-safe.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Fills up to `size` bytes of `buffer`; 0 at the end. Reading after an error
  // or the end gives the same again.
  virtual absl::StatusOr<size_t> Read(char* buffer, size_t size) = 0;
};

// A regular file. Never waits for a FIFO's writer and refuses special files
// (InvalidArgument); NotFound, PermissionDenied as the system says.
// `on_read` is told the number of bytes of each read, for the progress.
absl::StatusOr<std::unique_ptr<ByteStream>> OpenFileStream(
    const std::string& path, std::function<void(size_t)> on_read = {});

// Bytes in memory.
class StringStream : public ByteStream {
 public:
  explicit StringStream(std::string bytes) : bytes_(std::move(bytes)) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  std::string bytes_;
  size_t position_ = 0;
};

// The whole stream. InvalidArgument when it holds more than `max_bytes`.
absl::StatusOr<std::string> ReadAll(ByteStream& stream, size_t max_bytes);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_BYTE_STREAM_H_
