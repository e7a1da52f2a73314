// What is in a folder, without the exceptions that the standard library's
// iterators throw when a folder is taken away or cannot be read meanwhile.
#ifndef KBSEARCH_BASE_FOLDER_WALK_H_
#define KBSEARCH_BASE_FOLDER_WALK_H_

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch {

// The entries of a folder, in no order. NotFound: it is not there.
// FailedPrecondition: it is a file. Other errors as ErrnoToStatus (file.h) has
// them, with the path.
absl::StatusOr<std::vector<std::filesystem::directory_entry>> ListFolder(
    const std::string& folder);

// Visits everything below a folder, folders before what is in them. Symbolic
// links are visited and not followed. Folders that vanish meanwhile are left
// out. An error is of `folder` itself, or of the first folder below it that
// cannot be read; the others are visited all the same.
absl::Status WalkFolder(
    const std::string& folder,
    const std::function<void(const std::filesystem::directory_entry&)>& visit);

}  // namespace kbsearch

#endif  // KBSEARCH_BASE_FOLDER_WALK_H_
