#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/render_rules.h"
#include "cli/rule_file.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;

struct CurationFlags {
  std::string corpus;
  RuleAction action;
};

int RunListOrExport(const CurationFlags& flags, const Invocation& invocation) {
  v1::ListCurationsRequest request;
  request.set_corpus(flags.corpus);
  v1::ListCurationsResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.admin().ListCurations(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (flags.action.verb == "export") {
    return WriteRuleFile(flags.action.file,
                         FormatRuleJson(response, "curations"), invocation);
  }
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out
      << RenderCurations(response, invocation.environment.style);
  return kExitDone;
}

constexpr char kExpected[] =
    "JSON, {\"curations\": [{\"query\": \"refund\", \"language_code\": \"en\", "
    "\"pinned_article_ids\": [\"faq-returns#1\"], \"hidden_article_ids\": "
    "[]}]}, as export writes it";

absl::Status Read(const std::string& file, const std::string& content,
                  v1::ListCurationsResponse* list) {
  int line = 0;
  const RuleForm form = FormOf(content, &line);
  if (form != RuleForm::kJson) return WrongForm(file, line, form, kExpected);
  return ParseRuleJson(file, content, "curations", kExpected, list);
}

int RunImport(const CurationFlags& flags, const Invocation& invocation) {
  const auto content = ReadRuleFile(flags.action.file, invocation);
  if (!content.ok()) {
    return FailWith(std::string(content.status().message()), invocation);
  }
  v1::ListCurationsResponse list;
  const absl::Status parsed = Read(flags.action.file, *content, &list);
  if (!parsed.ok()) return FailWith(std::string(parsed.message()), invocation);
  v1::PutCurationsRequest request;
  request.set_corpus(flags.corpus);
  request.mutable_curations()->Swap(list.mutable_curations());
  v1::PutCurationsResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.admin().PutCurations(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  for (const std::string& warning : response.warnings()) {
    invocation.environment.err << "kbsearch: warning: " << warning << "\n";
  }
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out << response.curations_size()
                             << " curations, in effect now.\n";
  return kExitDone;
}

int RunCurations(const CurationFlags& flags, const Invocation& invocation) {
  if (!CheckRuleAction(flags.action, invocation)) return kExitUsage;
  if (flags.action.verb == "import") return RunImport(flags, invocation);
  return RunListOrExport(flags, invocation);
}

}  // namespace

void DeclareCurations(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<CurationFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "curations",
      "show or replace a corpus's pinned and hidden articles (operators)",
      [flags](const Invocation& it) { return RunCurations(*flags, it); });
  DeclareCorpus(*command, flags->corpus);
  DeclareRuleAction(*command, flags->action);
  command->footer(
      "import replaces all curations. FILE is JSON, as export writes it:\n"
      "{\"curations\": [{\"query\": \"refund\", \"language_code\": \"en\",\n"
      "  \"pinned_article_ids\": [\"faq-returns#1\"], \"hidden_article_ids\": "
      "[]}]}");
}

}  // namespace kbsearch::cli
