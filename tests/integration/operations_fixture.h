// A server over a real data folder that kbsearch-indexer has built, with an
// operator's calls.
#ifndef KBSEARCH_TESTS_INTEGRATION_OPERATIONS_FIXTURE_H_
#define KBSEARCH_TESTS_INTEGRATION_OPERATIONS_FIXTURE_H_

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/program.h"
#include "tests/integration/server_fixture.h"

namespace kbsearch::testing {

class OperationsFixture : public ServerFixture {
 protected:
  OperationsFixture()
      : folder_(
            ::testing::TempDir() + "/kbsearch-operations-" +
            ::testing::UnitTest::GetInstance()->current_test_info()->name() +
            "-" + std::to_string(::getpid())),
        data_(folder_ + "/data"),
        source_(folder_ + "/articles.jsonl") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(data_);
  }
  ~OperationsFixture() override {
    server_.reset();
    std::filesystem::remove_all(folder_);
  }

  // One article a line of the exchange format.
  static std::string Line(const std::string& id, const std::string& language,
                          const std::string& title, const std::string& body) {
    return "{\"id\":\"" + id + "\",\"language\":\"" + language +
           "\",\"title\":\"" + title + "\",\"body\":\"" + body + "\"}\n";
  }

  std::string Indexer(std::vector<std::string> arguments, int status = 0) {
    arguments.insert(arguments.begin() + 1,
                     {"--data", data_, "--corpus", "helpdesk"});
    return Program(KBSEARCH_INDEXER_PROGRAM, arguments).Finish(status);
  }
  void Build(const std::string& lines) {
    ASSERT_TRUE(WriteFileAtomically(source_, lines).ok());
    Indexer({"build", "--source", source_});
  }

  void StartReal() {
    auto registry = analyzers::Registry::Load();
    ASSERT_TRUE(registry.ok()) << registry.status();
    if (tokens_.empty()) UseTokens();
    if (options_.reindexing.program.empty()) {
      options_.reindexing.program = KBSEARCH_INDEXER_PROGRAM;
    }
    options_.reindexing.data_dir = data_;
    auto server = server::Server::Start(
        options_, {*registry, [this, registry] {
                     return engine::Library::Open(data_, *registry);
                   }});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    Connect();
  }

  template <class Request, class Response>
  grpc::Status Call(grpc::Status (v1::AdminService::Stub::*method)(
                        grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response,
                    server::Role role = server::Role::kOperator) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[role]);
    return (admin_.get()->*method)(&context, request, response);
  }

  static v1::Article Article(const std::string& id, const std::string& language,
                             const std::string& title) {
    v1::Article article;
    article.set_article_id(id);
    article.set_language_code(language);
    article.set_title(title);
    article.add_blocks()->set_text(title);
    return article;
  }

  static grpc::Status Upsert(v1::AdminService::Stub& admin,
                             const std::string& token,
                             const std::vector<v1::Article>& articles,
                             v1::UpsertArticlesResponse* response,
                             const std::string& corpus = "helpdesk") {
    grpc::ClientContext context;
    context.AddMetadata("authorization", token);
    const auto writer = admin.UpsertArticles(&context, response);
    v1::UpsertArticlesRequest request;
    request.set_corpus(corpus);
    for (const v1::Article& article : articles) {
      *request.mutable_article() = article;
      if (!writer->Write(request)) break;
      request.clear_corpus();
    }
    writer->WritesDone();
    return writer->Finish();
  }
  grpc::Status Upsert(const std::vector<v1::Article>& articles,
                      v1::UpsertArticlesResponse* response) {
    return Upsert(*admin_, tokens_[server::Role::kOperator], articles,
                  response);
  }

  std::vector<std::string> Ids(const std::string& query,
                               const std::string& language) {
    v1::SearchRequest request = SearchRequest(query);
    request.set_language_code(language);
    request.add_languages(language);
    request.set_page_size(100);
    v1::SearchResponse response;
    const grpc::Status status =
        Search(request, &response, tokens_[server::Role::kPortal]);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<std::string> ids;
    for (const v1::Hit& hit : response.hits()) ids.push_back(hit.article_id());
    return ids;
  }

  v1::Corpus Corpus() {
    v1::GetCorpusRequest request;
    request.set_corpus("helpdesk");
    v1::GetCorpusResponse response;
    const grpc::Status status =
        Call(&v1::AdminService::Stub::GetCorpus, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.corpus();
  }

  v1::Reindex Start(
      const std::function<void(v1::StartReindexRequest*)>& change = [](auto*) {
      }) {
    v1::StartReindexRequest request;
    request.set_corpus("helpdesk");
    change(&request);
    v1::StartReindexResponse response;
    const grpc::Status status =
        Call(&v1::AdminService::Stub::StartReindex, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.reindex();
  }
  // Its last state, by WatchReindex.
  v1::Reindex End(const v1::Reindex& reindex) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[server::Role::kOperator]);
    v1::WatchReindexRequest request;
    request.set_reindex_id(reindex.reindex_id());
    const auto reader = admin_->WatchReindex(&context, request);
    v1::WatchReindexResponse response;
    v1::Reindex last;
    while (reader->Read(&response)) last = response.reindex();
    const grpc::Status status = reader->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return last;
  }

  // False: not in half a minute.
  static bool Eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 3000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  const std::string folder_;
  const std::string data_;
  const std::string source_;
};

}  // namespace kbsearch::testing

#endif  // KBSEARCH_TESTS_INTEGRATION_OPERATIONS_FIXTURE_H_
