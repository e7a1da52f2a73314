// kbsearch-indexer: builds the indexes of corpora and looks after them.
#include <signal.h>

#include <iostream>
#include <optional>

#include "indexer/backup/backup_commands.h"
#include "indexer/build_command.h"
#include "indexer/care_commands.h"
#include "indexer/command_line.h"
#include "indexer/list_command.h"

int main(int argc, char** argv) {
  using namespace kbsearch::indexer;
  // A reader of our output that goes away must not end a build.
  signal(SIGPIPE, SIG_IGN);
  Settings settings;
  const std::optional<int> done =
      ParseCommandLine(argc, argv, &settings, std::cout, std::cerr);
  if (done.has_value()) return *done;
  switch (settings.command) {
    case Command::kBuild:
    case Command::kReindex:
    case Command::kCompact:
      return RunBuild(settings);
    case Command::kUpsert:
      return RunUpsert(settings);
    case Command::kDelete:
      return RunDelete(settings);
    case Command::kRollback:
      return RunRollback(settings);
    case Command::kVerify:
      return RunVerify(settings);
    case Command::kExport:
      return RunExport(settings);
    case Command::kBackup:
      return RunBackup(settings);
    case Command::kRestore:
      return RunRestore(settings);
    case Command::kList:
      return RunList(settings);
  }
  return kExitUsage;
}
