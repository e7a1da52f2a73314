// A candidate → the hit that is shown for it.
#ifndef KBSEARCH_ENGINE_HIT_MAKER_H_
#define KBSEARCH_ENGINE_HIT_MAKER_H_

#include "absl/status/statusor.h"
#include "engine/retrieval.h"
#include "engine/search.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Reads the candidate's stored document and cuts its snippet. `lookup` is the
// one that found it. DataLoss when the document is damaged; throws Xapian
// errors.
absl::StatusOr<Hit> MakeHit(const Candidate& candidate,
                            const LanguageLookup& lookup,
                            const SearchQuery& query, SearchContext& context);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_HIT_MAKER_H_
