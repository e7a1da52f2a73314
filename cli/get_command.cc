#include <memory>

#include "cli/command.h"
#include "cli/render.h"

namespace kbsearch::cli {
namespace {

int RunGet(const kbsearch::v1::GetArticleRequest& request,
           const Invocation& invocation) {
  kbsearch::v1::GetArticleResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.search().GetArticle(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out
      << RenderArticle(response.article(), invocation.environment.style);
  return kExitDone;
}

}  // namespace

void DeclareGet(CLI::App& app, ParsedLine& line) {
  auto request = std::make_shared<kbsearch::v1::GetArticleRequest>();
  CLI::App* command = DeclareCommand(
      app, line, "get", "show one article",
      [request](const Invocation& it) { return RunGet(*request, it); });
  DeclareCorpus(*command, *request->mutable_corpus());
  command
      ->add_option("--language", *request->mutable_language_code(),
                   "the version wished; default: the article's first")
      ->type_name("CODE");
  command
      ->add_option("ARTICLE", *request->mutable_article_id(),
                   "an article's id, or \"<id>#<n>\" of an FAQ entry")
      ->type_name("")
      ->required();
}

}  // namespace kbsearch::cli
