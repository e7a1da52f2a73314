#include "analyzers/resource_folder.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

constexpr char kRemedy[] =
    "; build the target kbsearch_analyzers, or set KBSEARCH_RESOURCES to the "
    "installed share/kbsearch";

std::string BesideProgram() {
  std::error_code error;
  const std::filesystem::path program =
      std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  return program.parent_path().parent_path() / "share" / "kbsearch";
}

absl::Status MissingFile(const std::string& path, const absl::Status& cause) {
  return absl::Status(
      cause.code(),
      absl::StrCat("language resource ", path, ": ", cause.message(),
                   cause.code() == absl::StatusCode::kNotFound ? kRemedy : ""));
}

}  // namespace

absl::StatusOr<std::unique_ptr<MappedFile>> MappedFile::Open(
    const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return ErrnoToStatus(errno, "open");
  struct stat info {};
  if (::fstat(fd, &info) != 0 || info.st_size <= 0) {
    ::close(fd);
    return absl::DataLossError("empty or unreadable file");
  }
  const auto size = static_cast<size_t>(info.st_size);
  void* const data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  const int map_error = errno;
  ::close(fd);
  if (data == MAP_FAILED) return ErrnoToStatus(map_error, "map");
  return std::unique_ptr<MappedFile>(
      new MappedFile(static_cast<const char*>(data), size));
}

MappedFile::~MappedFile() { ::munmap(const_cast<char*>(data_), size_); }

absl::StatusOr<ResourceFolder> ResourceFolder::Find(
    std::string_view directory) {
  if (!directory.empty()) return ResourceFolder(std::string(directory));
  if (const char* set = std::getenv("KBSEARCH_RESOURCES");
      set != nullptr && *set != '\0') {
    return ResourceFolder(absl::StrCat(set, "/analyzers"));
  }
  for (const std::string& parent :
       {BesideProgram(), std::string(KBSEARCH_BUILD_RESOURCES)}) {
    const std::string candidate = absl::StrCat(parent, "/analyzers");
    std::error_code error;
    if (std::filesystem::is_directory(candidate, error)) {
      return ResourceFolder(candidate);
    }
  }
  return absl::NotFoundError(absl::StrCat(
      "language resources: none at ", BesideProgram(), "/analyzers", kRemedy));
}

std::string ResourceFolder::PathOf(std::string_view name) const {
  return absl::StrCat(path_, "/", absl::string_view(name.data(), name.size()));
}

absl::StatusOr<std::vector<std::string>> ResourceFolder::ReadLines(
    std::string_view name) const {
  const std::string path = PathOf(name);
  const absl::StatusOr<std::string> content = ReadFile(path);
  if (!content.ok()) return MissingFile(path, content.status());
  std::vector<std::string> lines;
  for (absl::string_view line : absl::StrSplit(*content, '\n')) {
    line = line.substr(0, line.find('#'));
    line = absl::StripAsciiWhitespace(line);
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

absl::StatusOr<std::vector<std::vector<std::string>>> ResourceFolder::ReadTable(
    std::string_view name) const {
  absl::StatusOr<std::vector<std::string>> lines = ReadLines(name);
  if (!lines.ok()) return lines.status();
  std::vector<std::vector<std::string>> table;
  for (const std::string& line : *lines) {
    std::vector<std::string> fields =
        absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    if (fields.size() < 2) {
      return absl::DataLossError(
          absl::StrCat("language resource ", PathOf(name), ": the line '", line,
                       "' has one field where two or more are wanted"));
    }
    table.push_back(std::move(fields));
  }
  return table;
}

absl::StatusOr<std::unique_ptr<MappedFile>> ResourceFolder::Map(
    std::string_view name) const {
  const std::string path = PathOf(name);
  absl::StatusOr<std::unique_ptr<MappedFile>> file = MappedFile::Open(path);
  if (!file.ok()) return MissingFile(path, file.status());
  return file;
}

}  // namespace kbsearch::analyzers
