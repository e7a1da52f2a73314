// A copy of an SQLite database that others are writing to, by SQLite's online
// backup.
#ifndef KBSEARCH_INDEXER_BACKUP_DATABASE_COPY_H_
#define KBSEARCH_INDEXER_BACKUP_DATABASE_COPY_H_

#include <string>

#include "absl/status/status.h"

namespace kbsearch::indexer {

// Writes into `to`, an empty file, everything committed to `from` before the
// call, and nothing by halves. Writers go on meanwhile. DataLoss: `from` is no
// database, or a damaged one. Unavailable: others kept it locked for half a
// minute.
absl::Status CopySqliteDatabase(const std::string& from, const std::string& to);

// DataLoss names the file and what SQLite finds wrong in it.
absl::Status CheckDatabase(const std::string& path);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_BACKUP_DATABASE_COPY_H_
