// kbsearch.v1.AdminService. Methods that it does not name answer UNIMPLEMENTED.
#ifndef KBSEARCH_SERVER_CALLS_ADMIN_SERVICE_H_
#define KBSEARCH_SERVER_CALLS_ADMIN_SERVICE_H_

#include <kbsearch/v1/admin_service.grpc.pb.h>

#include <atomic>

#include "server/calls/event_handlers.h"
#include "server/dispatcher.h"
#include "server/reindexer.h"

namespace kbsearch::server {

// What changes a corpus.
using OperationsBase = v1::AdminService::WithRawCallbackMethod_UpsertArticles<
    v1::AdminService::WithRawCallbackMethod_DeleteArticles<
        v1::AdminService::WithRawCallbackMethod_StartReindex<
            v1::AdminService::WithRawCallbackMethod_GetReindex<
                v1::AdminService::WithRawCallbackMethod_CancelReindex<
                    v1::AdminService::WithRawCallbackMethod_RollbackCorpus<
                        v1::AdminService::CallbackService>>>>>>;

using AdminServiceBase = v1::AdminService::WithRawCallbackMethod_ListCorpora<
    v1::AdminService::WithRawCallbackMethod_GetCorpus<
        v1::AdminService::WithRawCallbackMethod_AnalyzeText<
            v1::AdminService::WithRawCallbackMethod_Explain<
                v1::AdminService::WithRawCallbackMethod_ListSynonyms<
                    v1::AdminService::WithRawCallbackMethod_PutSynonyms<
                        v1::AdminService::WithRawCallbackMethod_ListCurations<
                            v1::AdminService::
                                WithRawCallbackMethod_PutCurations<
                                    v1::AdminService::
                                        WithRawCallbackMethod_GetInsights<
                                            OperationsBase>>>>>>>>>;

// Thread-safe.
class AdminService final : public AdminServiceBase {
 public:
  // Both must outlive the service.
  AdminService(Dispatcher* dispatcher, InsightHandler* insights)
      : dispatcher_(dispatcher), insights_(insights) {}

  // Reindex calls are UNAVAILABLE before this. Must outlive every call.
  void SetReindexer(Reindexer* reindexer) { reindexer_ = reindexer; }

  grpc::ServerUnaryReactor* ListCorpora(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetCorpus(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* AnalyzeText(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Explain(grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListSynonyms(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* PutSynonyms(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListCurations(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* PutCurations(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetInsights(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;

  grpc::ServerReadReactor<grpc::ByteBuffer>* UpsertArticles(
      grpc::CallbackServerContext* context,
      grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<v1::WatchReindexResponse>* WatchReindex(
      grpc::CallbackServerContext* context,
      const v1::WatchReindexRequest* request) override;
  grpc::ServerUnaryReactor* DeleteArticles(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* StartReindex(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetReindex(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* CancelReindex(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RollbackCorpus(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;

 private:
  absl::Status CheckReindexer() const;

  Dispatcher* const dispatcher_;
  std::atomic<Reindexer*> reindexer_{nullptr};
  InsightHandler* const insights_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_ADMIN_SERVICE_H_
