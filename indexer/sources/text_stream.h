// A file's text as UTF-8, whatever it is written in, in bounded memory.
#ifndef KBSEARCH_INDEXER_SOURCES_TEXT_STREAM_H_
#define KBSEARCH_INDEXER_SOURCES_TEXT_STREAM_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "indexer/reader.h"
#include "indexer/sources/byte_stream.h"

namespace kbsearch::indexer {

// A stream whose beginning can be looked at before it is read.
class PeekableStream : public ByteStream {
 public:
  explicit PeekableStream(std::unique_ptr<ByteStream> source)
      : source_(std::move(source)) {}

  // The first `size` bytes not yet read, fewer at the end; valid until the next
  // Read.
  absl::StatusOr<std::string_view> Peek(size_t size);
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  std::unique_ptr<ByteStream> source_;
  std::string ahead_;
  size_t position_ = 0;  // in ahead_
};

// Decodes `bytes` (byte order mark, UTF-16, or a legacy encoding told from the
// first 64 KB) and reports when it was not UTF-8. Null when the file is
// unreadable, empty or binary, which has then been reported.
std::unique_ptr<PeekableStream> OpenText(const SourceFile& file,
                                         std::unique_ptr<ByteStream> bytes,
                                         RecordSink& sink);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_TEXT_STREAM_H_
