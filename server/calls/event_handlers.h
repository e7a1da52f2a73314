// The calls about events: RecordEvent and GetInsights.
#ifndef KBSEARCH_SERVER_CALLS_EVENT_HANDLERS_H_
#define KBSEARCH_SERVER_CALLS_EVENT_HANDLERS_H_

#include <kbsearch/v1/admin_service.pb.h>
#include <kbsearch/v1/search_service.pb.h>

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "server/dispatcher.h"
#include "server/events/event_recorder.h"
#include "server/events/event_store.h"

namespace kbsearch::server {

// Only looks whether the corpus is there: those who observe calls take it from
// the request (EventRecorder, FailedSearches). An id that names no recorded
// search or suggestion is no error.
absl::Status HandleRecordEvent(Worker& worker, const CallInfo& call,
                               const v1::RecordEventRequest& request,
                               v1::RecordEventResponse* response);

// GetInsights, over a connection of its own to the events' database.
// Thread-safe; one call at a time runs.
class InsightHandler {
 public:
  // `data_dir`: of the corpora.
  InsightHandler(const events::EventOptions& options, std::string data_dir)
      : options_(options), data_dir_(std::move(data_dir)) {}

  // FailedPrecondition: this server records no events.
  absl::Status Handle(Worker& worker, const CallInfo& call,
                      const v1::GetInsightsRequest& request,
                      v1::GetInsightsResponse* response);

 private:
  const events::EventOptions options_;
  const std::string data_dir_;
  std::mutex mutex_;
  std::unique_ptr<events::EventStore> store_;  // guarded by mutex_
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_EVENT_HANDLERS_H_
