// Files of columns (arrays of numbers, text) that are mapped and never parsed:
// what the side files of a shard are made of.
//
// The file: "KBCOLS1\0", a kind of eight characters, the number of columns, the
// bytes of each; then the columns, each begun at a multiple of eight.
#ifndef KBSEARCH_ENGINE_INDEX_COLUMN_FILE_H_
#define KBSEARCH_ENGINE_INDEX_COLUMN_FILE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::engine {

// Immutable, thread-safe. What it returns lives as long as it does.
class ColumnFile {
 public:
  // NotFound: no such file. DataLoss: damaged, or of another kind or number of
  // columns. REQUIRES: kind.size() <= 8.
  static absl::StatusOr<std::unique_ptr<const ColumnFile>> Open(
      const std::string& path, std::string_view kind, size_t columns);

  template <typename Number>
  std::span<const Number> Numbers(size_t column) const {
    return {reinterpret_cast<const Number*>(columns_[column].data()),
            columns_[column].size() / sizeof(Number)};
  }
  std::string_view Text(size_t column) const { return columns_[column]; }

  // DataLoss, naming the file and the remedy.
  absl::Status Damaged(std::string_view why) const;

 private:
  ColumnFile(std::string path, std::unique_ptr<analyzers::MappedFile> file)
      : path_(std::move(path)), file_(std::move(file)) {}
  absl::Status Parse(std::string_view kind, size_t columns);

  const std::string path_;
  std::unique_ptr<analyzers::MappedFile> file_;
  std::vector<std::string_view> columns_;
};

class ColumnFileWriter {
 public:
  // REQUIRES: kind.size() <= 8.
  explicit ColumnFileWriter(std::string_view kind) : kind_(kind) {}

  template <typename Number>
  void Add(const std::vector<Number>& numbers) {
    Add(std::string_view(reinterpret_cast<const char*>(numbers.data()),
                         numbers.size() * sizeof(Number)));
  }
  void Add(std::string_view text) { columns_.emplace_back(text); }
  // The same of a column that is large: not copied.
  void Take(std::string column) { columns_.push_back(std::move(column)); }

  absl::Status Write(const std::string& path) const;

 private:
  std::string kind_;
  std::vector<std::string> columns_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_COLUMN_FILE_H_
