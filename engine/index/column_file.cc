#include "engine/index/column_file.h"

#include <cstring>

#include "absl/strings/str_cat.h"
#include "base/file.h"

namespace kbsearch::engine {
namespace {

constexpr std::string_view kMagic("KBCOLS1\0", 8);
constexpr size_t kKindBytes = 8;
constexpr size_t kAlignment = 8;

std::string Padded(std::string_view kind) {
  std::string padded(kind);
  padded.resize(kKindBytes, '\0');
  return padded;
}

size_t Aligned(size_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

void AppendNumber(uint64_t number, std::string* out) {
  out->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

}  // namespace

absl::StatusOr<std::unique_ptr<const ColumnFile>> ColumnFile::Open(
    const std::string& path, std::string_view kind, size_t columns) {
  absl::StatusOr<std::unique_ptr<analyzers::MappedFile>> mapped =
      analyzers::MappedFile::Open(path);
  if (!mapped.ok()) {
    return absl::Status(mapped.status().code(),
                        absl::StrCat(path, ": ", mapped.status().message()));
  }
  std::unique_ptr<ColumnFile> file(new ColumnFile(path, *std::move(mapped)));
  const absl::Status status = file->Parse(kind, columns);
  if (!status.ok()) return status;
  return file;
}

absl::Status ColumnFile::Damaged(std::string_view why) const {
  return absl::DataLossError(
      absl::StrCat(path_, ": ", absl::string_view(why.data(), why.size()),
                   "; build the corpus again"));
}

absl::Status ColumnFile::Parse(std::string_view kind, size_t columns) {
  const std::string_view bytes = file_->bytes();
  const size_t header =
      kMagic.size() + kKindBytes + (columns + 1) * sizeof(uint64_t);
  if (bytes.size() < header) return Damaged("too short");
  if (bytes.substr(0, kMagic.size()) != kMagic ||
      bytes.substr(kMagic.size(), kKindBytes) != Padded(kind)) {
    return Damaged("not of this version");
  }
  const auto number = [&](size_t i) {
    uint64_t value = 0;
    std::memcpy(&value,
                bytes.data() + kMagic.size() + kKindBytes + i * sizeof(value),
                sizeof(value));
    return value;
  };
  if (number(0) != columns) return Damaged("not of this version");
  size_t next = Aligned(header);
  for (size_t i = 1; i <= columns; ++i) {
    const uint64_t size = number(i);
    if (next > bytes.size() || size > bytes.size() - next) {
      return Damaged("cut off");
    }
    columns_.push_back(bytes.substr(next, size));
    next = Aligned(next + size);
  }
  if (next != bytes.size()) return Damaged("cut off");
  return absl::OkStatus();
}

absl::Status ColumnFileWriter::Write(const std::string& path) const {
  std::string head = std::string(kMagic) + Padded(kind_);
  AppendNumber(columns_.size(), &head);
  for (const std::string& column : columns_) AppendNumber(column.size(), &head);
  const std::string zeros(kAlignment, '\0');
  size_t size = head.size();
  std::vector<std::string_view> pieces = {head};
  const auto align = [&] {
    const size_t gap = Aligned(size) - size;
    pieces.push_back(std::string_view(zeros).substr(0, gap));
    size += gap;
  };
  for (const std::string& column : columns_) {
    align();
    pieces.push_back(column);
    size += column.size();
  }
  align();
  return ReplaceFile(path, pieces);
}

}  // namespace kbsearch::engine
