// A kbsearch-server of fixed answers in the test's process, and the program
// run against it.
#ifndef KBSEARCH_TESTS_UNIT_CLI_FAKE_SERVER_H_
#define KBSEARCH_TESTS_UNIT_CLI_FAKE_SERVER_H_

#include <grpcpp/grpcpp.h>
#include <kbsearch/v1/admin_service.grpc.pb.h>
#include <kbsearch/v1/search_service.grpc.pb.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cli/console.h"

namespace kbsearch::cli {

// Keeps the last request of each kind; thread-safe while it serves.
class FakeServer {
 public:
  FakeServer();
  ~FakeServer();

  // "127.0.0.1:PORT".
  const std::string& address() const { return address_; }

  // Answers; set before a call.
  std::function<grpc::Status(const v1::SearchRequest&, v1::SearchResponse*)>
      on_search;
  v1::AutocompleteResponse completions;
  v1::GetArticleResponse article;
  v1::ListCorporaResponse corpora;
  v1::AnalyzeTextResponse analysis;
  grpc::Status status = grpc::Status::OK;  // of all but Search

  // What came.
  v1::SearchRequest search_request;
  v1::AutocompleteRequest autocomplete_request;
  v1::GetArticleRequest get_request;
  v1::AnalyzeTextRequest analyze_request;
  std::string authorization;

 private:
  class SearchFake;
  class AdminFake;

  void Note(const grpc::ServerContext& context);

  std::mutex mutex_;
  std::unique_ptr<SearchFake> search_;
  std::unique_ptr<AdminFake> admin_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

struct ProgramResult {
  int status = 0;
  std::string out;
  std::string error;
};

// kbsearch with these arguments.
ProgramResult RunProgram(const std::vector<std::string>& arguments,
                         const std::map<std::string, std::string>& environment =
                             {},
                         const Console::Options& options = {});

}  // namespace kbsearch::cli

#endif  // KBSEARCH_TESTS_UNIT_CLI_FAKE_SERVER_H_
