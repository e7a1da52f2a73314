// A candidate → the hit that is shown for it.
#ifndef KBSEARCH_ENGINE_SEARCH_HIT_MAKER_H_
#define KBSEARCH_ENGINE_SEARCH_HIT_MAKER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/ranking/document_match.h"
#include "engine/search.h"
#include "engine/search/candidate.h"
#include "engine/search/snippet.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// For the candidates of one lookup; keeps what their snippets have in common.
// Nothing is owned.
class HitMaker {
 public:
  HitMaker(const LanguageLookup& lookup, const SearchQuery& query,
           SearchContext& context);

  // Reads the candidate's stored document and cuts its snippet. DataLoss when
  // the document is damaged; throws Xapian errors.
  absl::StatusOr<Hit> Make(const Candidate& candidate);

 private:
  // Where the query's words stand in the document; false when the forward index
  // does not tell.
  bool Match(uint32_t document);
  void CutSnippet(const Article& article, bool matched, Hit* hit);

  const LanguageLookup& lookup_;
  const SearchQuery& query_;
  SearchContext& context_;
  const QueryTerms terms_;
  const bool counts_each_term_;
  const std::vector<const ForwardIndex*> indexes_;
  std::vector<std::unique_ptr<QueryMatcher>> matchers_;  // by shard
  DocumentMatch match_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_HIT_MAKER_H_
