// HTML pages: the main content, its title, language and FAQ markup.
#ifndef KBSEARCH_INDEXER_READERS_HTML_READER_H_
#define KBSEARCH_INDEXER_READERS_HTML_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewHtmlReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_HTML_READER_H_
