// CommonMark with tables and YAML front matter.
#ifndef KBSEARCH_INDEXER_READERS_MARKDOWN_READER_H_
#define KBSEARCH_INDEXER_READERS_MARKDOWN_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewMarkdownReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_MARKDOWN_READER_H_
