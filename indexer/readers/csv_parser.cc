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

// `quote`: the line of the value's quotation mark, where that is open.
void CsvParser::Append(char c, uint64_t quote, Record* record) {
  if (++record_bytes_ > max_record_bytes_) {
    if (!record->too_long) NoteUnclosed(quote, record);
    record->too_long = true;
  } else {
    record->values.back() += c;
  }
}

void CsvParser::NoteUnclosed(uint64_t quote, Record* record) {
  record->unclosed_quote = quote;
  record->unclosed_value = record->values.size() - 1;
}

absl::StatusOr<bool> CsvParser::Next(Record* record) {
  *record = Record();
  record_bytes_ = 0;
  bool at_line_start = false;
  bool quoted = false;  // inside quotation marks
  uint64_t quote = 0;   // the line of the one that the value began with
  while (true) {
    const absl::StatusOr<int> byte = NextByte();
    if (!byte.ok()) return byte.status();
    const char c = static_cast<char>(*byte);
    if (*byte == kEnd) {
      if (quoted) NoteUnclosed(quote, record);
      record->last_line = at_line_start ? line_ - 1 : line_;
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
    at_line_start = c == '\n';
    if (at_line_start) ++line_;
    if (quoted) {
      if (c == '"') {
        quoted = false;
      } else {
        Append(c, quote, record);
      }
    } else if (c == '"' && quote != 0) {  // "" inside quotes is one
      Append(c, quote, record);
      quoted = true;
    } else if (c == '"' && record->values.back().empty()) {
      quoted = true;
      quote = line_;
    } else if (c == delimiter_) {
      record->values.emplace_back();
      quote = 0;
    } else if (c == '\n') {
      record->last_line = line_ - 1;
      return true;
    } else if (c != '\r') {
      Append(c, 0, record);
    }
  }
}

}  // namespace kbsearch::indexer
