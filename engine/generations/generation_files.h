// The files of a generation as they were when it was finished: for finding out
// whether a disk, a copy or a hand has changed them since.
//   <generation>/checksums.tsv: SHA-256 (hex), bytes, path below the folder
#ifndef KBSEARCH_ENGINE_GENERATIONS_GENERATION_FILES_H_
#define KBSEARCH_ENGINE_GENERATIONS_GENERATION_FILES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch::engine {

// Of every file below the folder but checksums.tsv and manifest.json.
absl::Status WriteChecksums(const std::string& generation_folder);

struct Verification {
  uint64_t files = 0;
  uint64_t bytes = 0;
  uint64_t articles = 0;
  uint64_t documents = 0;
  // What is wrong, a line each; empty: nothing. At most 100.
  std::vector<std::string> problems;
};

// DataLoss: a file is missing, or of another size than was written. Quick:
// reads none of them. A generation without a list of files passes.
absl::Status CheckFilesAreThere(const std::string& generation_folder);

// DataLoss: as above, or a file holds other bytes than were written. Reads all
// of them, by several threads; or only the file of that path.
absl::Status CheckFileContents(const std::string& generation_folder,
                               std::string_view only = "");

// Reads everything: the manifest, every file's checksum, the databases'
// structure and counts against the manifest and the list of articles, the
// terms, and every article as it would be shown. Not OK only when there is no
// such folder; otherwise problems tell.
absl::StatusOr<Verification> VerifyGeneration(
    const std::string& generation_folder);

// Not OK: the disk has less room for `data_dir` than a build of a corpus needs
// whose live generation has `base_bytes` and whose sources have
// `source_bytes`. ResourceExhausted says how much there is and is needed.
absl::Status CheckDiskSpace(const std::string& data_dir, uint64_t base_bytes,
                            uint64_t source_bytes);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_GENERATIONS_GENERATION_FILES_H_
