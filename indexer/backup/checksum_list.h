// The last member of a backup: SHA-256 (hex), bytes and path of every other
// one, a line each, as in a generation's checksums.tsv.
#ifndef KBSEARCH_INDEXER_BACKUP_CHECKSUM_LIST_H_
#define KBSEARCH_INDEXER_BACKUP_CHECKSUM_LIST_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kbsearch::indexer {

struct FileChecksum {
  std::string sha256;  // hex
  uint64_t bytes = 0;
  bool operator==(const FileChecksum&) const = default;
};

using ChecksumList = std::map<std::string, FileChecksum>;  // by path

std::string WriteChecksumList(const ChecksumList& list);
// DataLoss: a line is not of that form.
absl::StatusOr<ChecksumList> ParseChecksumList(std::string_view text);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BACKUP_CHECKSUM_LIST_H_
