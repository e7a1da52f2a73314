// The calls of AdminService that change a corpus and look after it.
#ifndef KBSEARCH_SERVER_CALLS_OPERATIONS_H_
#define KBSEARCH_SERVER_CALLS_OPERATIONS_H_

#include <grpcpp/grpcpp.h>
#include <kbsearch/v1/admin_service.pb.h>

#include <atomic>

#include "absl/status/status.h"
#include "server/dispatcher.h"
#include "server/reindexer.h"

namespace kbsearch::server {

// Adds what the server knows beside the index: pending changes, generations to
// go back to, the last reindex, problems.
void AddState(Worker& worker, Reindexer* reindexer, v1::Corpus* corpus);

absl::Status HandleDeleteArticles(Worker& worker, const CallInfo& call,
                                  const v1::DeleteArticlesRequest& request,
                                  v1::DeleteArticlesResponse* response);

// The reactors of the streams. `reindexer` may be null: there is none.
grpc::ServerReadReactor<grpc::ByteBuffer>* StartUpsert(
    grpc::CallbackServerContext* context, Dispatcher* dispatcher,
    grpc::ByteBuffer* response);
grpc::ServerWriteReactor<v1::WatchReindexResponse>* StartWatch(
    grpc::CallbackServerContext* context, Dispatcher* dispatcher,
    Reindexer* reindexer, const v1::WatchReindexRequest* request);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_OPERATIONS_H_
