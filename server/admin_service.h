// kbsearch.v1.AdminService. Methods that it does not name answer UNIMPLEMENTED.
#ifndef KBSEARCH_SERVER_ADMIN_SERVICE_H_
#define KBSEARCH_SERVER_ADMIN_SERVICE_H_

#include <kbsearch/v1/admin_service.grpc.pb.h>

#include "server/dispatcher.h"
#include "server/event_handlers.h"

namespace kbsearch::server {

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
                                            v1::AdminService::
                                                CallbackService>>>>>>>>>;

// Thread-safe.
class AdminService final : public AdminServiceBase {
 public:
  // Both must outlive the service.
  AdminService(Dispatcher* dispatcher, InsightHandler* insights)
      : dispatcher_(dispatcher), insights_(insights) {}

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

 private:
  Dispatcher* const dispatcher_;
  InsightHandler* const insights_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_ADMIN_SERVICE_H_
