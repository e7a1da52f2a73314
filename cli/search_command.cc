#include <memory>

#include "cli/command.h"
#include "cli/render.h"
#include "cli/time_text.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;

struct SearchFlags {
  std::string corpus;
  std::string language;
  std::vector<std::string> only;
  int page_size = 10;
  std::string page_token;
  std::vector<std::string> kinds;
  std::vector<std::string> categories;
  std::vector<std::string> tags;
  std::string updated_after;
  std::vector<std::string> facets;
  bool separate = false;
  bool verbatim = false;
  std::vector<std::string> words;
};

v1::SearchRequest ToRequest(const SearchFlags& flags) {
  v1::SearchRequest request;
  request.set_corpus(flags.corpus);
  request.set_query(JoinWords(flags.words));
  request.set_language_code(flags.language);
  request.mutable_languages()->Assign(flags.only.begin(), flags.only.end());
  request.set_page_size(flags.page_size);
  request.set_page_token(flags.page_token);
  request.mutable_facets()->Assign(flags.facets.begin(), flags.facets.end());
  request.set_verbatim(flags.verbatim);
  v1::SearchFilter filter;
  for (const std::string& text : flags.kinds) {
    v1::ArticleKind kind{};
    if (ParseKindText(text, &kind)) filter.add_kinds(kind);
  }
  filter.mutable_categories()->Assign(flags.categories.begin(),
                                      flags.categories.end());
  filter.mutable_tags()->Assign(flags.tags.begin(), flags.tags.end());
  if (!flags.updated_after.empty()) {
    ParseTime(flags.updated_after, filter.mutable_updated_after());
  }
  if (flags.separate) {
    request.set_translation_mode(v1::TRANSLATION_MODE_SEPARATE);
  }
  if (filter.ByteSizeLong() > 0) *request.mutable_filter() = filter;
  return request;
}

// What to try when nothing was found.
std::string Hint(const v1::SearchRequest& request,
                 const v1::SearchResponse& response) {
  if (request.has_filter() || request.languages_size() > 0) {
    return "Only some articles were searched: try without --only, --kind, "
           "--category, --tag and --updated-after.\n";
  }
  if (request.verbatim()) return "Searched as typed: try without --verbatim.\n";
  for (const v1::Rewrite& rewrite : response.interpretation().rewrites()) {
    if (!rewrite.applied()) return "";  // "Did you mean" is better
  }
  return "None holds these words: try others, or fewer. kbsearch complete "
         "shows "
         "what titles begin with, kbsearch suggest reads whole sentences.\n";
}

int RunSearch(const SearchFlags& flags, const Invocation& invocation) {
  v1::SearchResponse response;
  const auto context = invocation.connection.NewContext();
  const v1::SearchRequest request = ToRequest(flags);
  const grpc::Status status =
      invocation.connection.search().Search(context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out
      << RenderSearch(response, invocation.environment.style);
  if (response.hits().empty() && request.page_token().empty()) {
    invocation.environment.out << Hint(request, response);
  }
  return kExitDone;
}

std::string CheckKind(const std::string& text) {
  v1::ArticleKind kind{};
  return ParseKindText(text, &kind)
             ? ""
             : "'" + text +
                   "' is not article, faq, procedure, canned_response or "
                   "forum_thread";
}

}  // namespace

void DeclareSearch(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<SearchFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "search", "find articles",
      [flags](const Invocation& it) { return RunSearch(*flags, it); });
  DeclareCorpus(*command, flags->corpus);
  command
      ->add_option("--language", flags->language,
                   "the user's language, a hint (el, en, fr, nl, ru)")
      ->type_name("CODE");
  DeclareList(*command, "--only", flags->only, "only articles in these")
      ->type_name("CODE,...");
  command->add_option("--page-size", flags->page_size, "hits a page [10]")
      ->type_name("N");
  command
      ->add_option("--page-token", flags->page_token,
                   "of an earlier answer to the same query")
      ->type_name("TOKEN");
  DeclareList(*command, "--kind", flags->kinds,
              "article, faq, procedure, canned_response or forum_thread")
      ->type_name("KIND,...")
      ->check(CheckKind);
  // Categories and tags may hold commas.
  DeclareList(*command, "--category", flags->categories, "may be repeated")
      ->delimiter('\0')
      ->type_name("NAME");
  DeclareList(*command, "--tag", flags->tags, "may be repeated")
      ->delimiter('\0')
      ->type_name("NAME");
  command
      ->add_option("--updated-after", flags->updated_after,
                   "only articles changed then or later")
      ->type_name("DATE")
      ->check(CheckTime);
  DeclareList(*command, "--facet", flags->facets,
              "count language, kind, category or tag")
      ->type_name("NAME,...");
  command->add_flag("--separate", flags->separate,
                    "translations of an article as hits of their own");
  command->add_flag("--verbatim", flags->verbatim,
                    "as typed: mend no misspelt or mistyped words");
  DeclareWords(*command, "QUERY", flags->words, "what to look for");
}

}  // namespace kbsearch::cli
