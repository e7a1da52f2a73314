// Files, whole: read, and write so that a crash leaves the old or the new
// content, never a mixture.
#ifndef KBSEARCH_BASE_FILE_H_
#define KBSEARCH_BASE_FILE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch {

// The file's bytes. NotFound, PermissionDenied, InvalidArgument (a folder or
// special file, or larger than `max_bytes`); the message names the path.
absl::StatusOr<std::string> ReadFile(const std::string& path,
                                     uint64_t max_bytes = UINT64_MAX);

// Writes a temporary file beside `path`, syncs it, renames it over `path` and
// syncs the folder.
absl::Status WriteFileAtomically(const std::string& path,
                                 std::string_view content);

// The same without waiting for the disk: readers see the old or the new
// content, a power failure may leave neither. For files that are synced
// together later.
absl::Status ReplaceFile(const std::string& path, std::string_view content);
// The same of several pieces, one after the other.
absl::Status ReplaceFile(const std::string& path,
                         std::span<const std::string_view> pieces);

// Lets the disk begin to write what `path` holds in memory; returns before it
// has. A later sync has less to wait for. Failures do no harm and are not told.
void StartWriting(const std::string& path);

// errno → status, "`what`: strerror". EACCES → PermissionDenied, ENOENT →
// NotFound, ENOSPC → ResourceExhausted, otherwise Internal.
absl::Status ErrnoToStatus(int error_number, std::string_view what);

}  // namespace kbsearch

#endif  // KBSEARCH_BASE_FILE_H_
