// kbsearch.v1.SearchService over the engine. Methods that it does not name
// answer UNIMPLEMENTED.
#ifndef KBSEARCH_SERVER_CALLS_SEARCH_SERVICE_H_
#define KBSEARCH_SERVER_CALLS_SEARCH_SERVICE_H_

#include <kbsearch/v1/search_service.grpc.pb.h>

#include "server/calls/failed_search_stream.h"
#include "server/dispatcher.h"

namespace kbsearch::server {

using SearchServiceBase = v1::SearchService::WithRawCallbackMethod_Search<
    v1::SearchService::WithRawCallbackMethod_Autocomplete<
        v1::SearchService::WithRawCallbackMethod_SuggestArticles<
            v1::SearchService::WithRawCallbackMethod_RelatedArticles<
                v1::SearchService::WithRawCallbackMethod_GetArticle<
                    v1::SearchService::WithRawCallbackMethod_RecordEvent<
                        v1::SearchService::
                            WithCallbackMethod_WatchFailedSearches<
                                v1::SearchService::CallbackService>>>>>>>;

// Thread-safe.
class SearchService final : public SearchServiceBase {
 public:
  // Both must outlive the service. Less likely articles than
  // `suggest_min_confidence` are not suggested, unless the request says.
  SearchService(Dispatcher* dispatcher, FailedSearchStreams* failed_searches,
                double suggest_min_confidence)
      : dispatcher_(dispatcher),
        failed_searches_(failed_searches),
        suggest_min_confidence_(suggest_min_confidence) {}

  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Autocomplete(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* SuggestArticles(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RelatedArticles(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetArticle(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RecordEvent(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  FailedSearchStreams::Reactor* WatchFailedSearches(
      grpc::CallbackServerContext* context,
      const v1::WatchFailedSearchesRequest* request) override;

 private:
  Dispatcher* const dispatcher_;
  FailedSearchStreams* const failed_searches_;
  const double suggest_min_confidence_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_SEARCH_SERVICE_H_
