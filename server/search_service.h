// kbsearch.v1.SearchService over the engine. Methods that it does not name
// answer UNIMPLEMENTED.
#ifndef KBSEARCH_SERVER_SEARCH_SERVICE_H_
#define KBSEARCH_SERVER_SEARCH_SERVICE_H_

#include <kbsearch/v1/search_service.grpc.pb.h>

#include "server/dispatcher.h"

namespace kbsearch::server {

using SearchServiceBase = v1::SearchService::WithRawCallbackMethod_Search<
    v1::SearchService::WithRawCallbackMethod_Autocomplete<
        v1::SearchService::WithRawCallbackMethod_GetArticle<
            v1::SearchService::CallbackService>>>;

// Thread-safe.
class SearchService final : public SearchServiceBase {
 public:
  // `dispatcher` must outlive the service.
  explicit SearchService(Dispatcher* dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Autocomplete(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetArticle(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;

 private:
  Dispatcher* const dispatcher_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_SEARCH_SERVICE_H_
