// Records of comma-separated values (RFC 4180).
#ifndef KBSEARCH_INDEXER_READERS_CSV_PARSER_H_
#define KBSEARCH_INDEXER_READERS_CSV_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/byte_stream.h"

namespace kbsearch::indexer {

// The delimiter that a header line uses: ',', ';' (as spreadsheets write where
// the comma is the decimal mark), tab or '|'.
char DetectDelimiter(std::string_view header);

// Not thread-safe. Keeps `stream` by reference. Our own rather than a library's
// because reports need the line a record begins at, and a quotation mark left
// open must not swallow the rest of the file in silence.
class CsvParser {
 public:
  struct Record {
    std::vector<std::string> values;
    uint64_t line = 0;       // where it begins, 1-based
    uint64_t last_line = 0;  // where it ends
    bool too_long = false;   // values are cut
    // The line of the quotation mark that was open at the end of the file, or
    // when the record became too long; 0: none.
    uint64_t unclosed_quote = 0;
    size_t unclosed_value = 0;  // the value it begins
  };

  CsvParser(ByteStream& stream, char delimiter, size_t max_record_bytes)
      : stream_(stream),
        delimiter_(delimiter),
        max_record_bytes_(max_record_bytes) {}

  // False at the end of the stream. Empty lines are passed over.
  absl::StatusOr<bool> Next(Record* record);

 private:
  absl::StatusOr<int> NextByte();
  void Append(char c, uint64_t quote, Record* record);
  static void NoteUnclosed(uint64_t quote, Record* record);

  ByteStream& stream_;
  const char delimiter_;
  const size_t max_record_bytes_;
  std::string buffer_;
  size_t position_ = 0;
  size_t record_bytes_ = 0;
  uint64_t line_ = 1;
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_CSV_PARSER_H_
