// The SearchService's methods about tickets and related articles. They run on a
// worker, after validation (dispatcher.h).
#ifndef KBSEARCH_SERVER_CALLS_SUGGEST_HANDLERS_H_
#define KBSEARCH_SERVER_CALLS_SUGGEST_HANDLERS_H_

#include <kbsearch/v1/search_service.pb.h>

#include "absl/status/status.h"
#include "server/dispatcher.h"

namespace kbsearch::server {

// `min_confidence` holds unless the request says otherwise.
absl::Status HandleSuggest(Worker& worker, const CallInfo& call,
                           double min_confidence,
                           const v1::SuggestArticlesRequest& request,
                           v1::SuggestArticlesResponse* response);
absl::Status HandleRelated(Worker& worker, const CallInfo& call,
                           const v1::RelatedArticlesRequest& request,
                           v1::RelatedArticlesResponse* response);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_SUGGEST_HANDLERS_H_
