#include "indexer/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/version.h"
#include "indexer/command_hints.h"
#include "indexer/reader.h"
#include "indexer/settings_file.h"

namespace kbsearch::indexer {
namespace {

void AddDataOption(CLI::App* command, Settings* settings) {
  command
      ->add_option("--data", settings->data,
                   "folder that holds the corpora; build makes it")
      ->type_name("DIR")
      ->envname("KBSEARCH_DATA")
      ->required();
}

void AddCorpusOption(CLI::App* command, Settings* settings) {
  command
      ->add_option("--corpus", settings->corpus,
                   "name of the corpus: small letters, digits, - and _")
      ->type_name("NAME")
      ->envname("KBSEARCH_CORPUS")
      ->required();
}

CLI::Option* AddSourceOption(CLI::App* command, Settings* settings,
                             const std::string& help) {
  return command->add_option("--source", settings->sources, help)
      ->type_name("PATH")
      ->envname("KBSEARCH_SOURCE");
}

// What every command has that changes or shows one corpus.
CLI::App* AddCorpusCommand(CLI::App* app, Settings* settings, Command command,
                           const std::string& name, const std::string& help) {
  CLI::App* const added = app->add_subcommand(name, help);
  added->fallthrough();
  AddDataOption(added, settings);
  AddCorpusOption(added, settings);
  added->final_callback([settings, command] { settings->command = command; });
  return added;
}

void AddReadingOptions(CLI::App* build, Settings* settings) {
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
}

// What builds and reindexes have.
void AddBuildingOptions(CLI::App* build, Settings* settings) {
  build
      ->add_flag("--prune", settings->prune,
                 "delete articles that the sources no longer hold; without it "
                 "they stay")
      ->envname("KBSEARCH_PRUNE");
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
  build
      ->add_option("--keep", settings->keep,
                   "earlier generations that stay, for a rollback")
      ->type_name("N")
      ->envname("KBSEARCH_KEEP")
      ->check(CLI::Range(0, 100));
  build->add_flag("--force", settings->force,
                  "switch even when the judged queries find less");
  build
      ->add_option(
          "--max-ndcg-fall", settings->max_ndcg_fall,
          "how far the mean nDCG@10 of a language's judged queries may "
          "fall")
      ->type_name("X")
      ->envname("KBSEARCH_MAX_NDCG_FALL")
      ->check(CLI::Range(0.0, 1.0));
  build
      ->add_option("--max-slower", settings->max_slower,
                   "how many times as long 95 of 100 judged queries may take")
      ->type_name("X")
      ->envname("KBSEARCH_MAX_SLOWER")
      ->check(CLI::Range(1.0, 1000.0));
}

void AddBuild(CLI::App* app, Settings* settings) {
  CLI::App* const build = AddCorpusCommand(
      app, settings, Command::kBuild, "build",
      "Index sources as a new generation of a corpus, then switch to it");
  AddSourceOption(build, settings,
                  "file or folder to read; may be given several times")
      ->required();
  AddReadingOptions(build, settings);
  AddBuildingOptions(build, settings);
  build->add_flag("--reanalyze", settings->reanalyze,
                  "analyse every article anew, not only what has changed");
  build->add_flag("--dry-run", settings->dry_run,
                  "read and compare, tell what would change, change nothing");
}

void AddReindex(CLI::App* app, Settings* settings) {
  CLI::App* const reindex = AddCorpusCommand(
      app, settings, Command::kReindex, "reindex",
      "Analyse every article anew: from the sources of the last build, and "
      "what was pushed");
  AddSourceOption(reindex, settings,
                  "read this instead of the sources of the last build");
  AddReadingOptions(reindex, settings);
  AddBuildingOptions(reindex, settings);
  reindex->add_flag("--background", settings->background,
                    "leave processor and disk to others, and end with the "
                    "program that started this");
}

void AddChanges(CLI::App* app, Settings* settings) {
  CLI::App* const upsert = AddCorpusCommand(
      app, settings, Command::kUpsert, "upsert",
      "Put the articles of sources into a live corpus, one by one");
  AddSourceOption(upsert, settings, "file or folder to read")->required();
  AddReadingOptions(upsert, settings);
  CLI::App* const remove =
      AddCorpusCommand(app, settings, Command::kDelete, "delete",
                       "Delete articles of a live corpus");
  remove->add_option("ID", settings->ids, "ids of the articles")
      ->required()
      ->type_name("");
  remove
      ->add_option("--language", settings->language,
                   "only the version in this language")
      ->type_name("CODE");
}

void AddCare(CLI::App* app, Settings* settings) {
  const auto generation = [settings](CLI::App* command,
                                     const std::string& which) {
    command->add_option("--generation", settings->generation, which)
        ->type_name("N");
  };
  generation(AddCorpusCommand(app, settings, Command::kRollback, "rollback",
                              "Make an earlier generation the live one"),
             "default: the one before");
  generation(AddCorpusCommand(app, settings, Command::kVerify, "verify",
                              "Read a whole generation and tell what is wrong"),
             "default: the live one");
  CLI::App* const compact = AddCorpusCommand(
      app, settings, Command::kCompact, "compact",
      "Take the changes into a fresh generation and remove earlier ones");
  compact->add_option("--keep", settings->keep, "earlier generations that stay")
      ->type_name("N")
      ->envname("KBSEARCH_KEEP")
      ->check(CLI::Range(0, 100));
  compact->add_flag("--changes-only", settings->changes_only,
                    "analyse the changed articles only: much faster");
  compact->add_flag("--background", settings->background,
                    "leave processor and disk to others, and end with the "
                    "program that started this");
  AddCorpusCommand(app, settings, Command::kExport, "export",
                   "Write every article, with all changes, as JSON Lines")
      ->add_option("--output", settings->output,
                   "file to write; default: standard output")
      ->type_name("FILE");
}

void AddBackups(CLI::App* app, Settings* settings) {
  const auto add = [&](Command command, const char* name, const char* help,
                       const char* corpus_help) {
    CLI::App* const added = app->add_subcommand(name, help);
    added->fallthrough();
    AddDataOption(added, settings);
    // Neither from the environment nor from the file: it must be asked for
    // that the others are left out.
    added->add_option("--corpus", settings->corpus, corpus_help)
        ->type_name("NAME")
        ->configurable(false);
    added->final_callback([settings, command] { settings->command = command; });
    return added;
  };
  add(Command::kBackup, "backup",
      "Copy a data folder while it is being used: every corpus, and the events",
      "only this corpus, without the events")
      ->add_option("--to", settings->backup,
                   "new file (.tar, .tar.gz, .tar.zst) or new folder")
      ->type_name("FILE|FOLDER")
      ->required();
  add(Command::kRestore, "restore",
      "Make a data folder of a backup, after checking all of it",
      "only this corpus, beside those that the data folder has")
      ->add_option("--from", settings->backup, "file or folder of a backup")
      ->type_name("FILE|FOLDER")
      ->required();
}

void AddList(CLI::App* app, Settings* settings) {
  CLI::App* const list = app->add_subcommand(
      "list", "List the corpora with their generation, articles and size");
  list->fallthrough();
  AddDataOption(list, settings);
  list->add_flag("--json", settings->json, "write one JSON object a corpus");
  list->final_callback([settings] { settings->command = Command::kList; });
}

// CLI11 sets options of every command from the environment, and after those of
// the command that was given: one name for two commands' options, and the
// environment would win over the flag.
void LeaveOtherCommandsAlone(int argc, const char* const* argv, CLI::App* app) {
  for (CLI::App* const command : app->get_subcommands({})) {
    if (std::find(argv, argv + argc, command->get_name()) != argv + argc) {
      continue;
    }
    for (CLI::Option* const option : command->get_options()) {
      option->envname("");
    }
  }
}

}  // namespace

std::optional<int> ParseCommandLine(int argc, const char* const* argv,
                                    Settings* settings, std::ostream& out,
                                    std::ostream& error) {
  CLI::App app("Builds the search indexes of kbsearch.", "kbsearch-indexer");
  app.set_version_flag("--version",
                       std::string("kbsearch-indexer ") + kVersion);
  // CLI11 2.1 looks at an option's variable after it has read the file.
  const char* const named = std::getenv("KBSEARCH_CONFIG");
  const bool is_named = named != nullptr && *named != '\0';
  app.set_config("--config", is_named ? named : "",
                 "settings file (KBSEARCH_CONFIG): a YAML map of option to "
                 "value, as the server's, whose own settings are passed over; "
                 "or TOML",
                 is_named)
      ->type_name("FILE");
  app.config_formatter(std::make_shared<SettingsFile>(&app));
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.require_subcommand(1);
  app.footer(
      "Every option can be set in the environment (--data as KBSEARCH_DATA) or "
      "in the settings file.\n"
      "Exit status: 0 done, 1 failed (nothing published), 2 wrong usage.");
  AddBuild(&app, settings);
  AddReindex(&app, settings);
  AddChanges(&app, settings);
  AddCare(&app, settings);
  AddBackups(&app, settings);
  AddList(&app, settings);
  LeaveOtherCommandsAlone(argc, argv, &app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    if (const std::string hint = HintAtUnknown(app, argc, argv);
        fault.get_exit_code() != 0 && !hint.empty()) {
      error << hint << "\nRun with --help for more information.\n";
      return kExitUsage;
    }
    const int status = app.exit(fault, out, error);
    return status == 0 ? kExitDone : kExitUsage;
  }
  return std::nullopt;
}

}  // namespace kbsearch::indexer
