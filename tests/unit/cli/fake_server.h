// A server in the test's process that answers what the test tells it to.
#ifndef KBSEARCH_TESTS_UNIT_CLI_FAKE_SERVER_H_
#define KBSEARCH_TESTS_UNIT_CLI_FAKE_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kbsearch/v1/admin_service.grpc.pb.h"
#include "kbsearch/v1/search_service.grpc.pb.h"

namespace kbsearch::cli {

// Answers calls with a function per method; UNIMPLEMENTED without one. Set the
// functions before the first call. They are called one at a time.
class FakeServer {
 public:
  template <typename Request, typename Response>
  using Handler = std::function<grpc::Status(const Request&, Response*)>;

  FakeServer() {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&search_service_);
    builder.RegisterService(&admin_service_);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }

  const std::string& address() const { return address_; }
  // Of the last call.
  const std::string& authorization() const { return authorization_; }

  Handler<v1::SearchRequest, v1::SearchResponse> search;
  Handler<v1::GetArticleRequest, v1::GetArticleResponse> get_article;
  Handler<v1::AutocompleteRequest, v1::AutocompleteResponse> autocomplete;
  Handler<v1::SuggestArticlesRequest, v1::SuggestArticlesResponse> suggest;
  Handler<v1::RelatedArticlesRequest, v1::RelatedArticlesResponse> related;
  Handler<v1::ListCorporaRequest, v1::ListCorporaResponse> list_corpora;
  Handler<v1::GetCorpusRequest, v1::GetCorpusResponse> get_corpus;
  Handler<v1::AnalyzeTextRequest, v1::AnalyzeTextResponse> analyze_text;
  Handler<v1::ExplainRequest, v1::ExplainResponse> explain;
  Handler<v1::ListSynonymsRequest, v1::ListSynonymsResponse> list_synonyms;
  Handler<v1::PutSynonymsRequest, v1::PutSynonymsResponse> put_synonyms;
  Handler<v1::ListCurationsRequest, v1::ListCurationsResponse> list_curations;
  Handler<v1::PutCurationsRequest, v1::PutCurationsResponse> put_curations;
  Handler<v1::GetInsightsRequest, v1::GetInsightsResponse> get_insights;

 private:
  template <typename Request, typename Response>
  grpc::Status Answer(const Handler<Request, Response>& handler,
                      grpc::ServerContext* context, const Request& request,
                      Response* response) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto& metadata = context->client_metadata();
    const auto found = metadata.find("authorization");
    authorization_ =
        found == metadata.end()
            ? ""
            : std::string(found->second.data(), found->second.size());
    if (!handler) return {grpc::StatusCode::UNIMPLEMENTED, "not here"};
    return handler(request, response);
  }

  class SearchImplementation final : public v1::SearchService::Service {
   public:
    explicit SearchImplementation(FakeServer& fake) : fake_(fake) {}
    grpc::Status Search(grpc::ServerContext* context,
                        const v1::SearchRequest* request,
                        v1::SearchResponse* response) override {
      return fake_.Answer(fake_.search, context, *request, response);
    }
    grpc::Status SuggestArticles(
        grpc::ServerContext* context, const v1::SuggestArticlesRequest* request,
        v1::SuggestArticlesResponse* response) override {
      return fake_.Answer(fake_.suggest, context, *request, response);
    }
    grpc::Status RelatedArticles(
        grpc::ServerContext* context, const v1::RelatedArticlesRequest* request,
        v1::RelatedArticlesResponse* response) override {
      return fake_.Answer(fake_.related, context, *request, response);
    }
    grpc::Status GetArticle(grpc::ServerContext* context,
                            const v1::GetArticleRequest* request,
                            v1::GetArticleResponse* response) override {
      return fake_.Answer(fake_.get_article, context, *request, response);
    }
    grpc::Status Autocomplete(grpc::ServerContext* context,
                              const v1::AutocompleteRequest* request,
                              v1::AutocompleteResponse* response) override {
      return fake_.Answer(fake_.autocomplete, context, *request, response);
    }

   private:
    FakeServer& fake_;
  };

  class AdminImplementation final : public v1::AdminService::Service {
   public:
    explicit AdminImplementation(FakeServer& fake) : fake_(fake) {}
    grpc::Status ListCorpora(grpc::ServerContext* context,
                             const v1::ListCorporaRequest* request,
                             v1::ListCorporaResponse* response) override {
      return fake_.Answer(fake_.list_corpora, context, *request, response);
    }
    grpc::Status GetCorpus(grpc::ServerContext* context,
                           const v1::GetCorpusRequest* request,
                           v1::GetCorpusResponse* response) override {
      return fake_.Answer(fake_.get_corpus, context, *request, response);
    }
    grpc::Status GetInsights(grpc::ServerContext* context,
                             const v1::GetInsightsRequest* request,
                             v1::GetInsightsResponse* response) override {
      return fake_.Answer(fake_.get_insights, context, *request, response);
    }
    grpc::Status AnalyzeText(grpc::ServerContext* context,
                             const v1::AnalyzeTextRequest* request,
                             v1::AnalyzeTextResponse* response) override {
      return fake_.Answer(fake_.analyze_text, context, *request, response);
    }
    grpc::Status Explain(grpc::ServerContext* context,
                         const v1::ExplainRequest* request,
                         v1::ExplainResponse* response) override {
      return fake_.Answer(fake_.explain, context, *request, response);
    }
    grpc::Status ListSynonyms(grpc::ServerContext* context,
                              const v1::ListSynonymsRequest* request,
                              v1::ListSynonymsResponse* response) override {
      return fake_.Answer(fake_.list_synonyms, context, *request, response);
    }
    grpc::Status PutSynonyms(grpc::ServerContext* context,
                             const v1::PutSynonymsRequest* request,
                             v1::PutSynonymsResponse* response) override {
      return fake_.Answer(fake_.put_synonyms, context, *request, response);
    }
    grpc::Status ListCurations(grpc::ServerContext* context,
                               const v1::ListCurationsRequest* request,
                               v1::ListCurationsResponse* response) override {
      return fake_.Answer(fake_.list_curations, context, *request, response);
    }
    grpc::Status PutCurations(grpc::ServerContext* context,
                              const v1::PutCurationsRequest* request,
                              v1::PutCurationsResponse* response) override {
      return fake_.Answer(fake_.put_curations, context, *request, response);
    }

   private:
    FakeServer& fake_;
  };

  std::mutex mutex_;
  std::string authorization_;
  std::string address_;
  SearchImplementation search_service_{*this};
  AdminImplementation admin_service_{*this};
  std::unique_ptr<grpc::Server> server_;  // last: stops before the services go
};

}  // namespace kbsearch::cli

#endif  // KBSEARCH_TESTS_UNIT_CLI_FAKE_SERVER_H_
