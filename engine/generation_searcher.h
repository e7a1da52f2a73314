// Searches one generation, whichever is live: for comparing two.
#ifndef KBSEARCH_ENGINE_GENERATION_SEARCHER_H_
#define KBSEARCH_ENGINE_GENERATION_SEARCHER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/search.h"

namespace kbsearch::engine {

// With the operators' rules as they are now, without the changes of the log
// that the generation was not built with. For one thread. NotFound, DataLoss,
// FailedPrecondition: the generation cannot be read.
absl::StatusOr<std::unique_ptr<Searcher>> NewGenerationSearcher(
    const std::string& data_dir, const std::string& corpus, uint64_t generation,
    std::shared_ptr<const analyzers::Registry> registry);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_GENERATION_SEARCHER_H_
