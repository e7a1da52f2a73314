// The Searcher over the generations of a data folder.
#ifndef KBSEARCH_ENGINE_INDEX_SEARCHER_H_
#define KBSEARCH_ENGINE_INDEX_SEARCHER_H_

#include <memory>

#include "analyzers/registry.h"
#include "engine/index/snapshot.h"
#include "engine/ranking/article_prior.h"
#include "engine/search.h"

namespace kbsearch::engine {

// Opens databases when they are first asked for and when the live generation
// has changed; lets go of the older one at the next call. `priors` null: use
// does not count.
std::unique_ptr<Searcher> NewIndexSearcher(
    std::shared_ptr<const SnapshotSource> source,
    std::shared_ptr<const analyzers::Registry> registry,
    std::shared_ptr<const PriorStore> priors = nullptr);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_SEARCHER_H_
