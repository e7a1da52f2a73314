// A .zip, .tar, .tar.gz or .tgz of files of the other formats.
#ifndef KBSEARCH_INDEXER_READERS_ARCHIVE_READER_H_
#define KBSEARCH_INDEXER_READERS_ARCHIVE_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewArchiveReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_ARCHIVE_READER_H_
