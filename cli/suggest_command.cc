#include <fstream>
#include <iterator>
#include <memory>

#include "cli/command.h"
#include "cli/input_text.h"
#include "cli/render.h"

namespace kbsearch::cli {
namespace {

struct SuggestFlags {
  kbsearch::v1::SuggestArticlesRequest request;
  std::vector<std::string> only;
  std::string file;
  double min_confidence = -1;  // the server's setting
};

bool ReadBody(const std::string& path, const Invocation& invocation,
              std::string* body) {
  const auto read = [&](std::istream& in) {
    body->assign(std::istreambuf_iterator<char>(in),
                 std::istreambuf_iterator<char>());
    return !in.bad();
  };
  bool is_read = false;
  if (path == "-") {
    is_read = read(invocation.environment.in);
  } else if (std::ifstream file(path, std::ios::binary); file) {
    is_read = read(file);
  }
  if (is_read) {
    const absl::Status status =
        CheckUtf8(path == "-" ? "standard input" : path, *body);
    if (status.ok()) return true;
    invocation.environment.err << "kbsearch: " << status.message() << "\n";
    return false;
  }
  invocation.environment.err << "kbsearch: " << path
                             << ": cannot be read; name a file with the text "
                                "of the ticket, or - for standard input\n";
  return false;
}

int RunSuggest(const SuggestFlags& flags, const Invocation& invocation) {
  kbsearch::v1::SuggestArticlesRequest request = flags.request;
  if (!flags.file.empty() &&
      !ReadBody(flags.file, invocation, request.mutable_body())) {
    return kExitFailed;
  }
  request.mutable_languages()->Assign(flags.only.begin(), flags.only.end());
  if (flags.min_confidence >= 0) {
    request.set_min_confidence(flags.min_confidence);
  }
  kbsearch::v1::SuggestArticlesResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.search().SuggestArticles(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out
      << RenderSuggestions(response, invocation.environment.style);
  return kExitDone;
}

}  // namespace

void DeclareSuggest(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<SuggestFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "suggest", "suggest articles that answer a ticket",
      [flags](const Invocation& it) { return RunSuggest(*flags, it); });
  DeclareCorpus(*command, *flags->request.mutable_corpus());
  command
      ->add_option("--subject", *flags->request.mutable_subject(),
                   "of the ticket")
      ->type_name("TEXT");
  command
      ->add_option("--file", flags->file,
                   "the ticket's text; - for standard input")
      ->type_name("FILE");
  command
      ->add_option("--language", *flags->request.mutable_language_code(),
                   "the user's language, a hint (el, en, fr, nl, ru)")
      ->type_name("CODE");
  DeclareList(*command, "--only", flags->only, "only articles in these")
      ->type_name("CODE,...");
  command
      ->add_option_function<int>(
          "--max",
          [flags](const int& most) {
            flags->request.set_max_suggestions(most);
          },
          "suggestions, at most [3]")
      ->type_name("N");
  command
      ->add_option("--min-confidence", flags->min_confidence,
                   "suggest nothing less likely [the server's setting]")
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 1.0));
}

}  // namespace kbsearch::cli
