// Forum threads in JSON: a question, its replies, who wrote them.
#ifndef KBSEARCH_INDEXER_READERS_FORUM_READER_H_
#define KBSEARCH_INDEXER_READERS_FORUM_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewForumReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_FORUM_READER_H_
