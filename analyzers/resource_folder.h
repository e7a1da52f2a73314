// The files that the analyzers read at start, and where they are.
#ifndef KBSEARCH_ANALYZERS_RESOURCE_FOLDER_H_
#define KBSEARCH_ANALYZERS_RESOURCE_FOLDER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace kbsearch::analyzers {

// A file mapped read-only into memory; unmapped on destruction.
class MappedFile {
 public:
  static absl::StatusOr<std::unique_ptr<MappedFile>> Open(
      const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return {data_, size_}; }

 private:
  MappedFile(const char* data, size_t size) : data_(data), size_(size) {}
  const char* data_;
  size_t size_;
};

class ResourceFolder {
 public:
  explicit ResourceFolder(std::string path) : path_(std::move(path)) {}

  // The folder of `Registry::Load(directory)`; NotFound says what to do.
  static absl::StatusOr<ResourceFolder> Find(std::string_view directory);

  const std::string& path() const { return path_; }
  std::string PathOf(std::string_view name) const;

  // The lines of a word list without comments ("# …") and blanks.
  // `name` is relative, "el/stopwords.txt".
  absl::StatusOr<std::vector<std::string>> ReadLines(
      std::string_view name) const;

  // Lines "key value…" divided at blanks; every line has two fields or more.
  absl::StatusOr<std::vector<std::vector<std::string>>> ReadTable(
      std::string_view name) const;

  absl::StatusOr<std::unique_ptr<MappedFile>> Map(std::string_view name) const;

 private:
  std::string path_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_RESOURCE_FOLDER_H_
