// What is recorded of customers' searches, as it is stored: no query text
// unless the operator wants it, and then masked.
#ifndef KBSEARCH_SERVER_EVENTS_EVENT_H_
#define KBSEARCH_SERVER_EVENTS_EVENT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kbsearch::server::events {

// Milliseconds since the epoch, UTC.
using TimeMs = int64_t;

// An article that a list showed.
struct ShownArticle {
  std::string article_id;
  std::string language;
  double confidence = 0;  // of a suggestion
};

// A search answered.
struct SearchEvent {
  std::string search_id;
  std::string corpus;
  TimeMs at = 0;
  std::string session;   // empty: not told
  std::string language;  // of the query; empty: it says nothing
  std::string cluster;   // equal for queries of the same words
  std::string text;      // masked; empty when texts are not kept
  int64_t results = 0;   // estimate of all hits
  bool rescued = false;  // the query was changed on the user's behalf
  std::vector<ShownArticle> shown;
};

// Suggestions for a ticket; the cluster is that of its subject.
struct SuggestionEvent {
  std::string suggestion_id;
  std::string corpus;
  TimeMs at = 0;
  std::string session;
  std::string language;
  std::string cluster;
  std::string text;
  // Of a ticket being written: a later list of the session replaces it.
  bool draft = false;
  std::vector<ShownArticle> shown;  // none: the server abstained
};

// Numbers are stored, and are those of RecordEventRequest.Type.
enum class OutcomeType : int64_t {
  kImpression = 1,
  kClick = 2,
  kHelpful = 3,
  kNotHelpful = 4,
  kSolved = 5,
  kAbandoned = 6,
  kTicketSubmitted = 7,
};

// What came of a search or of suggestions.
struct OutcomeEvent {
  std::string corpus;
  TimeMs at = 0;
  std::string session;
  OutcomeType type = OutcomeType::kImpression;
  std::string search_id;
  std::string suggestion_id;
  std::string article_id;
  std::string language;
  int64_t position = 0;  // from 1; 0: not told
};

// Calls that took about the same time within an hour.
struct LatencyCount {
  std::string corpus;
  std::string call;  // "Search"
  int64_t hour = 0;  // since the epoch
  int64_t bucket = 0;
  int64_t count = 0;
};

// Latencies are counted in buckets 5 % apart: a percentile is at most 2.5 %
// off. 1000 µs → bucket 142 → 1021 µs.
int64_t LatencyBucket(int64_t microseconds);
double BucketMilliseconds(int64_t bucket);

// What is stored in one transaction.
struct Batch {
  // Random; a batch that is stored a second time (its first time failed after
  // all was written) changes nothing.
  std::string batch_id;
  TimeMs at = 0;
  std::vector<SearchEvent> searches;
  std::vector<SuggestionEvent> suggestions;
  std::vector<OutcomeEvent> outcomes;
  std::vector<LatencyCount> latencies;  // each key once
};

}  // namespace kbsearch::server::events

#endif  // KBSEARCH_SERVER_EVENTS_EVENT_H_
