#include <memory>

#include "cli/command.h"
#include "cli/render_rules.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;

// Each hit takes several lines.
constexpr int kExplainedHits = 5;

struct ExplainFlags {
  v1::ExplainRequest request;
  std::vector<std::string> only;
  bool as_portal = false;
  std::vector<std::string> words;
};

int RunExplain(const ExplainFlags& flags, const Invocation& invocation) {
  v1::ExplainRequest request = flags.request;
  request.mutable_search()->set_query(JoinWords(flags.words));
  request.mutable_search()->mutable_languages()->Assign(flags.only.begin(),
                                                        flags.only.end());
  if (flags.as_portal) request.set_audience(v1::AUDIENCE_PUBLIC);
  v1::ExplainResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status =
      invocation.connection.admin().Explain(context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out
      << RenderExplanation(response, invocation.environment.style);
  return kExitDone;
}

}  // namespace

void DeclareExplain(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<ExplainFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "explain",
      "tell why a query finds, or does not find, an article (operators)",
      [flags](const Invocation& it) { return RunExplain(*flags, it); });
  v1::SearchRequest& search = *flags->request.mutable_search();
  search.set_page_size(kExplainedHits);
  DeclareCorpus(*command, *search.mutable_corpus());
  command
      ->add_option("--language", *search.mutable_language_code(),
                   "the user's language, a hint (el, en, fr, nl, ru)")
      ->type_name("CODE");
  DeclareList(*command, "--only", flags->only, "only articles in these")
      ->type_name("CODE,...");
  command
      ->add_option("--article", *flags->request.mutable_article_id(),
                   "the article asked about; default: the first hits")
      ->type_name("ID");
  command
      ->add_option("--article-language",
                   *flags->request.mutable_language_code(),
                   "the version of it; default: any")
      ->type_name("CODE");
  command->add_flag("--as-portal", flags->as_portal,
                    "as a portal's visitor searches, not as you do");
  command
      ->add_option_function<int32_t>(
          "--page-size",
          [flags](int32_t size) {
            flags->request.mutable_search()->set_page_size(size);
          },
          "hits a page [5]")
      ->type_name("N");
  DeclareWords(*command, "QUERY", flags->words, "what is looked for");
}

}  // namespace kbsearch::cli
