#include <memory>

#include "cli/command.h"
#include "cli/render.h"

namespace kbsearch::cli {
namespace {

int RunRelated(const kbsearch::v1::RelatedArticlesRequest& request,
               const Invocation& invocation) {
  kbsearch::v1::RelatedArticlesResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.search().RelatedArticles(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  const TextStyle& style = invocation.environment.style;
  invocation.environment.out
      << RenderOtherLanguage(request.language_code(), response.language_code(),
                             style)
      << RenderRelated(response, style);
  return kExitDone;
}

}  // namespace

void DeclareRelated(CLI::App& app, ParsedLine& line) {
  auto request = std::make_shared<kbsearch::v1::RelatedArticlesRequest>();
  CLI::App* command = DeclareCommand(
      app, line, "related", "find articles on the same matter as an article",
      [request](const Invocation& it) { return RunRelated(*request, it); });
  DeclareCorpus(*command, *request->mutable_corpus());
  command
      ->add_option(
          "--language", *request->mutable_language_code(),
          "the version to compare; default: the corpus's main language")
      ->type_name("CODE");
  command
      ->add_option_function<int>(
          "--max", [request](const int& most) { request->set_page_size(most); },
          "articles, at most [5]")
      ->type_name("N");
  command
      ->add_option("ARTICLE", *request->mutable_article_id(),
                   "an article's id, or \"<id>#<n>\" of an FAQ entry")
      ->type_name("")
      ->required();
}

}  // namespace kbsearch::cli
