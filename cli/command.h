// What the commands share: how they are declared, and how they answer.
#ifndef KBSEARCH_CLI_COMMAND_H_
#define KBSEARCH_CLI_COMMAND_H_

#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "cli/environment.h"

namespace kbsearch::cli {

// A command that is being run.
struct Invocation {
  const Environment& environment;
  const Connection& connection;
  bool json = false;
};

// Returns the exit status.
using CommandFunction = std::function<int(const Invocation&)>;

// What the command line asked for; filled while it is parsed.
struct ParsedLine {
  std::map<std::string, std::string> settings;  // flags of SettingTable() given
  bool json = false;
  CommandFunction run;
};

// Adds a command with the settings' flags and --json. `app` owns the result;
// `line` must outlive parsing.
CLI::App* DeclareCommand(CLI::App& app, ParsedLine& line,
                         const std::string& name, const std::string& help,
                         CommandFunction run);

// Required flag --corpus.
void DeclareCorpus(CLI::App& command, std::string& corpus);
// A flag that may be repeated, one value each, or several with commas.
CLI::Option* DeclareList(CLI::App& command, const std::string& flag,
                         std::vector<std::string>& values,
                         const std::string& help);
// The words at the end of the line, joined by spaces in JoinWords().
void DeclareWords(CLI::App& command, const std::string& name,
                  std::vector<std::string>& words, const std::string& help);
std::string JoinWords(const std::vector<std::string>& words);

// Says on standard error why a call failed; kExitFailed.
int ReportFailure(const Invocation& invocation, const grpc::Status& status);

// Protobuf JSON, indented; kExitDone.
int PrintJson(const Invocation& invocation,
              const google::protobuf::Message& message);

// The commands, one file each.
void DeclareSearch(CLI::App& app, ParsedLine& line);
void DeclareGet(CLI::App& app, ParsedLine& line);
void DeclareComplete(CLI::App& app, ParsedLine& line);
void DeclareSuggest(CLI::App& app, ParsedLine& line);
void DeclareRelated(CLI::App& app, ParsedLine& line);
void DeclareCorpora(CLI::App& app, ParsedLine& line);
void DeclareAnalyze(CLI::App& app, ParsedLine& line);
void DeclareExplain(CLI::App& app, ParsedLine& line);
void DeclareSynonyms(CLI::App& app, ParsedLine& line);
void DeclareCurations(CLI::App& app, ParsedLine& line);
void DeclareReindex(CLI::App& app, ParsedLine& line);
void DeclareRollback(CLI::App& app, ParsedLine& line);
void DeclareInsights(CLI::App& app, ParsedLine& line);
void DeclareEval(CLI::App& app, ParsedLine& line);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_COMMAND_H_
