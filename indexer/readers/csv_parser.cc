#include "indexer/readers/csv_parser.h"

#include <algorithm>

namespace kbsearch::indexer {
namespace {

constexpr int kEnd = -1;

}  // namespace

char DetectDelimiter(std::string_view header) {
  header = header.substr(0, header.find('\n'));
  char best = ',';
  ptrdiff_t most = 0;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    const ptrdiff_t count = std::count(header.begin(), header.end(), delimiter);
    if (count > most) {
      most = count;
      best = delimiter;
    }
  }
  return best;
}

absl::StatusOr<int> CsvParser::NextByte() {
  if (position_ == buffer_.size()) {
    buffer_.resize(1 << 16);
    absl::StatusOr<size_t> got = stream_.Read(buffer_.data(), buffer_.size());
    buffer_.resize(got.ok() ? *got : 0);
    position_ = 0;
    if (!got.ok()) return got.status();
    if (*got == 0) return kEnd;
  }
  return static_cast<unsigned char>(buffer_[position_++]);
}

void CsvParser::Append(char c, Record* record) {
  if (++record_bytes_ > max_record_bytes_) {
    record->too_long = true;
  } else {
    record->values.back() += c;
  }
}

absl::StatusOr<bool> CsvParser::Next(Record* record) {
  *record = Record();
  record_bytes_ = 0;
  bool quoted = false;      // inside quotation marks
  bool was_quoted = false;  // the value began with one
  while (true) {
    const absl::StatusOr<int> byte = NextByte();
    if (!byte.ok()) return byte.status();
    const char c = static_cast<char>(*byte);
    if (*byte == kEnd) {
      record->unclosed_quote = quoted;
      return !record->values.empty();
    }
    if (record->values.empty()) {
      if (c == '\r') continue;
      if (c == '\n') {
        ++line_;
        continue;
      }
      record->line = line_;
      record->values.emplace_back();
    }
    if (c == '\n') ++line_;
    if (quoted) {
      if (c == '"') {
        quoted = false;
      } else {
        Append(c, record);
      }
    } else if (c == '"' && was_quoted) {  // "" inside quotes is one
      Append(c, record);
      quoted = true;
    } else if (c == '"' && record->values.back().empty()) {
      quoted = was_quoted = true;
    } else if (c == delimiter_) {
      record->values.emplace_back();
      was_quoted = false;
    } else if (c == '\n') {
      return true;
    } else if (c != '\r') {
      Append(c, record);
    }
  }
}

}  // namespace kbsearch::indexer
