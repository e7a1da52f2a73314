// Plain text: the first line is the title, paragraphs are blocks.
#ifndef KBSEARCH_INDEXER_READERS_TEXT_READER_H_
#define KBSEARCH_INDEXER_READERS_TEXT_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewTextReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_TEXT_READER_H_
