#include "cli/rule_file.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/file.h"
#include "cli/input_text.h"

namespace kbsearch::cli {
namespace {

// Far above what a server takes.
constexpr uint64_t kMaxFileBytes = 50'000'000;
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// From 1.
int LineAt(absl::string_view content, size_t place) {
  const absl::string_view before = content.substr(0, place);
  return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

absl::Status Unexpected(const std::string& file, int line,
                        const std::string& what, const std::string& expected) {
  return absl::InvalidArgumentError(
      absl::StrCat(file, line > 0 ? absl::StrCat(":", line) : "", ": ", what,
                   "; expected ", expected));
}

// The line of the field that protobuf's "(curations[0]) querry: Cannot find
// field." is about; 0 when it is not told.
int LineOfField(absl::string_view message, absl::string_view json) {
  const size_t end = message.find(": Cannot find field");
  if (end == absl::string_view::npos) return 0;
  absl::string_view name = message.substr(0, end);
  name = name.substr(name.find_last_of(" )") + 1);
  const size_t place = json.find(absl::StrCat("\"", name, "\""));
  return place == absl::string_view::npos ? 0 : LineAt(json, place);
}

}  // namespace

void DeclareRuleAction(CLI::App& command, RuleAction& action) {
  command.add_option("ACTION", action.verb, "list, import or export")
      ->type_name("")
      ->required()
      ->check(CLI::IsMember({"list", "import", "export"}));
  command
      .add_option("FILE", action.file, "to import or export; \"-\": standard")
      ->type_name("");
}

bool CheckRuleAction(const RuleAction& action, const Invocation& invocation) {
  if (action.file.empty() == (action.verb == "list")) return true;
  invocation.environment.err
      << "kbsearch: " << action.verb
      << (action.file.empty() ? " needs a FILE\n" : " takes no FILE\n");
  return false;
}

absl::StatusOr<std::string> ReadRuleFile(const std::string& file,
                                         const Invocation& invocation) {
  absl::StatusOr<std::string> content = std::string();
  if (file == "-") {
    content->assign(std::istreambuf_iterator<char>(invocation.environment.in),
                    {});
  } else {
    content = ReadFile(file, kMaxFileBytes);
  }
  if (!content.ok()) return content;
  const absl::Status status =
      CheckUtf8(file == "-" ? "standard input" : file, *content);
  if (!status.ok()) return status;
  return content;
}

int WriteRuleFile(const std::string& file, const std::string& content,
                  const Invocation& invocation) {
  if (file == "-") {
    invocation.environment.out << content;
    return kExitDone;
  }
  const absl::Status status = WriteFileAtomically(file, content);
  if (status.ok()) return kExitDone;
  return FailWith(std::string(status.message()), invocation);
}

std::string FormatRuleJson(const google::protobuf::Message& list,
                           const std::string& field) {
  const auto* descriptor = list.GetDescriptor()->FindFieldByName(field);
  const auto* reflection = list.GetReflection();
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string text = absl::StrCat("{\"", field, "\": [");
  const int size = reflection->FieldSize(list, descriptor);
  for (int i = 0; i < size; ++i) {
    std::string entry;
    // Messages that came from a server have a JSON form.
    (void)google::protobuf::util::MessageToJsonString(
        reflection->GetRepeatedMessage(list, descriptor, i), &entry, options);
    absl::StrAppend(&text, i == 0 ? "\n  " : ",\n  ", entry);
  }
  return absl::StrCat(text, size == 0 ? "" : "\n", "]}\n");
}

RuleForm FormOf(const std::string& content, int* line) {
  absl::string_view text = content;
  absl::ConsumePrefix(&text, kByteOrderMark);
  *line = 0;
  for (absl::string_view row : absl::StrSplit(text, '\n')) {
    ++*line;
    row = absl::StripAsciiWhitespace(row);
    if (row.empty() || row[0] == '#') continue;
    if (row[0] == '{') return RuleForm::kJson;
    if (row[0] == '[') return RuleForm::kJsonList;
    // Words that begin a synonym may stand before a colon, too.
    for (const absl::string_view begin :
         {"---", "- ", "synonyms:", "curations:", "from:", "to:", "query:"}) {
      if (absl::StartsWith(row, begin)) return RuleForm::kYaml;
    }
    return RuleForm::kText;
  }
  *line = 1;
  return RuleForm::kText;
}

absl::Status WrongForm(const std::string& file, int line, RuleForm form,
                       const std::string& expected) {
  const char* what = "this is no JSON";
  if (form == RuleForm::kJsonList) what = "this is a JSON list";
  if (form == RuleForm::kYaml) what = "this is YAML";
  return Unexpected(file, line, what, expected);
}

absl::Status ParseRuleJson(const std::string& file, const std::string& content,
                           const std::string& field,
                           const std::string& expected,
                           google::protobuf::Message* list) {
  absl::string_view json = content;
  absl::ConsumePrefix(&json, kByteOrderMark);
  const auto status =
      google::protobuf::util::JsonStringToMessage(std::string(json), list);
  const auto* descriptor = list->GetDescriptor()->FindFieldByName(field);
  if (status.ok() && list->GetReflection()->FieldSize(*list, descriptor) > 0) {
    return absl::OkStatus();
  }
  try {
    const auto root = nlohmann::json::parse(json.begin(), json.end());
    if (!root.contains(field)) {
      return Unexpected(file, 1,
                        root.empty() ? "this is empty"
                                     : absl::StrCat("this holds \"",
                                                    root.begin().key(), "\""),
                        expected);
    }
  } catch (const nlohmann::json::parse_error& error) {
    // protobuf takes a little more for JSON, and tells no line.
    if (status.ok()) return absl::OkStatus();
    const int line = LineAt(json, error.byte == 0 ? 0 : error.byte - 1);
    return Unexpected(file, line, "this is no JSON from here on", expected);
  }
  if (status.ok()) return absl::OkStatus();
  const std::string message(status.message().data(), status.message().size());
  return Unexpected(file, LineOfField(message, json), message, expected);
}

int FailWith(const std::string& message, const Invocation& invocation) {
  invocation.environment.err << "kbsearch: " << message << "\n";
  return kExitFailed;
}

}  // namespace kbsearch::cli
