// The calls of AdminService that show and set what operators want of a corpus's
// searches, and explain what came of it.
#ifndef KBSEARCH_SERVER_CALLS_RULE_HANDLERS_H_
#define KBSEARCH_SERVER_CALLS_RULE_HANDLERS_H_

#include <kbsearch/v1/admin_service.pb.h>

#include "absl/status/status.h"
#include "server/dispatcher.h"

namespace kbsearch::server {

absl::Status HandleExplain(Worker& worker, const CallInfo& call,
                           const v1::ExplainRequest& request,
                           v1::ExplainResponse* response);
absl::Status HandleListSynonyms(Worker& worker, const CallInfo& call,
                                const v1::ListSynonymsRequest& request,
                                v1::ListSynonymsResponse* response);
absl::Status HandlePutSynonyms(Worker& worker, const CallInfo& call,
                               const v1::PutSynonymsRequest& request,
                               v1::PutSynonymsResponse* response);
absl::Status HandleListCurations(Worker& worker, const CallInfo& call,
                                 const v1::ListCurationsRequest& request,
                                 v1::ListCurationsResponse* response);
absl::Status HandlePutCurations(Worker& worker, const CallInfo& call,
                                const v1::PutCurationsRequest& request,
                                v1::PutCurationsResponse* response);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_RULE_HANDLERS_H_
