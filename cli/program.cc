#include "cli/program.h"

#include "absl/strings/str_cat.h"
#include "base/version.h"
#include "cli/command.h"
#include "cli/input_text.h"

namespace kbsearch::cli {
namespace {

constexpr char kDescription[] =
    "Asks a kbsearch server from a terminal.\n"
    "Settings: by flag, by environment variable, or in a file named with "
    "--config (YAML),\nin that order of precedence. NO_COLOR turns colours "
    "off.\nExit status: 0 done, 1 failed, 2 wrong usage.";

int ReportUsage(const CLI::App& app, const CLI::ParseError& error,
                const Environment& environment) {
  if (error.get_exit_code() == 0) {  // --help, --version
    app.exit(error, environment.out, environment.err);
    return kExitDone;
  }
  const auto chosen = app.get_subcommands();
  environment.err << "kbsearch: " << error.what() << "\nSee: kbsearch "
                  << (chosen.empty() ? "" : chosen[0]->get_name() + " ")
                  << "--help\n";
  return kExitUsage;
}

// True when the line names something that is no command; CLI11 would only say
// that a command is required.
bool NamesNoCommand(const CLI::App& app,
                    const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0].substr(0, 1) == "-") return false;
  const auto has_name = [&](const CLI::App* command) {
    return command->get_name() == arguments[0];
  };
  return app.get_subcommands(has_name).empty();
}

int RunCommand(const ParsedLine& line, const Environment& environment) {
  absl::StatusOr<Settings> settings =
      ResolveSettings(line.settings, environment.get_variable);
  if (!settings.ok()) {
    environment.err << "kbsearch: " << settings.status().message() << "\n";
    return kExitUsage;
  }
  const Connection connection(*std::move(settings));
  const int exit_status = line.run({environment, connection, line.json});
  environment.out.flush();
  if (!environment.out) {
    environment.err << "kbsearch: cannot write to standard output\n";
    return kExitFailed;
  }
  return exit_status;
}

}  // namespace

int RunProgram(const std::vector<std::string>& arguments,
               const Environment& environment) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    const absl::Status status =
        CheckUtf8(absl::StrCat("argument ", i + 1), arguments[i]);
    if (status.ok()) continue;
    environment.err << "kbsearch: " << status.message() << "\n";
    return kExitFailed;  // as when a server refuses a value
  }
  ParsedLine line;
  CLI::App app(kDescription, "kbsearch");
  app.set_version_flag("--version", std::string("kbsearch ") + kVersion);
  app.require_subcommand(1);
  DeclareSearch(app, line);
  DeclareGet(app, line);
  DeclareComplete(app, line);
  DeclareSuggest(app, line);
  DeclareRelated(app, line);
  DeclareCorpora(app, line);
  DeclareAnalyze(app, line);
  DeclareExplain(app, line);
  DeclareSynonyms(app, line);
  DeclareCurations(app, line);
  DeclareReindex(app, line);
  DeclareRollback(app, line);
  DeclareInsights(app, line);
  DeclareEval(app, line);
  if (NamesNoCommand(app, arguments)) {
    environment.err << "kbsearch: '" << arguments[0]
                    << "' is not a command\nSee: kbsearch --help\n";
    return kExitUsage;
  }
  try {
    // CLI11 takes the arguments last first.
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    return ReportUsage(app, error, environment);
  }
  return RunCommand(line, environment);
}

}  // namespace kbsearch::cli
