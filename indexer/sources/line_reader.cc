#include "indexer/sources/line_reader.h"

#include <algorithm>

namespace kbsearch::indexer {
namespace {

constexpr size_t kChunk = 1 << 18;
constexpr size_t kShownOfLongLine = 200;

}  // namespace

absl::Status LineReader::Fill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const size_t held = buffer_.size();
  buffer_.resize(held + kChunk);
  absl::StatusOr<size_t> got = stream_.Read(buffer_.data() + held, kChunk);
  buffer_.resize(held + (got.ok() ? *got : 0));
  if (!got.ok()) return got.status();
  at_end_ = *got == 0;
  return absl::OkStatus();
}

absl::Status LineReader::SkipRestOfLine() {
  while (true) {
    const size_t newline = buffer_.find('\n', begin_);
    if (newline != std::string::npos) {
      begin_ = newline + 1;
      return absl::OkStatus();
    }
    begin_ = buffer_.size();
    if (at_end_) return absl::OkStatus();
    if (absl::Status status = Fill(); !status.ok()) return status;
  }
}

void LineReader::TakeLine(size_t length, Line* line) {
  line->text = std::string_view(buffer_).substr(begin_, length);
  if (line->text.ends_with('\r')) line->text.remove_suffix(1);
  line->number = ++number_;
  line->too_long = false;
  begin_ = std::min(begin_ + length + 1, buffer_.size());
}

absl::StatusOr<bool> LineReader::Next(Line* line) {
  size_t scanned = 0;  // bytes of this line known to hold no newline
  while (true) {
    const size_t newline = buffer_.find('\n', begin_ + scanned);
    const size_t length =
        (newline == std::string::npos ? buffer_.size() : newline) - begin_;
    if (length > max_line_bytes_) {
      const std::string start =
          buffer_.substr(begin_, std::min(length, kShownOfLongLine));
      if (absl::Status status = SkipRestOfLine(); !status.ok()) return status;
      // The beginning is put back so that `text` can point at it.
      buffer_.replace(0, begin_, start);
      begin_ = start.size();
      *line = {std::string_view(buffer_).substr(0, begin_), ++number_, true};
      return true;
    }
    if (newline != std::string::npos) {
      TakeLine(length, line);
      return true;
    }
    if (at_end_) {
      if (length == 0) return false;
      TakeLine(length, line);
      return true;
    }
    scanned = length;
    if (absl::Status status = Fill(); !status.ok()) return status;
  }
}

}  // namespace kbsearch::indexer
