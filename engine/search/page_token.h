// Where the next page of an answer begins, as an opaque text for the caller.
//
// A token holds the index fast, but not what use adds to the scores
// (PriorStore): when that is counted anew between two pages, every five
// minutes, an article that moves across the border is shown twice or not at
// all.
#ifndef KBSEARCH_ENGINE_SEARCH_PAGE_TOKEN_H_
#define KBSEARCH_ENGINE_SEARCH_PAGE_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/search.h"

namespace kbsearch::engine {

// Pages beyond this many hits are not served: nobody reads them, and each costs
// as much as all before it.
inline constexpr uint32_t kMaxOffset = 10'000;

struct PageToken {
  uint64_t generation = 0;  // of the index that gave the earlier pages
  uint32_t offset = 0;      // hits before the page
};

// The token also carries a digest of the query, so that it serves no other.
std::string EncodePageToken(const PageToken& token, const SearchQuery& query);

// The token in `query.page_token`; offset 0 when that is empty.
// InvalidArgument: damaged, or made for another query.
absl::StatusOr<PageToken> DecodePageToken(const SearchQuery& query);

// InvalidArgument: the token's generation is not there any more.
absl::Status GenerationGoneError();

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SEARCH_PAGE_TOKEN_H_
