// Lines of a stream in bounded memory, however long a line is.
#ifndef KBSEARCH_INDEXER_SOURCES_LINE_READER_H_
#define KBSEARCH_INDEXER_SOURCES_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "indexer/sources/byte_stream.h"

namespace kbsearch::indexer {

// Not thread-safe. Keeps `stream` by reference.
class LineReader {
 public:
  struct Line {
    std::string_view text;  // without "\n" or "\r\n"; valid until the next Next
    uint64_t number = 0;    // 1-based
    bool too_long = false;  // text is then the line's beginning only
  };

  LineReader(ByteStream& stream, size_t max_line_bytes)
      : stream_(stream), max_line_bytes_(max_line_bytes) {}

  // False at the end of the stream.
  absl::StatusOr<bool> Next(Line* line);

 private:
  absl::Status Fill();
  absl::Status SkipRestOfLine();
  void TakeLine(size_t length, Line* line);

  ByteStream& stream_;
  const size_t max_line_bytes_;
  std::string buffer_;
  size_t begin_ = 0;  // first byte of buffer_ not yet given out
  bool at_end_ = false;
  uint64_t number_ = 0;
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_LINE_READER_H_
