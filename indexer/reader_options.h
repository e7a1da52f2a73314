// What readers need to know, from the program's settings.
#ifndef KBSEARCH_INDEXER_READER_OPTIONS_H_
#define KBSEARCH_INDEXER_READER_OPTIONS_H_

#include <memory>

#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "indexer/command_line.h"
#include "indexer/reader.h"

namespace kbsearch::indexer {

// InvalidArgument: the language is not one of ours.
absl::StatusOr<ReaderOptions> MakeReaderOptions(
    const Settings& settings,
    std::shared_ptr<const analyzers::Registry> registry);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READER_OPTIONS_H_
