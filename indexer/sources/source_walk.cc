#include "indexer/sources/source_walk.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "indexer/sources/skipped_files.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;

bool IsInside(const fs::path& path, const fs::path& folder) {
  const auto [in_folder, in_path] =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return in_folder == folder.end();
}

// Lists one source folder without recursion on the call stack.
class FolderWalk {
 public:
  FolderWalk(std::string source, std::optional<Format> format,
             const std::function<void(ReportItem)>& report, WalkResult* result)
      : source_(std::move(source)),
        format_(format),
        report_(report),
        result_(result) {
    std::error_code error;
    root_ = fs::canonical(source_, error);
    folder_name_ = root_.filename().string();
  }

  void Run() {
    const size_t first = result_->files.size();
    std::vector<fs::path> folders = {fs::path(source_)};
    while (!folders.empty()) {
      const fs::path folder = std::move(folders.back());
      folders.pop_back();
      List(folder, &folders);
    }
    // By path components, so that the order is the same on every machine.
    std::sort(result_->files.begin() + static_cast<ptrdiff_t>(first),
              result_->files.end(),
              [](const SourceFile& a, const SourceFile& b) {
                return fs::path(a.name) < fs::path(b.name);
              });
    skipped_.ReportTo(source_, report_);
  }

 private:
  void List(const fs::path& folder, std::vector<fs::path>* folders) {
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error) {
      Reject(folder, "unreadable folder", error.message(),
             "check the permissions");
      return;
    }
    while (entries != fs::directory_iterator()) {
      const fs::directory_entry entry = *entries;
      if (!entry.path().filename().string().starts_with('.')) {
        Take(entry, folders);
      }
      entries.increment(error);
      if (error) {
        Reject(folder, "unreadable folder", error.message(), "check the disk");
        return;
      }
    }
  }

  void Take(const fs::directory_entry& entry, std::vector<fs::path>* folders) {
    std::error_code error;
    if (entry.is_symlink(error) && !LinkIsGood(entry)) return;
    const fs::file_status status = entry.status(error);
    if (fs::is_directory(status)) {
      folders->push_back(entry.path());
      return;
    }
    const std::optional<Format> format =
        FormatOfPath(entry.path().string(), format_);
    if (!format.has_value()) {
      skipped_.Add(entry.path().lexically_relative(source_).generic_string());
      return;
    }
    if (!fs::is_regular_file(status)) {
      Reject(entry.path(), "not a regular file", "",
             "remove it from the source folder");
      return;
    }
    SourceFile file;
    file.path = entry.path().string();
    file.name = entry.path().lexically_relative(source_).generic_string();
    file.folder = folder_name_;
    file.format = *format;
    file.bytes = entry.file_size(error);
    if (error) file.bytes = 0;
    result_->bytes += file.bytes;
    result_->files.push_back(std::move(file));
  }

  // Reports links that are not followed. Folders inside the source are read at
  // their own place, so no walk can be endless.
  bool LinkIsGood(const fs::directory_entry& link) {
    std::error_code error;
    const fs::path target = fs::canonical(link.path(), error);
    if (error) {
      Reject(link.path(), "broken link", error.message(),
             "remove the link or restore what it points to");
      return false;
    }
    if (!IsInside(target, root_)) {
      Reject(link.path(), "link out of the source folder", target.string(),
             "name the target as a --source of its own");
      return false;
    }
    if (fs::is_directory(target, error)) {
      report_({link.path().string(), 0, "", Severity::kNotice,
               "link to a folder not followed", target.string(),
               "the folder is read at its own place in the source"});
      return false;
    }
    return true;
  }

  void Reject(const fs::path& path, std::string reason, std::string detail,
              std::string remedy) {
    report_({path.string(), 0, "", Severity::kRejected, std::move(reason),
             std::move(detail), std::move(remedy)});
  }

  const std::string source_;
  const std::optional<Format> format_;
  const std::function<void(ReportItem)>& report_;
  WalkResult* const result_;
  fs::path root_;
  std::string folder_name_;
  SkippedFiles skipped_;
};

void TakeNamedFile(const std::string& source, std::optional<Format> format,
                   const std::function<void(ReportItem)>& report,
                   WalkResult* result) {
  std::error_code error;
  // An archive holds files of the format, and is of its own.
  const std::optional<Format> by_ending = FormatOfPath(source);
  if (!format.has_value() || by_ending == Format::kArchive) format = by_ending;
  if (!format.has_value()) {
    report({source, 0, "", Severity::kRejected, "unknown format", "",
            absl::StrCat("name it with --format: ", FormatNames())});
    return;
  }
  SourceFile file;
  file.path = source;
  file.name = fs::path(source).filename().string();
  file.folder =
      fs::absolute(source, error).lexically_normal().parent_path().filename();
  file.format = *format;
  // A special file has no size here; opening it says what is wrong with it.
  file.bytes = fs::file_size(source, error);
  if (error) file.bytes = 0;
  result->bytes += file.bytes;
  result->files.push_back(std::move(file));
}

}  // namespace

absl::Status WalkSources(const std::vector<std::string>& sources,
                         std::optional<Format> format,
                         const std::function<void(ReportItem)>& report,
                         WalkResult* result) {
  for (const std::string& source : sources) {
    std::error_code error;
    const fs::file_status status = fs::status(source, error);
    if (!fs::exists(status)) {
      return absl::NotFoundError(
          absl::StrCat("source ", source, ": ",
                       error ? error.message() : "no such file or folder"));
    }
  }
  for (const std::string& source : sources) {
    std::error_code error;
    if (fs::is_directory(source, error)) {
      FolderWalk(source, format, report, result).Run();
    } else {
      TakeNamedFile(source, format, report, result);
    }
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::indexer
