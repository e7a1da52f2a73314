// What the events of a corpus tell, counted in SQL; docs/insights.md defines
// each figure.
#ifndef KBSEARCH_SERVER_EVENTS_INSIGHTS_H_
#define KBSEARCH_SERVER_EVENTS_INSIGHTS_H_

#include <kbsearch/v1/admin_service.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/events/insight_reader.h"

namespace kbsearch::server::events {

// Fills in all that events alone tell: everything but content_gaps and
// articles.
absl::Status FillInsights(InsightReader& reader,
                          v1::GetInsightsResponse* response);

// Queries that no article of their language answered, most frequent first.
struct UnansweredQuery {
  std::string language;
  std::string cluster;
  std::string query;  // empty when texts are not stored
  int64_t count = 0;  // searches
  // Articles in other languages that these searches led to: clicked ones first,
  // then those shown, most often first; at most 5.
  struct Lead {
    std::string article_id;
    std::string language;
  };
  std::vector<Lead> leads;
};
absl::StatusOr<std::vector<UnansweredQuery>> ReadUnansweredQueries(
    InsightReader& reader);

// What became of each article that was shown, most shown first.
struct ArticleCounts {
  std::string article_id;  // or "<id>#<n>"
  std::string language;
  int64_t impressions = 0;  // lists it was in
  int64_t clicks = 0;
  int64_t helpful = 0;
  int64_t not_helpful = 0;
};
absl::StatusOr<std::vector<ArticleCounts>> ReadArticleCounts(
    InsightReader& reader);

// Two articles, in one language, that stood together among the first five of a
// list.
struct ArticlePair {
  std::string article_id;
  std::string other_article_id;
  std::string language;
  int64_t count = 0;  // lists
};
// The most frequent `limit`.
absl::StatusOr<std::vector<ArticlePair>> ReadArticlePairs(InsightReader& reader,
                                                          int64_t limit);

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_INSIGHTS_H_
