#include <algorithm>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/insight_tables.h"
#include "cli/time_text.h"

namespace kbsearch::cli {
namespace {

struct InsightFlags {
  std::string corpus;
  std::string since;
  std::string until;
  std::string language;
  std::string list;
  int rows = 0;
  bool csv = false;
};

int Run(const InsightFlags& flags, const Invocation& invocation) {
  kbsearch::v1::GetInsightsRequest request;
  request.set_corpus(flags.corpus);
  request.set_language_code(flags.language);
  request.set_max_rows(flags.rows);
  if (!flags.since.empty()) ParseTime(flags.since, request.mutable_since());
  if (!flags.until.empty()) ParseTime(flags.until, request.mutable_until());
  kbsearch::v1::GetInsightsResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.admin().GetInsights(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out
      << (flags.csv ? InsightsCsv(response, flags.list)
                    : RenderInsights(response, flags.list,
                                     invocation.environment.style));
  return kExitDone;
}

}  // namespace

void DeclareInsights(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<InsightFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "insights",
      "what customers search for, find and do not find (operators)",
      [flags](const Invocation& it) { return Run(*flags, it); });
  DeclareCorpus(*command, flags->corpus);
  command
      ->add_option("--since", flags->since, "from this time on [28 days ago]")
      ->type_name("TIME")
      ->check(CheckTime);
  command->add_option("--until", flags->until, "before this time [now]")
      ->type_name("TIME")
      ->check(CheckTime);
  command->add_option("--language", flags->language, "only this language")
      ->type_name("CODE");
  command->add_option("--rows", flags->rows, "most rows of a list [20]")
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command->add_option("--list", flags->list, "only this list")
      ->type_name("NAME")
      ->check(CLI::IsMember(InsightListNames()));
  command->add_flag("--csv", flags->csv, "print CSV");
}

}  // namespace kbsearch::cli
