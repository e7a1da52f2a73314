#include "fake_server.h"

#include <sstream>

#include "absl/strings/str_cat.h"
#include "cli/command_line.h"

namespace kbsearch::cli {

class FakeServer::SearchFake : public v1::SearchService::Service {
 public:
  explicit SearchFake(FakeServer* fake) : fake_(*fake) {}

  grpc::Status Search(grpc::ServerContext* context,
                      const v1::SearchRequest* request,
                      v1::SearchResponse* response) override {
    std::lock_guard<std::mutex> lock(fake_.mutex_);
    fake_.Note(*context);
    fake_.search_request = *request;
    return fake_.on_search ? fake_.on_search(*request, response)
                           : grpc::Status::OK;
  }

  grpc::Status Autocomplete(grpc::ServerContext* context,
                            const v1::AutocompleteRequest* request,
                            v1::AutocompleteResponse* response) override {
    std::lock_guard<std::mutex> lock(fake_.mutex_);
    fake_.Note(*context);
    fake_.autocomplete_request = *request;
    *response = fake_.completions;
    return fake_.status;
  }

  grpc::Status GetArticle(grpc::ServerContext* context,
                          const v1::GetArticleRequest* request,
                          v1::GetArticleResponse* response) override {
    std::lock_guard<std::mutex> lock(fake_.mutex_);
    fake_.Note(*context);
    fake_.get_request = *request;
    *response = fake_.article;
    return fake_.status;
  }

 private:
  FakeServer& fake_;
};

class FakeServer::AdminFake : public v1::AdminService::Service {
 public:
  explicit AdminFake(FakeServer* fake) : fake_(*fake) {}

  grpc::Status ListCorpora(grpc::ServerContext* context,
                           const v1::ListCorporaRequest* /*request*/,
                           v1::ListCorporaResponse* response) override {
    std::lock_guard<std::mutex> lock(fake_.mutex_);
    fake_.Note(*context);
    *response = fake_.corpora;
    return fake_.status;
  }

  grpc::Status AnalyzeText(grpc::ServerContext* context,
                           const v1::AnalyzeTextRequest* request,
                           v1::AnalyzeTextResponse* response) override {
    std::lock_guard<std::mutex> lock(fake_.mutex_);
    fake_.Note(*context);
    fake_.analyze_request = *request;
    *response = fake_.analysis;
    return fake_.status;
  }

 private:
  FakeServer& fake_;
};

FakeServer::FakeServer()
    : search_(std::make_unique<SearchFake>(this)),
      admin_(std::make_unique<AdminFake>(this)) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterService(search_.get());
  builder.RegisterService(admin_.get());
  server_ = builder.BuildAndStart();
  address_ = absl::StrCat("127.0.0.1:", port);
}

FakeServer::~FakeServer() { server_->Shutdown(); }

void FakeServer::Note(const grpc::ServerContext& context) {
  const auto found = context.client_metadata().find("authorization");
  authorization = found == context.client_metadata().end()
                      ? ""
                      : std::string(found->second.data(), found->second.size());
}

ProgramResult RunProgram(const std::vector<std::string>& arguments,
                         const std::map<std::string, std::string>& environment,
                         const Console::Options& options) {
  std::ostringstream out;
  std::ostringstream error;
  Console console(out, error, options);
  ProgramResult result;
  result.status = RunCommandLine(
      arguments,
      [&](const char* name) -> const char* {
        const auto found = environment.find(name);
        return found == environment.end() ? nullptr : found->second.c_str();
      },
      console);
  result.out = out.str();
  result.error = error.str();
  return result;
}

}  // namespace kbsearch::cli
