#include "cli/command.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/status_text.h"

namespace kbsearch::cli {

CLI::App* DeclareCommand(CLI::App& app, ParsedLine& line,
                         const std::string& name, const std::string& help,
                         CommandFunction run) {
  CLI::App* command = app.add_subcommand(name, help);
  for (const SettingInfo& row : SettingTable()) {
    std::string text = absl::StrCat(row.help, " (", row.environment, ")");
    if (*row.default_value != '\0') {
      absl::StrAppend(&text, " [", row.default_value, "]");
    }
    command
        ->add_option_function<std::string>(
            absl::StrCat("--", row.name),
            [&line, key = row.name](const std::string& value) {
              line.settings[key] = value;
            },
            text)
        ->type_name(row.value_name)
        ->group("Connection");
  }
  command->add_flag("--json", line.json, "print JSON");
  command->callback([&line, run = std::move(run)] { line.run = run; });
  return command;
}

void DeclareCorpus(CLI::App& command, std::string& corpus) {
  command.add_option("--corpus", corpus, "the corpus")
      ->type_name("NAME")
      ->required();
}

CLI::Option* DeclareList(CLI::App& command, const std::string& flag,
                         std::vector<std::string>& values,
                         const std::string& help) {
  return command.add_option(flag, values, help)
      ->delimiter(',')
      ->allow_extra_args(false);
}

void DeclareWords(CLI::App& command, const std::string& name,
                  std::vector<std::string>& words, const std::string& help) {
  command.add_option(name, words, help)->type_name("")->required();
}

std::string JoinWords(const std::vector<std::string>& words) {
  return absl::StrJoin(words, " ");
}

int ReportFailure(const Invocation& invocation, const grpc::Status& status) {
  invocation.environment.err
      << "kbsearch: " << DescribeError(status, invocation.connection.settings())
      << "\n";
  return kExitFailed;
}

int PrintJson(const Invocation& invocation,
              const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) {
    invocation.environment.err
        << "kbsearch: the answer is not JSON: " << status.ToString() << "\n";
    return kExitFailed;
  }
  invocation.environment.out << json;
  return kExitDone;
}

}  // namespace kbsearch::cli
