#include "indexer/backup/checksum_list.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace kbsearch::indexer {

std::string WriteChecksumList(const ChecksumList& list) {
  std::string text;
  for (const auto& [path, checksum] : list) {
    absl::StrAppend(&text, checksum.sha256, "\t", checksum.bytes, "\t", path,
                    "\n");
  }
  return text;
}

absl::StatusOr<ChecksumList> ParseChecksumList(std::string_view text) {
  ChecksumList list;
  for (absl::string_view line :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n',
                      absl::SkipEmpty())) {
    std::vector<std::string> fields = absl::StrSplit(line, '\t');
    FileChecksum checksum;
    if (fields.size() != 3 || !absl::SimpleAtoi(fields[1], &checksum.bytes)) {
      return absl::DataLossError("damaged line in the list of checksums");
    }
    checksum.sha256 = std::move(fields[0]);
    list[fields[2]] = std::move(checksum);
  }
  return list;
}

}  // namespace kbsearch::indexer
