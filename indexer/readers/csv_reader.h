// Comma- or tab-separated values with a header line; the columns are named as
// the fields of JSONL, or mapped by ReaderOptions::columns.
#ifndef KBSEARCH_INDEXER_READERS_CSV_READER_H_
#define KBSEARCH_INDEXER_READERS_CSV_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewCsvReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_CSV_READER_H_
