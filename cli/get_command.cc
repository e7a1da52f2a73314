#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/render.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;

// Leaves of a page what belongs to the entry `id`, if that names one: its
// question and answer, and the page's title, address and so on. False: the page
// has no such entry.
bool KeepEntry(const std::string& id, v1::Article* article) {
  const size_t number = id.find_last_not_of("0123456789") + 1;
  if (number < 2 || number == id.size() || id[number - 1] != '#') return true;
  for (const v1::FaqEntry& entry : article->entries()) {
    if (entry.entry_id() != id) continue;
    const v1::FaqEntry kept = entry;
    article->clear_entries();
    article->clear_blocks();
    *article->add_entries() = kept;
    if (!article->url().empty() && !kept.anchor().empty() &&
        article->url().find('#') == std::string::npos) {
      article->set_url(article->url() + "#" + kept.anchor());
    }
    return true;
  }
  return false;
}

int RunGet(const kbsearch::v1::GetArticleRequest& request,
           const Invocation& invocation) {
  v1::GetArticleResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.search().GetArticle(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  v1::Article article = response.article();
  if (!KeepEntry(request.article_id(), &article)) {
    const int entries = article.entries_size();
    return ReportFailure(
        invocation,
        {grpc::StatusCode::NOT_FOUND,
         absl::StrCat("no entry \"", request.article_id(), "\": \"",
                      article.article_id(), "\" has ",
                      entries == 0   ? std::string("no entries")
                      : entries == 1 ? std::string("one entry")
                                     : absl::StrCat(entries, " entries"),
                      " in ", article.language_code())});
  }
  if (invocation.json) return PrintJson(invocation, response);
  const TextStyle& style = invocation.environment.style;
  invocation.environment.out
      << RenderOtherLanguage(request.language_code(), article.language_code(),
                             style)
      << RenderArticle(article, style);
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
                   "the version wished; default: the corpus's main language")
      ->type_name("CODE");
  command
      ->add_option("ARTICLE", *request->mutable_article_id(),
                   "an article's id, or \"<id>#<n>\" of an FAQ entry")
      ->type_name("")
      ->required();
}

}  // namespace kbsearch::cli
