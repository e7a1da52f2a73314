#include "indexer/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/version.h"
#include "indexer/reader.h"

namespace kbsearch::indexer {
namespace {

// CLI11 would let the file override the environment, and wants the command's
// name as a section. Here the environment wins, and plain "data = …" lines
// serve every command that has the option.
class SettingsFile : public CLI::ConfigTOML {
 public:
  explicit SettingsFile(const CLI::App* app) : app_(app) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    std::vector<CLI::ConfigItem> items;
    const std::vector<const CLI::App*> commands =
        app_->get_subcommands([](const CLI::App*) { return true; });
    for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(input)) {
      if (!item.parents.empty()) {
        items.push_back(std::move(item));
        continue;
      }
      bool known = false;
      for (const CLI::App* command : commands) {
        const CLI::Option* option =
            command->get_option_no_throw("--" + item.name);
        if (option == nullptr) continue;
        known = true;
        if (!command->parsed() || IsInEnvironment(*option)) continue;
        CLI::ConfigItem copy = item;
        copy.parents = {command->get_name()};
        items.push_back(std::move(copy));
      }
      if (!known) items.push_back(std::move(item));  // CLI11 names it
    }
    return items;
  }

 private:
  static bool IsInEnvironment(const CLI::Option& option) {
    const char* const value = std::getenv(option.get_envname().c_str());
    return value != nullptr && *value != '\0';
  }

  const CLI::App* app_;
};

void AddDataOption(CLI::App* command, Settings* settings) {
  command
      ->add_option("--data", settings->data,
                   "folder that holds the corpora; build makes it")
      ->type_name("DIR")
      ->envname("KBSEARCH_DATA")
      ->required();
}

void AddBuild(CLI::App* app, Settings* settings) {
  CLI::App* const build = app->add_subcommand(
      "build",
      "Index sources as a new generation of a corpus, then switch to it");
  build->fallthrough();
  AddDataOption(build, settings);
  build
      ->add_option("--corpus", settings->corpus,
                   "name of the corpus: small letters, digits, - and _")
      ->type_name("NAME")
      ->envname("KBSEARCH_CORPUS")
      ->required();
  build
      ->add_option("--source", settings->sources,
                   "file or folder to read; may be given several times")
      ->type_name("PATH")
      ->envname("KBSEARCH_SOURCE")
      ->required();
  build
      ->add_option("--format", settings->format,
                   "format of the sources: auto (by the files' endings), " +
                       FormatNames())
      ->type_name("FORMAT")
      ->envname("KBSEARCH_FORMAT")
      ->check([](const std::string& name) {
        if (name == "auto" || ParseFormat(name).has_value())
          return std::string();
        return "format " + name + " is not supported: use auto, " +
               FormatNames();
      });
  build
      ->add_option("--language", settings->language,
                   "language of articles that do not say theirs: el, en, fr, "
                   "nl, ru or auto (detected)")
      ->type_name("CODE")
      ->envname("KBSEARCH_LANGUAGE");
  build
      ->add_option("--columns", settings->columns,
                   "of CSV: which column is which field, where they are not "
                   "named alike: title=Subject,body=Answer")
      ->delimiter(',')
      ->type_name("FIELD=COLUMN")
      ->envname("KBSEARCH_COLUMNS")
      ->check([](const std::string& pair) {
        const size_t equals = pair.find('=');
        return equals == 0 || equals == std::string::npos ||
                       equals + 1 == pair.size()
                   ? pair + " should be FIELD=COLUMN"
                   : std::string();
      });
  build
      ->add_flag("--prune", settings->prune,
                 "delete articles that the sources no longer hold; without it "
                 "they stay")
      ->envname("KBSEARCH_PRUNE");
  build->add_flag("--reanalyze", settings->reanalyze,
                  "analyse every article anew, not only what has changed");
  build->add_flag("--dry-run", settings->dry_run,
                  "read and compare, tell what would change, change nothing");
  build
      ->add_option("--jobs", settings->jobs,
                   "threads that read and index; 0: one for each core")
      ->type_name("N")
      ->envname("KBSEARCH_JOBS")
      ->check(CLI::Range(0, 256));
  build
      ->add_option("--report", settings->report,
                   "write every rejected or repaired record to this file, as "
                   "JSON Lines")
      ->type_name("FILE")
      ->envname("KBSEARCH_REPORT");
  build->final_callback([settings] { settings->command = Command::kBuild; });
}

void AddList(CLI::App* app, Settings* settings) {
  CLI::App* const list = app->add_subcommand(
      "list", "List the corpora with their generation, articles and size");
  list->fallthrough();
  AddDataOption(list, settings);
  list->add_flag("--json", settings->json, "write one JSON object a corpus");
  list->final_callback([settings] { settings->command = Command::kList; });
}

}  // namespace

std::optional<int> ParseCommandLine(int argc, const char* const* argv,
                                    Settings* settings, std::ostream& out,
                                    std::ostream& error) {
  CLI::App app("Builds the search indexes of kbsearch.", "kbsearch-indexer");
  app.set_version_flag("--version",
                       std::string("kbsearch-indexer ") + kVersion);
  app.set_config("--config", "", "settings file: option = value lines")
      ->type_name("FILE")
      ->envname("KBSEARCH_CONFIG");
  app.config_formatter(std::make_shared<SettingsFile>(&app));
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.require_subcommand(1);
  app.footer(
      "Every option can be set in the environment (--data as KBSEARCH_DATA) or "
      "in the settings file.\n"
      "Exit status: 0 done, 1 failed (nothing published), 2 wrong usage.");
  AddBuild(&app, settings);
  AddList(&app, settings);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    const int status = app.exit(fault, out, error);
    return status == 0 ? kExitDone : kExitUsage;
  }
  return std::nullopt;
}

}  // namespace kbsearch::indexer
