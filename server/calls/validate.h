// Checks requests against what the field comments in proto/kbsearch/v1 promise.
// A refused request is INVALID_ARGUMENT with a violation for each wrong field.
#ifndef KBSEARCH_SERVER_CALLS_VALIDATE_H_
#define KBSEARCH_SERVER_CALLS_VALIDATE_H_

#include <kbsearch/v1/admin_service.pb.h>
#include <kbsearch/v1/search_service.pb.h>

#include "absl/status/status.h"
#include "analyzers/registry.h"

namespace kbsearch::server {

absl::Status Validate(const v1::SearchRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::AutocompleteRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::SuggestArticlesRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::RelatedArticlesRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::GetArticleRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::ListCorporaRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::GetCorpusRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::AnalyzeTextRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::ExplainRequest& request,
                      const analyzers::Registry& registry);
// Of synonyms and curations the entries are checked where they are analysed:
// engine/operators.
absl::Status Validate(const v1::ListSynonymsRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::PutSynonymsRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::ListCurationsRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::PutCurationsRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::RecordEventRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::WatchFailedSearchesRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::GetInsightsRequest& request,
                      const analyzers::Registry& registry);

// What is wrong with an article beside what engine/index/article_check.h finds;
// empty: nothing.
std::string ArticleFault(const v1::Article& article);
absl::Status Validate(const v1::DeleteArticlesRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::StartReindexRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::GetReindexRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::CancelReindexRequest& request,
                      const analyzers::Registry& registry);
absl::Status Validate(const v1::RollbackCorpusRequest& request,
                      const analyzers::Registry& registry);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_VALIDATE_H_
