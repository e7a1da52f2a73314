// Records between reading and indexing, in a temporary file: what must be known
// of all of them (translations, repeated paragraphs, duplicates) is known
// before the first is indexed, and memory stays bounded.
#ifndef KBSEARCH_INDEXER_SOURCES_SPOOL_H_
#define KBSEARCH_INDEXER_SOURCES_SPOOL_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/reader.h"

namespace kbsearch::indexer {

// Not thread-safe. First all Add, then Rewind, then Next until it is false.
class Spool {
 public:
  // The file has no name and is gone when the spool is, or the process.
  // ResourceExhausted, PermissionDenied: what the file system says.
  static absl::StatusOr<std::unique_ptr<Spool>> Create(
      const std::string& folder);

  // The record's links are not kept. Encode may be called by any thread.
  static std::string Encode(const Record& record);
  absl::Status AddEncoded(const std::string& encoded);
  absl::Status Add(const Record& record) { return AddEncoded(Encode(record)); }
  absl::Status Rewind();
  absl::StatusOr<bool> Next(Record* record);

 private:
  struct FileClose {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  Spool() = default;
  std::unique_ptr<std::FILE, FileClose> file_;
  std::string bytes_;  // of the record read last
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_SPOOL_H_
