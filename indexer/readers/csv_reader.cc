#include "indexer/readers/csv_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "indexer/readers/article_body.h"
#include "indexer/readers/article_fields.h"
#include "indexer/readers/csv_parser.h"
#include "indexer/readers/document.h"
#include "indexer/sources/encoding.h"
#include "indexer/sources/text_stream.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kHeaderBytes = 1 << 16;
constexpr std::string_view kFields[] = {
    "id",  "language", "title",    "body",       "body_format", "category",
    "url", "kind",     "audience", "updated_at", "tags"};

std::string Lower(std::string_view text) {
  return absl::AsciiStrToLower(absl::string_view(text.data(), text.size()));
}

// "Account > Security" or "a; b, c" → its parts.
std::vector<std::string> SplitList(std::string_view text,
                                   std::string_view marks) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t mark = text.find_first_of(marks);
    std::string part = CollapseSpaces(text.substr(0, mark));
    if (!part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(mark == std::string_view::npos ? text.size() : mark + 1);
  }
  return parts;
}

class CsvReader : public Reader {
 public:
  explicit CsvReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    const std::unique_ptr<PeekableStream> text =
        OpenText(file, std::move(bytes), sink);
    if (text == nullptr) return absl::OkStatus();
    const absl::StatusOr<std::string_view> beginning = text->Peek(kHeaderBytes);
    const char delimiter = beginning.ok() ? DetectDelimiter(*beginning) : ',';
    CsvParser parser(*text, delimiter, kMaxLineBytes);
    CsvParser::Record record;
    bool has_header = false;
    while (true) {
      const absl::StatusOr<bool> more = parser.Next(&record);
      if (!more.ok()) {
        Reject(file, record.line, "", "unreadable file",
               std::string(more.status().message()), "check the disk", sink);
        return absl::OkStatus();
      }
      if (!*more) return absl::OkStatus();
      if (!has_header) {
        if (!ReadHeader(file, record, sink)) return absl::OkStatus();
        has_header = true;
        continue;
      }
      absl::Status status = ReadRecord(file, &record, sink);
      if (!status.ok()) return status;
    }
  }

 private:
  // Finds the column of every field. False: the file cannot be read so.
  bool ReadHeader(const SourceFile& file, const CsvParser::Record& header,
                  RecordSink& sink) {
    columns_.clear();
    width_ = header.values.size();
    names_ = header.values;
    std::map<std::string, size_t> by_name;
    for (size_t i = 0; i < header.values.size(); ++i) {
      by_name.emplace(Lower(CollapseSpaces(header.values[i])), i);
    }
    for (const std::string_view field : kFields) {
      const auto mapped = options_.columns.find(std::string(field));
      const std::string name = mapped == options_.columns.end()
                                   ? std::string(field)
                                   : mapped->second;
      const auto found = by_name.find(Lower(name));
      if (found != by_name.end()) {
        columns_[std::string(field)] = found->second;
      } else if (mapped != options_.columns.end()) {
        Reject(file, header.line, "", "no such column",
               absl::StrCat("\"", name, "\" for ", std::string(field)),
               absl::StrCat("name one of: ", NamesOf(header)), sink);
        return false;
      }
    }
    if (columns_.contains("body")) return true;
    Reject(file, header.line, "", "no column for the body", NamesOf(header),
           "say which it is: --columns body=NAME,title=NAME,id=NAME", sink);
    return false;
  }

  // For messages; a file that is no CSV may be one endless name.
  static std::string NamesOf(const CsvParser::Record& header) {
    constexpr size_t kShown = 200;
    std::string names;
    for (const std::string& value : header.values) {
      if (!names.empty()) names += ", ";
      names += value.substr(0, kShown);
      if (names.size() > kShown) return names + "…";
    }
    return names;
  }

  // "the body", or "value 7" beyond the header's.
  std::string ColumnName(size_t value) const {
    constexpr size_t kShown = 60;
    if (value >= names_.size() || names_[value].size() > kShown) {
      return absl::StrCat("value ", value + 1);
    }
    return absl::StrCat("the value of ", names_[value]);
  }

  absl::Status ReadRecord(const SourceFile& file, CsvParser::Record* record,
                          RecordSink& sink) {
    if (record->unclosed_quote != 0) {
      Reject(file, record->unclosed_quote, "", "quotation mark left open",
             absl::StrCat("begins ", ColumnName(record->unclosed_value),
                          "; nothing could be read up to line ",
                          record->last_line),
             "close the quotation mark at the end of the value, doubling those "
             "inside",
             sink);
      return absl::OkStatus();
    }
    if (record->too_long) {
      Reject(file, record->line, "", "record too long",
             absl::StrCat("above ", kMaxLineBytes / 1000000, " MB"),
             "divide the article", sink);
      return absl::OkStatus();
    }
    const bool is_text = std::all_of(
        record->values.begin(), record->values.end(),
        [](const std::string& value) { return IsValidUtf8(value); });
    if (!is_text) {
      Reject(file, record->line, "", "not UTF-8", "",
             "convert the file: iconv -f WINDOWS-1253 -t UTF-8, or whatever "
             "its encoding is",
             sink);
      return absl::OkStatus();
    }
    if (record->values.size() != width_) {
      ReportItem item{
          file.path,
          record->line,
          "",
          Severity::kRepaired,
          "record of another length than the header",
          absl::StrCat(record->values.size(), " values, ", width_, " columns"),
          "put values that hold the delimiter between quotation "
          "marks"};
      sink.Report(std::move(item));
      record->values.resize(width_);
    }
    ArticleFields fields = FieldsOf(*record);
    const PlaceInSource place = IdentifyByPlace(file, options_);
    // A record without an id is named by its place.
    if (fields.id.empty() && !columns_.contains("id")) {
      fields.id = absl::StrCat(place.id, "/", record->line);
    }
    if (fields.language.empty()) fields.language = place.language;
    return EmitBody(file, record->line, std::move(fields), options_, sink);
  }

  ArticleFields FieldsOf(const CsvParser::Record& record) const {
    ArticleFields fields;
    const std::pair<const char*, std::string*> texts[] = {
        {"id", &fields.id},
        {"language", &fields.language},
        {"title", &fields.title},
        {"body", &fields.body},
        {"url", &fields.url},
        {"body_format", &fields.body_format},
        {"kind", &fields.kind},
        {"audience", &fields.audience},
        {"updated_at", &fields.updated_at}};
    for (const auto& [name, target] : texts) {
      const auto column = columns_.find(name);
      if (column == columns_.end()) continue;
      *target = record.values[column->second];
      if (target != &fields.body) *target = CollapseSpaces(*target);
    }
    if (const auto column = columns_.find("category");
        column != columns_.end()) {
      fields.category = SplitList(record.values[column->second], ">");
    }
    if (const auto column = columns_.find("tags"); column != columns_.end()) {
      fields.tags = SplitList(record.values[column->second], ",;|");
    }
    return fields;
  }

  static void Reject(const SourceFile& file, uint64_t line, std::string id,
                     std::string reason, std::string detail, std::string remedy,
                     RecordSink& sink) {
    sink.Report({file.path, line, std::move(id), Severity::kRejected,
                 std::move(reason), std::move(detail), std::move(remedy)});
  }

  const ReaderOptions options_;
  std::map<std::string, size_t> columns_;  // of this file, by field
  size_t width_ = 0;
  std::vector<std::string> names_;  // of its columns
};

}  // namespace

std::unique_ptr<Reader> NewCsvReader(const ReaderOptions& options) {
  return std::make_unique<CsvReader>(options);
}

}  // namespace kbsearch::indexer
