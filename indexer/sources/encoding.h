// Bytes of unknown encoding → UTF-8.
#ifndef KBSEARCH_INDEXER_SOURCES_ENCODING_H_
#define KBSEARCH_INDEXER_SOURCES_ENCODING_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "indexer/sources/byte_stream.h"

namespace kbsearch::indexer {

struct DecodedText {
  std::string text;        // UTF-8 without byte order mark
  std::string encoding;    // what it was, "UTF-8", "windows-1253"…
  bool converted = false;  // it was not UTF-8
};

// In this order: byte order mark; UTF-8 when valid; UTF-16 by the place of its
// zero bytes; `declared` (of an HTML page, may be empty); detection.
// InvalidArgument: binary, or no encoding fits ("binary data" or "unknown
// encoding" in the message).
//   "\xEA\xF9\xE4\xE9\xEA\xFC\xF2" → "κωδικός", windows-1253
absl::StatusOr<DecodedText> DecodeToUtf8(std::string bytes,
                                         std::string_view declared = {});

// The encoding that a UTF-16 or UTF-32 text begins with ("UTF-16LE"…), by its
// byte order mark or the place of its zero bytes; empty for anything else.
std::string DetectWideEncoding(std::string_view beginning);

// `source` converted from `encoding` to UTF-8 while it is read, in bounded
// memory; malformed sequences become U+FFFD. InvalidArgument: ICU does not
// know the encoding.
absl::StatusOr<std::unique_ptr<ByteStream>> NewDecodingStream(
    std::unique_ptr<ByteStream> source, const std::string& encoding);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_ENCODING_H_
