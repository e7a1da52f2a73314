#include <iterator>
#include <memory>

#include "cli/command.h"
#include "cli/input_text.h"
#include "cli/render.h"

namespace kbsearch::cli {
namespace {

struct AnalyzeFlags {
  std::string language;
  std::vector<std::string> words;
};

int RunAnalyze(const AnalyzeFlags& flags, const Invocation& invocation) {
  std::string text = JoinWords(flags.words);
  if (text == "-") {
    text.assign(std::istreambuf_iterator<char>(invocation.environment.in), {});
    const absl::Status status = CheckUtf8("standard input", text);
    if (!status.ok()) {
      invocation.environment.err << "kbsearch: " << status.message() << "\n";
      return kExitFailed;
    }
  }
  kbsearch::v1::AnalyzeTextRequest request;
  request.set_text(text);
  request.set_language_code(flags.language);
  kbsearch::v1::AnalyzeTextResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.admin().AnalyzeText(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out
      << RenderAnalysis(response, invocation.environment.style);
  return kExitDone;
}

}  // namespace

void DeclareAnalyze(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<AnalyzeFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "analyze", "show what analysis makes of a text (operators)",
      [flags](const Invocation& it) { return RunAnalyze(*flags, it); });
  command->add_option("--language", flags->language, "default: detected")
      ->type_name("CODE");
  DeclareWords(*command, "TEXT", flags->words, "\"-\": standard input");
}

}  // namespace kbsearch::cli
