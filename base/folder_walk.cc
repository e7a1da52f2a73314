#include "base/folder_walk.h"

#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"

namespace kbsearch {

namespace fs = std::filesystem;

absl::StatusOr<std::vector<fs::directory_entry>> ListFolder(
    const std::string& folder) {
  std::vector<fs::directory_entry> entries;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    entries.push_back(*entry);
  }
  if (error == std::errc::not_a_directory) {
    return absl::FailedPreconditionError(absl::StrCat(folder, " is no folder"));
  }
  if (error) {
    return ErrnoToStatus(error.value(), absl::StrCat("list ", folder));
  }
  return entries;
}

absl::Status WalkFolder(
    const std::string& folder,
    const std::function<void(const fs::directory_entry&)>& visit) {
  absl::StatusOr<std::vector<fs::directory_entry>> entries = ListFolder(folder);
  if (!entries.ok()) return entries.status();
  absl::Status status;
  std::vector<fs::directory_entry> rest = *std::move(entries);
  while (!rest.empty()) {
    const fs::directory_entry entry = std::move(rest.back());
    rest.pop_back();
    visit(entry);
    std::error_code gone;
    if (entry.symlink_status(gone).type() != fs::file_type::directory) continue;
    entries = ListFolder(entry.path().string());
    if (entries.ok()) {
      rest.insert(rest.end(), entries->begin(), entries->end());
    } else if (status.ok() && !absl::IsNotFound(entries.status())) {
      status = entries.status();
    }
  }
  return status;
}

}  // namespace kbsearch
