// Who wants to know of calls that were answered.
#ifndef KBSEARCH_SERVER_CALL_OBSERVER_H_
#define KBSEARCH_SERVER_CALL_OBSERVER_H_

#include <kbsearch/v1/search_service.pb.h>

#include <chrono>

#include "server/token_table.h"

namespace kbsearch::server {

struct AnsweredCall {
  Role role = Role::kPortal;             // the caller's
  std::chrono::microseconds latency{0};  // since the call arrived
};

// Told by the dispatcher, on the worker's thread and before the answer is sent,
// of every call that is answered OK and has an Observe here: what it does is
// part of the call's latency, and it must not block. Thread-safe.
class CallObserver {
 public:
  virtual ~CallObserver() = default;
  virtual void Observe(const AnsweredCall& /*call*/,
                       const v1::SearchRequest& /*request*/,
                       const v1::SearchResponse& /*response*/) {}
  virtual void Observe(const AnsweredCall& /*call*/,
                       const v1::AutocompleteRequest& /*request*/,
                       const v1::AutocompleteResponse& /*response*/) {}
  virtual void Observe(const AnsweredCall& /*call*/,
                       const v1::SuggestArticlesRequest& /*request*/,
                       const v1::SuggestArticlesResponse& /*response*/) {}
  virtual void Observe(const AnsweredCall& /*call*/,
                       const v1::RecordEventRequest& /*request*/,
                       const v1::RecordEventResponse& /*response*/) {}
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALL_OBSERVER_H_
