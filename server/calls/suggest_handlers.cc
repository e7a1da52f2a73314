#include "server/calls/suggest_handlers.h"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/suggestion/suggestion.h"
#include "server/calls/convert.h"
#include "server/request_id.h"

namespace kbsearch::server {
namespace {

constexpr int kDefaultSuggestions = 3;
constexpr int kMaxSuggestions = 5;
constexpr int kDefaultRelated = 5;
constexpr int kMaxRelated = 50;

// Zero means "the default".
int Coerce(int value, int default_value, int max_value) {
  return value == 0 ? default_value : std::min(value, max_value);
}

engine::SuggestQuery ToEngine(const v1::SuggestArticlesRequest& request,
                              double min_confidence,
                              const analyzers::Registry& registry) {
  engine::SuggestQuery query;
  query.corpus = request.corpus();
  query.subject = request.subject();
  query.body = request.body();
  query.language = registry.Normalize(request.language_code());
  for (const std::string& code : request.languages()) {
    query.languages.push_back(registry.Normalize(code));
  }
  query.max_suggestions =
      Coerce(request.max_suggestions(), kDefaultSuggestions, kMaxSuggestions);
  query.min_confidence =
      request.has_min_confidence() ? request.min_confidence() : min_confidence;
  query.draft = request.draft();
  return query;
}

}  // namespace

absl::Status HandleSuggest(Worker& worker, const CallInfo& call,
                           double min_confidence,
                           const v1::SuggestArticlesRequest& request,
                           v1::SuggestArticlesResponse* response) {
  engine::SuggestQuery query =
      ToEngine(request, min_confidence, worker.library().registry());
  query.audience = AudienceOf(call.caller.role);
  query.deadline = call.deadline;
  const absl::StatusOr<engine::SuggestResult> result =
      worker.searcher().Suggest(query);
  if (!result.ok()) return result.status();
  for (const engine::Suggestion& suggestion : result->suggestions) {
    v1::Suggestion* added = response->add_suggestions();
    ToProto(suggestion.hit, added->mutable_hit());
    added->set_confidence(suggestion.confidence);
  }
  response->set_abstained(result->abstained);
  response->mutable_language_codes()->Assign(result->languages.begin(),
                                             result->languages.end());
  if (query.audience == engine::Audience::kAgent) {
    response->mutable_terms()->Assign(result->terms.begin(),
                                      result->terms.end());
  }
  response->set_suggestion_id(RandomHex(12));
  return absl::OkStatus();
}

absl::Status HandleRelated(Worker& worker, const CallInfo& call,
                           const v1::RelatedArticlesRequest& request,
                           v1::RelatedArticlesResponse* response) {
  engine::RelatedQuery query;
  query.corpus = request.corpus();
  query.article_id = request.article_id();
  query.language =
      worker.library().registry().Normalize(request.language_code());
  query.page_size = Coerce(request.page_size(), kDefaultRelated, kMaxRelated);
  query.audience = AudienceOf(call.caller.role);
  query.deadline = call.deadline;
  const absl::StatusOr<engine::RelatedResult> result =
      worker.searcher().Related(query);
  if (!result.ok()) return result.status();
  for (const engine::Hit& hit : result->hits) {
    ToProto(hit, response->add_hits());
  }
  response->set_language_code(result->language);
  return absl::OkStatus();
}

}  // namespace kbsearch::server
