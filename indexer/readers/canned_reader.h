// Canned responses in JSON, or a help desk's macros.
#ifndef KBSEARCH_INDEXER_READERS_CANNED_READER_H_
#define KBSEARCH_INDEXER_READERS_CANNED_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewCannedReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_CANNED_READER_H_
