#include "indexer/readers/jsonl_reader.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "base/utf8.h"
#include "indexer/readers/article_body.h"
#include "indexer/readers/article_fields.h"
#include "indexer/readers/exported_text.h"
#include "indexer/sources/encoding.h"
#include "indexer/sources/held_records.h"
#include "indexer/sources/line_reader.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kPeekBytes = 4096;
// A file that begins with so many lines that cannot be read holds no articles;
// reporting each line of it would fill the disk with the report.
constexpr uint64_t kMaxBadLinesAtFirst = 10'000;
// Lines read at one time; many empty ones must not be held at once.
constexpr size_t kBatchBytes = 2'000'000;
constexpr size_t kBytesOfEmptyLine = 200;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

// Fills ArticleFields straight from the parser's events: no tree is built, so
// the depth of nesting costs nothing and unknown fields are not kept.
class FieldsHandler : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit FieldsHandler(ArticleFields* fields) : fields_(fields) {}

  const std::string& error() const { return error_; }
  bool is_object() const { return is_object_; }
  const std::vector<std::string>& unknown_fields() const { return unknown_; }
  // The first field whose value is of another type than it must be.
  const std::string& mistyped() const { return mistyped_; }

  bool null() override { return true; }
  bool boolean(bool) override { return Mistype(); }
  bool number_integer(number_integer_t) override { return Mistype(); }
  bool number_unsigned(number_unsigned_t) override { return Mistype(); }
  bool number_float(number_float_t, const string_t&) override {
    return Mistype();
  }
  bool binary(binary_t&) override { return Mistype(); }

  bool string(string_t& value) override {
    if (depth_ == 1 && text_ != nullptr) {
      *text_ = std::move(value);
    } else if (depth_ == 1 && list_ != nullptr) {
      *list_ = {std::move(value)};  // one value instead of a list of one
    } else if (depth_ == 2 && in_list_) {
      list_->push_back(std::move(value));
    } else {
      return Mistype();
    }
    return true;
  }

  bool key(string_t& name) override {
    if (depth_ == 1) SelectField(name);
    return true;
  }

  bool start_object(std::size_t) override {
    if (depth_ == 0) {
      is_object_ = true;
    } else {
      Mistype();
    }
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ == 1 && list_ != nullptr) {
      in_list_ = true;
      list_->clear();
    } else {
      Mistype();
    }
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    if (depth_ == 1) in_list_ = false;
    return true;
  }

  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception& error) override {
    error_ = error.what();
    const size_t prefix = error_.find("] ");
    if (prefix != std::string::npos) error_.erase(0, prefix + 2);
    return false;
  }

 private:
  void SelectField(const std::string& name) {
    const std::pair<std::string_view, std::string*> texts[] = {
        {"id", &fields_->id},
        {"language", &fields_->language},
        {"title", &fields_->title},
        {"body", &fields_->body},
        {"body_format", &fields_->body_format},
        {"url", &fields_->url},
        {"kind", &fields_->kind},
        {"audience", &fields_->audience},
        {"updated_at", &fields_->updated_at}};
    text_ = nullptr;
    list_ = nullptr;
    field_ = name;
    for (const auto& [known, target] : texts) {
      if (name == known) text_ = target;
    }
    if (name == "category") list_ = &fields_->category;
    if (name == "tags") list_ = &fields_->tags;
    if (text_ == nullptr && list_ == nullptr) unknown_.push_back(name);
  }

  // Values inside unknown fields are nobody's business.
  bool Mistype() {
    const bool known = text_ != nullptr || list_ != nullptr;
    if (depth_ > 0 && known && mistyped_.empty()) mistyped_ = field_;
    return true;
  }

  ArticleFields* const fields_;
  std::string error_;
  std::string mistyped_;
  std::string field_;
  std::vector<std::string> unknown_;
  bool is_object_ = false;
  bool in_list_ = false;
  size_t depth_ = 0;
  std::string* text_ = nullptr;
  std::vector<std::string>* list_ = nullptr;
};

// Bytes already read for a look, then the rest of the stream.
class PeekedStream : public ByteStream {
 public:
  PeekedStream(std::string peeked, std::unique_ptr<ByteStream> rest)
      : peeked_(std::move(peeked)), rest_(std::move(rest)) {}

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    absl::StatusOr<size_t> got = peeked_.Read(buffer, size);
    return got.ok() && *got == 0 ? rest_->Read(buffer, size) : got;
  }

 private:
  StringStream peeked_;
  std::unique_ptr<ByteStream> rest_;
};

