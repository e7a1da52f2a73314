// kbsearch-indexer backup and restore. Each returns the exit status and writes
// to standard output and error.
#ifndef KBSEARCH_INDEXER_BACKUP_BACKUP_COMMANDS_H_
#define KBSEARCH_INDEXER_BACKUP_BACKUP_COMMANDS_H_

#include "indexer/command_line.h"

namespace kbsearch::indexer {

int RunBackup(const Settings& settings);
int RunRestore(const Settings& settings);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BACKUP_BACKUP_COMMANDS_H_
