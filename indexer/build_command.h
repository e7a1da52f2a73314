// kbsearch-indexer build.
#ifndef KBSEARCH_INDEXER_BUILD_COMMAND_H_
#define KBSEARCH_INDEXER_BUILD_COMMAND_H_

#include "indexer/command_line.h"

namespace kbsearch::indexer {

// Runs the build, with SIGINT and SIGTERM stopping it; a second signal ends
// the program at once. Returns the exit status. Writes to stdout and stderr.
int RunBuild(const Settings& settings);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BUILD_COMMAND_H_
