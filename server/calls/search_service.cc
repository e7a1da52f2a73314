#include "server/calls/search_service.h"

#include <utility>
#include <vector>

#include "server/calls/convert.h"
#include "server/calls/event_handlers.h"
#include "server/calls/suggest_handlers.h"
#include "server/grpc_status.h"
#include "server/request_id.h"

namespace kbsearch::server {
namespace {

constexpr Method kSearch = {"kbsearch.v1.SearchService/Search"};
constexpr Method kAutocomplete = {"kbsearch.v1.SearchService/Autocomplete"};
constexpr Method kSuggest = {"kbsearch.v1.SearchService/SuggestArticles"};
constexpr Method kRelated = {"kbsearch.v1.SearchService/RelatedArticles"};
constexpr Method kGetArticle = {"kbsearch.v1.SearchService/GetArticle"};
constexpr Method kRecordEvent = {"kbsearch.v1.SearchService/RecordEvent"};
constexpr Method kWatchFailedSearches = {
    "kbsearch.v1.SearchService/WatchFailedSearches"};

absl::Status HandleSearch(Worker& worker, const CallInfo& call,
                          const v1::SearchRequest& request,
                          v1::SearchResponse* response) {
  engine::SearchQuery query = ToEngine(request, worker.library().registry());
  query.audience = AudienceOf(call.caller.role);
  query.deadline = call.deadline;
  absl::StatusOr<engine::SearchResult> result = worker.searcher().Search(query);
  if (absl::IsInvalidArgument(result.status()) && !query.page_token.empty()) {
    // The rest of the request has been validated.
    return InvalidFields(
        {{"page_token", std::string(result.status().message())}});
  }
  if (!result.ok()) return result.status();
  ToProto(*result, response);
  response->set_search_id(RandomHex(12));
  return absl::OkStatus();
}

absl::Status HandleAutocomplete(Worker& worker, const CallInfo& call,
                                const v1::AutocompleteRequest& request,
                                v1::AutocompleteResponse* response) {
  if (request.prefix().empty()) {
    return worker.library().GetCorpus(request.corpus()).status();
  }
  engine::AutocompleteQuery query =
      ToEngine(request, worker.library().registry());
  query.audience = AudienceOf(call.caller.role);
  query.deadline = call.deadline;
  absl::StatusOr<engine::AutocompleteResult> result =
      worker.searcher().Autocomplete(query);
  if (!result.ok()) return result.status();
  ToProto(*result, response);
  return absl::OkStatus();
}

absl::Status HandleGetArticle(Worker& worker, const CallInfo& call,
                              const v1::GetArticleRequest& request,
                              v1::GetArticleResponse* response) {
  const engine::Audience audience = AudienceOf(call.caller.role);
  std::vector<std::string> languages;
  absl::StatusOr<engine::Article> article = worker.searcher().GetArticle(
      request.corpus(), request.article_id(),
      worker.library().registry().Normalize(request.language_code()), audience,
      &languages);
  if (!article.ok()) return article.status();
  ToProto(*article, response->mutable_article());
  std::vector<std::string> same_languages;
  for (const std::string& language : languages) {
    if (language == article->language) continue;
    absl::StatusOr<engine::Article> other = worker.searcher().GetArticle(
        request.corpus(), article->id, language, audience, &same_languages);
    // It may have gone since; the article asked for is still an answer.
    if (!other.ok() || other->language != language) continue;
    auto* translation = response->mutable_article()->add_translations();
    translation->set_language_code(language);
    translation->set_title(other->title);
    translation->set_url(other->url);
  }
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* SearchService::Search(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::SearchRequest, v1::SearchResponse>(
      context, kSearch, request, response, &HandleSearch);
}

grpc::ServerUnaryReactor* SearchService::Autocomplete(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::AutocompleteRequest, v1::AutocompleteResponse>(
      context, kAutocomplete, request, response, &HandleAutocomplete);
}

grpc::ServerUnaryReactor* SearchService::SuggestArticles(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_
      ->Unary<v1::SuggestArticlesRequest, v1::SuggestArticlesResponse>(
          context, kSuggest, request, response,
          [least = suggest_min_confidence_](
              Worker& worker, const CallInfo& call,
              const v1::SuggestArticlesRequest& ticket,
              v1::SuggestArticlesResponse* suggestions) {
            return HandleSuggest(worker, call, least, ticket, suggestions);
          });
}

grpc::ServerUnaryReactor* SearchService::RelatedArticles(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_
      ->Unary<v1::RelatedArticlesRequest, v1::RelatedArticlesResponse>(
          context, kRelated, request, response, &HandleRelated);
}

grpc::ServerUnaryReactor* SearchService::GetArticle(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::GetArticleRequest, v1::GetArticleResponse>(
      context, kGetArticle, request, response, &HandleGetArticle);
}

grpc::ServerUnaryReactor* SearchService::RecordEvent(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return dispatcher_->Unary<v1::RecordEventRequest, v1::RecordEventResponse>(
      context, kRecordEvent, request, response, &HandleRecordEvent);
}

FailedSearchStreams::Reactor* SearchService::WatchFailedSearches(
    grpc::CallbackServerContext* context,
    const v1::WatchFailedSearchesRequest* request) {
  return failed_searches_->Open(
      context, *request,
      dispatcher_->AdmitStream(*context, kWatchFailedSearches));
}

}  // namespace kbsearch::server
