#include "cli/rule_file.h"

#include <google/protobuf/util/json_util.h>

#include <iterator>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "cli/input_text.h"

namespace kbsearch::cli {
namespace {

// Far above what a server takes.
constexpr uint64_t kMaxFileBytes = 50'000'000;

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

absl::Status ParseRuleJson(const std::string& json,
                           google::protobuf::Message* list) {
  const auto status = google::protobuf::util::JsonStringToMessage(json, list);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      std::string(status.message().data(), status.message().size()));
}

int FailWith(const std::string& message, const Invocation& invocation) {
  invocation.environment.err << "kbsearch: " << message << "\n";
  return kExitFailed;
}

}  // namespace kbsearch::cli
