// kbsearch-indexer: builds and lists the indexes of corpora.
#include <signal.h>

#include <iostream>
#include <optional>

#include "indexer/build_command.h"
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
  return settings.command == Command::kBuild ? RunBuild(settings)
                                             : RunList(settings);
}
