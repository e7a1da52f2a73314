// Dates of articles.
#ifndef KBSEARCH_INDEXER_TEXT_TIMESTAMP_H_
#define KBSEARCH_INDEXER_TEXT_TIMESTAMP_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace kbsearch::indexer {

// RFC 3339 → seconds since the epoch; a date alone is its midnight, a time
// without offset is UTC. Nothing for what is no date (2026-02-30 included).
//   "2026-01-31T12:00:00+02:00" → 1769853600
std::optional<int64_t> ParseTimestamp(std::string_view text);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_TEXT_TIMESTAMP_H_
