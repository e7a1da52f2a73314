// A Zendesk Help Center export: the JSON that its API gives, as one file or
// several (articles, translations, sections, categories, user_segments).
#ifndef KBSEARCH_INDEXER_READERS_ZENDESK_READER_H_
#define KBSEARCH_INDEXER_READERS_ZENDESK_READER_H_

#include <memory>

#include "indexer/reader.h"

namespace kbsearch::indexer {

std::unique_ptr<Reader> NewZendeskReader(const ReaderOptions& options);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_ZENDESK_READER_H_