class JsonlReader : public Reader {
 public:
  explicit JsonlReader(const ReaderOptions& options) : options_(options) {}

  absl::Status Read(const SourceFile& file, std::unique_ptr<ByteStream> bytes,
                    RecordSink& sink) override {
    bytes = CheckBeginning(file, std::move(bytes), sink);
    if (bytes == nullptr) return absl::OkStatus();
    unknown_fields_.clear();
    bad_lines_ = 0;
    any_good_line_ = false;
    LineReader lines(*bytes, kMaxLineBytes);
    uint64_t last_line = 0;
    while (true) {
      std::vector<JsonLine> batch;
      const absl::StatusOr<bool> more = TakeBatch(lines, &batch);
      RunInParallel(ThreadsOf(options_.jobs), batch.size(),
                    [&](size_t, size_t i) { ReadLine(file, &batch[i]); });
      if (!batch.empty()) last_line = batch.back().number;
      for (JsonLine& line : batch) {
        absl::Status status = Settle(file, line, sink);
        if (!status.ok()) return status;
        if (!any_good_line_ && bad_lines_ == kMaxBadLinesAtFirst) {
          Reject(file, line.number, "", "not JSON Lines",
                 absl::StrCat("none of the first ", kMaxBadLinesAtFirst,
                              " lines can be read; the rest was not read"),
                 "write one whole JSON object on each line, or name the file's "
                 "format with --format",
                 sink);
          return absl::OkStatus();
        }
      }
      if (!more.ok()) {
        Reject(file, last_line + 1, "", "unreadable file",
               std::string(more.status().message()), "check the disk", sink);
        return absl::OkStatus();
      }
      if (!*more) return absl::OkStatus();
    }
  }

 private:
  // A line, and what is in it.
  struct JsonLine {
    std::string text;
    uint64_t number = 0;
    bool too_long = false;
    bool is_good = false;
    bool is_bad = false;  // neither: empty
    std::string id;
    std::vector<std::string> unknown_fields;
    HeldRecords found;
  };

  // Enough lines to be worth several threads. False: the last ones. Not OK:
  // what could be read is in `batch`.
  static absl::StatusOr<bool> TakeBatch(LineReader& lines,
                                        std::vector<JsonLine>* batch) {
    size_t bytes = 0;
    LineReader::Line line;
    while (bytes < kBatchBytes) {
      absl::StatusOr<bool> more = lines.Next(&line);
      if (!more.ok() || !*more) return more;
      if (line.number == 1 && line.text.starts_with(kUtf8Mark)) {
        line.text.remove_prefix(kUtf8Mark.size());
      }
      bytes += line.text.size() + kBytesOfEmptyLine;
      JsonLine& taken = batch->emplace_back();
      taken.number = line.number;
      taken.too_long = line.too_long;
      if (!line.too_long) taken.text = line.text;
    }
    return true;
  }

  // Gives on what was found in a line, and notes what is known by its turn.
  absl::Status Settle(const SourceFile& file, JsonLine& line,
                      RecordSink& sink) {
    if (line.is_good) any_good_line_ = true;
    if (line.is_bad) ++bad_lines_;
    for (const std::string& name : line.unknown_fields) {
      if (!unknown_fields_.insert(name).second) continue;
      sink.Report({file.path, line.number, line.id, Severity::kNotice,
                   "unknown field ignored", absl::StrCat("\"", name, "\""),
                   "see the article format: id, language, title, body, "
                   "body_format, url, kind, audience, category, tags, "
                   "updated_at"});
    }
    return line.found.GiveTo(sink);
  }

