#include "indexer/readers/json_records.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "indexer/sources/line_reader.h"
#include "indexer/sources/text_stream.h"

namespace kbsearch::indexer {
namespace {

using nlohmann::json;

constexpr size_t kPeekBytes = 1 << 16;

class RecordFile {
 public:
  RecordFile(const SourceFile& file, const std::vector<std::string_view>& lists,
             RecordSink& sink, const JsonRecordVisitor& each)
      : file_(file), lists_(lists), sink_(sink), each_(each) {}

  absl::Status Read(std::unique_ptr<ByteStream> bytes) {
    const std::unique_ptr<PeekableStream> text =
        OpenText(file_, std::move(bytes), sink_);
    if (text == nullptr) return absl::OkStatus();
    const absl::StatusOr<std::string_view> beginning = text->Peek(kPeekBytes);
    const bool lines = beginning.ok() && HasObjectPerLine(*beginning);
    return lines ? ReadLines(*text) : ReadWhole(*text);
  }

 private:
  // The first line is an object and more than a bracket.
  static bool HasObjectPerLine(std::string_view beginning) {
    const size_t begin = beginning.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || beginning[begin] != '{') {
      return false;
    }
    const size_t end = beginning.find('\n', begin);
    if (end == std::string_view::npos) return false;
    const std::string_view first = beginning.substr(begin, end - begin);
    const size_t next = beginning.find_first_not_of(" \t\r\n", end);
    return next != std::string_view::npos && beginning[next] == '{' &&
           json::accept(first);
  }

  absl::Status ReadLines(ByteStream& text) {
    LineReader lines(text, kMaxLineBytes);
    LineReader::Line line;
    while (true) {
      const absl::StatusOr<bool> more = lines.Next(&line);
      if (!more.ok()) return Unreadable(more.status());
      if (!*more) return absl::OkStatus();
      if (line.text.find_first_not_of(" \t\r") == std::string_view::npos) {
        continue;
      }
      if (line.too_long) {
        Reject(line.number, "line too long",
               absl::StrCat("above ", kMaxLineBytes / 1000000, " MB"),
               "divide the record");
        continue;
      }
      absl::Status status =
          Visit(json::parse(line.text, nullptr, false), line.number);
      if (!status.ok()) return status;
    }
  }

  absl::Status ReadWhole(ByteStream& text) {
    absl::StatusOr<std::string> content = ReadAll(text, kMaxJsonBytes);
    if (absl::IsInvalidArgument(content.status())) {
      Reject(0, "file too large", std::string(content.status().message()),
             "write one object a line: jq -c '.[]' FILE > FILE.jsonl");
      return absl::OkStatus();
    }
    if (!content.ok()) return Unreadable(content.status());
    const json tree = json::parse(*content, nullptr, false);
    *content = std::string();
    if (!tree.is_array()) return Visit(tree, 0);
    for (const json& element : tree) {
      absl::Status status = Visit(element, 0);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status Visit(const json& value, uint64_t line) {
    if (value.is_discarded()) {
      Reject(line, "not valid JSON", "",
             "write one whole JSON object on each line, or one JSON document");
      return absl::OkStatus();
    }
    if (!value.is_object()) {
      Reject(line, "not a JSON object", "", "write objects");
      return absl::OkStatus();
    }
    bool holds_list = false;
    for (const std::string_view name : lists_) {
      const auto list = value.find(std::string(name));
      if (list == value.end() || !list->is_array()) continue;
      holds_list = true;
      for (const json& element : *list) {
        if (!element.is_object()) continue;
        absl::Status status = each_(element, line, name);
        if (!status.ok()) return status;
      }
    }
    return holds_list ? absl::OkStatus() : each_(value, line, "");
  }

  absl::Status Unreadable(const absl::Status& status) {
    Reject(0, "unreadable file", std::string(status.message()),
           "check the disk");
    return absl::OkStatus();
  }

  void Reject(uint64_t line, std::string reason, std::string detail,
              std::string remedy) {
    sink_.Report({file_.path, line, "", Severity::kRejected, std::move(reason),
                  std::move(detail), std::move(remedy)});
  }

  const SourceFile& file_;
  const std::vector<std::string_view>& lists_;
  RecordSink& sink_;
  const JsonRecordVisitor& each_;
};

}  // namespace

absl::Status ForEachJsonRecord(const SourceFile& file,
                               std::unique_ptr<ByteStream> bytes,
                               const std::vector<std::string_view>& lists,
                               RecordSink& sink,
                               const JsonRecordVisitor& each) {
  return RecordFile(file, lists, sink, each).Read(std::move(bytes));
}

std::string TextOf(const json& object, std::string_view field) {
  if (!object.is_object()) return "";
  const auto found = object.find(std::string(field));
  if (found == object.end()) return "";
  if (found->is_string()) return found->get<std::string>();
  return found->is_number() || found->is_boolean() ? found->dump() : "";
}

std::string FirstTextOf(const json& object,
                        std::initializer_list<std::string_view> fields) {
  for (const std::string_view field : fields) {
    std::string text = TextOf(object, field);
    if (!text.empty()) return text;
  }
  return "";
}

std::vector<std::string> ListOf(const json& object, std::string_view field) {
  std::vector<std::string> list;
  const auto found = object.find(std::string(field));
  if (found == object.end()) return list;
  if (found->is_string()) list.push_back(found->get<std::string>());
  if (!found->is_array()) return list;
  for (const json& element : *found) {
    if (element.is_string()) list.push_back(element.get<std::string>());
  }
  return list;
}

bool IsTrue(const json& object, std::string_view field) {
  return TextOf(object, field) == "true";
}

}  // namespace kbsearch::indexer
