// JSON Lines, one article a line (DESIGN §5).
#ifndef KBSEARCH_INDEXER_READERS_JSONL_READER_H_
#define KBSEARCH_INDEXER_READERS_JSONL_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewJsonlReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_JSONL_READER_H_
