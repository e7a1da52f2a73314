#include <memory>

#include "cli/command.h"
#include "cli/render.h"

namespace kbsearch::cli {
namespace {

struct CompleteFlags {
  std::string corpus;
  std::string language;
  int most = 8;
  int hits = 3;
  std::vector<std::string> only;
  std::vector<std::string> words;
};

int RunComplete(const CompleteFlags& flags, const Invocation& invocation) {
  kbsearch::v1::AutocompleteRequest request;
  request.set_corpus(flags.corpus);
  request.set_prefix(JoinWords(flags.words));
  request.set_language_code(flags.language);
  request.set_max_completions(flags.most);
  request.set_max_hits(flags.hits);
  request.set_without_hits(flags.hits == 0);
  request.mutable_languages()->Assign(flags.only.begin(), flags.only.end());
  kbsearch::v1::AutocompleteResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.search().Autocomplete(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out
      << RenderCompletions(response, invocation.environment.style);
  return kExitDone;
}

}  // namespace

void DeclareComplete(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<CompleteFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "complete", "complete what is being typed",
      [flags](const Invocation& it) { return RunComplete(*flags, it); });
  DeclareCorpus(*command, flags->corpus);
  command
      ->add_option("--language", flags->language,
                   "the user's language, a hint (el, en, fr, nl, ru)")
      ->type_name("CODE");
  command->add_option("--max", flags->most, "completions, at most [8]")
      ->type_name("N");
  command
      ->add_option("--hits", flags->hits,
                   "instant hits, at most [3]; 0 for none")
      ->type_name("N");
  DeclareList(*command, "--only", flags->only, "only in these languages")
      ->type_name("CODE,...");
  DeclareWords(*command, "PREFIX", flags->words, "what is typed so far");
}

}  // namespace kbsearch::cli
