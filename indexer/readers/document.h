// A file that is one article: its text, and what its place says about it.
#ifndef KBSEARCH_INDEXER_READERS_DOCUMENT_H_
#define KBSEARCH_INDEXER_READERS_DOCUMENT_H_

#include <optional>
#include <string>
#include <string_view>

#include "indexer/reader.h"
#include "indexer/sources/byte_stream.h"

namespace kbsearch::indexer {

// The id and language that a file's place gives:
//   "el/reset-password.md"         → id "reset-password", language "el"
//   "reset-password.el.html"       → the same
//   "billing/faq.html" below ".../fr/" → id "billing/faq", language "fr"
struct PlaceInSource {
  std::string id;
  std::string language;  // registry code, may be empty
};
PlaceInSource IdentifyByPlace(const SourceFile& file,
                              const ReaderOptions& options);

// Reads and decodes a whole file. Empty when it was rejected; the reason is in
// the sink. `find_declared` looks for the encoding a text declares, may be
// null.
std::optional<std::string> ReadDocument(
    const SourceFile& file, ByteStream& bytes, RecordSink& sink,
    std::string (*find_declared)(std::string_view bytes) = nullptr);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_DOCUMENT_H_