  // Looks at the first bytes; null when the file is rejected as a whole.
  std::unique_ptr<ByteStream> CheckBeginning(const SourceFile& file,
                                             std::unique_ptr<ByteStream> bytes,
                                             RecordSink& sink) {
    std::string beginning(kPeekBytes, '\0');
    absl::StatusOr<size_t> got =
        bytes->Read(beginning.data(), beginning.size());
    if (!got.ok()) {
      Reject(file, 0, "", "unreadable file",
             std::string(got.status().message()), "check the disk", sink);
      return nullptr;
    }
    beginning.resize(*got);
    const std::string wide = DetectWideEncoding(beginning);
    const size_t first = beginning.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) {
      Reject(file, 0, "", "empty file", "", "remove it or write its articles",
             sink);
      return nullptr;
    }
    if (wide.empty() && beginning.find('\0') != std::string::npos) {
      Reject(file, 0, "", "not a text file", "binary data",
             "remove it, or save it as UTF-8", sink);
      return nullptr;
    }
    if (beginning[first] == '[') {
      Reject(file, 0, "", "a JSON array, not JSON Lines", "",
             "write one article a line: jq -c '.[]' FILE > FILE.jsonl", sink);
      return nullptr;
    }
    bytes =
        std::make_unique<PeekedStream>(std::move(beginning), std::move(bytes));
    if (wide.empty()) return bytes;
    absl::StatusOr<std::unique_ptr<ByteStream>> decoded =
        NewDecodingStream(std::move(bytes), wide);
    if (!decoded.ok()) {
      Reject(file, 0, "", "not a text file",
             std::string(decoded.status().message()), "save it as UTF-8", sink);
      return nullptr;
    }
    sink.Report({file.path, 0, "", Severity::kRepaired, "converted to UTF-8",
                 absl::StrCat("from ", wide), "save the file as UTF-8"});
    return *std::move(decoded);
  }

  // Fills `line` by its text. Several threads at a time, each its own line.
  void ReadLine(const SourceFile& file, JsonLine* line) const {
    HeldRecords& found = line->found;
    if (line->too_long) {
      Reject(file, line->number, "", "line too long",
             absl::StrCat("above ", kMaxLineBytes / 1000000, " MB"),
             "divide the article", found);
      return;
    }
    if (line->text.find_first_not_of(" \t\r") == std::string::npos) return;
    if (!IsValidUtf8(line->text)) {
      line->is_bad = true;
      Reject(file, line->number, "", "not UTF-8", "",
             "convert the file: iconv -f WINDOWS-1253 -t UTF-8, or whatever "
             "its encoding is",
             found);
      return;
    }
    ArticleFields fields;
    bool has_blocks = false;
    line->is_good = ParseLine(file, line, &fields, &has_blocks);
    line->is_bad = !line->is_good;
    if (line->is_bad) return;
    // What is held takes whatever comes.
    if (!has_blocks) {
      (void)EmitBody(file, line->number, std::move(fields), options_, found);
      return;
    }
    std::optional<engine::Article> article =
        MakeArticle(std::move(fields), file, line->number, options_, found);
    if (!article.has_value()) return;
    if (const std::string fault = ReadExportedText(line->text, &*article);
        !fault.empty()) {
      Reject(file, line->number, article->id, "not as export writes it", fault,
             "leave blocks and entries as they are, or give a body instead",
             found);
      return;
    }
    (void)found.Add({*std::move(article), file.path, line->number, {}, true});
  }

  static bool ParseLine(const SourceFile& file, JsonLine* line,
                        ArticleFields* fields, bool* has_blocks) {
    FieldsHandler handler(fields);
    nlohmann::json::sax_parse(line->text.begin(), line->text.end(), &handler);
    if (!handler.error().empty()) {
      Reject(file, line->number, "", "not valid JSON", handler.error(),
             "write one whole JSON object on each line", line->found);
      return false;
    }
    if (!handler.is_object()) {
      Reject(file, line->number, "", "not a JSON object", "",
             "write one whole JSON object on each line", line->found);
      return false;
    }
    line->id = fields->id;
    if (!handler.mistyped().empty()) {
      Reject(file, line->number, fields->id, "value of the wrong type",
             absl::StrCat("field \"", handler.mistyped(), "\""),
             "write category and tags as lists of strings, all else as a "
             "string",
             line->found);
      return false;
    }
    for (const std::string& name : handler.unknown_fields()) {
      if (name == "blocks" || name == "entries") {
        *has_blocks = true;
      } else {
        line->unknown_fields.push_back(name);
      }
    }
    return true;
  }

  static void Reject(const SourceFile& file, uint64_t line, std::string id,
                     std::string reason, std::string detail, std::string remedy,
                     RecordSink& sink) {
    sink.Report({file.path, line, std::move(id), Severity::kRejected,
                 std::move(reason), std::move(detail), std::move(remedy)});
  }

  const ReaderOptions options_;
  // Of this file.
  std::set<std::string> unknown_fields_;  // told once each
  uint64_t bad_lines_ = 0;
  bool any_good_line_ = false;
};

}  // namespace

std::unique_ptr<Reader> NewJsonlReader(const ReaderOptions& options) {
  return std::make_unique<JsonlReader>(options);
}

}  // namespace kbsearch::indexer
