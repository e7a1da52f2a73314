// Are these the sources that were read before?
#ifndef KBSEARCH_INDEXER_SOURCES_SOURCE_DIGEST_H_
#define KBSEARCH_INDEXER_SOURCES_SOURCE_DIGEST_H_

#include <atomic>
#include <string>
#include <vector>

#include "indexer/reader.h"

namespace kbsearch::indexer {

// SHA-256 of all that the articles depend on: the files' names and bytes, and
// the options by which they are read. Reads every file, by several threads.
// Empty when one cannot be read, or when `stop` was set meanwhile.
std::string DigestOfSources(const std::vector<SourceFile>& files,
                            const ReaderOptions& options,
                            const std::atomic<bool>& stop);

// Sizes and times of the files, to notice that one was changed meanwhile; reads
// none of them.
std::string StampOfSources(const std::vector<SourceFile>& files);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_SOURCES_SOURCE_DIGEST_H_
