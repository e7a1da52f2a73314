// Files of synonyms and curations, as the commands import and export them.
#ifndef KBSEARCH_CLI_RULE_FILE_H_
#define KBSEARCH_CLI_RULE_FILE_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"
#include "cli/command.h"

namespace kbsearch::cli {

// What a command does with the rules: "list", "import" or "export" and, but for
// the first, a file; "-" is standard input or output.
struct RuleAction {
  std::string verb;
  std::string file;
};

// Adds the positional arguments ACTION and FILE.
void DeclareRuleAction(CLI::App& command, RuleAction& action);
// False, and said on standard error, when the file is missing or too many.
bool CheckRuleAction(const RuleAction& action, const Invocation& invocation);

absl::StatusOr<std::string> ReadRuleFile(const std::string& file,
                                         const Invocation& invocation);
// Returns the exit status.
int WriteRuleFile(const std::string& file, const std::string& content,
                  const Invocation& invocation);

// {"<field>": [ … ]} with an entry a line, the form that the server keeps on
// disk too. `list` is a message whose repeated field is `field`.
std::string FormatRuleJson(const google::protobuf::Message& list,
                           const std::string& field);
// A file's form as its first line with something in it shows; "#" lines are
// remarks.
enum class RuleForm { kJson, kJsonList, kYaml, kText };
RuleForm FormOf(const std::string& content, int* line);

// "FILE:3: this is YAML; <expected>", for a form that is not taken.
absl::Status WrongForm(const std::string& file, int line, RuleForm form,
                       const std::string& expected);

// The opposite of FormatRuleJson. InvalidArgument names the file, the line
// where it is known, and what is expected: `expected` shows an entry. A file
// without the field is refused, as importing replaces all rules.
absl::Status ParseRuleJson(const std::string& file, const std::string& content,
                           const std::string& field,
                           const std::string& expected,
                           google::protobuf::Message* list);

// "kbsearch: <message>" on standard error; kExitFailed.
int FailWith(const std::string& message, const Invocation& invocation);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_RULE_FILE_H_
