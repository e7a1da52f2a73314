// kbsearch-indexer upsert, delete, rollback, verify, export: what is done to a
// corpus beside building it. Each returns the exit status and writes to
// standard output and error.
#ifndef KBSEARCH_INDEXER_CARE_COMMANDS_H_
#define KBSEARCH_INDEXER_CARE_COMMANDS_H_

#include "indexer/command_line.h"

namespace kbsearch::indexer {

int RunUpsert(const Settings& settings);
int RunDelete(const Settings& settings);
int RunRollback(const Settings& settings);
int RunVerify(const Settings& settings);
int RunExport(const Settings& settings);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_CARE_COMMANDS_H_
