#include <ctime>
#include <memory>

#include "cli/command.h"
#include "cli/render.h"

namespace kbsearch::cli {
namespace {

int RunList(const Invocation& invocation) {
  kbsearch::v1::ListCorporaResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status =
      invocation.connection.admin().ListCorpora(context.get(), {}, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out << RenderCorpora(response, std::time(nullptr),
                                              invocation.environment.style);
  return kExitDone;
}

int RunOne(const std::string& name, const Invocation& invocation) {
  kbsearch::v1::GetCorpusRequest request;
  request.set_corpus(name);
  kbsearch::v1::GetCorpusResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.admin().GetCorpus(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  kbsearch::v1::ListCorporaResponse list;
  *list.add_corpora() = response.corpus();
  invocation.environment.out
      << RenderCorpora(list, std::time(nullptr), invocation.environment.style);
  return kExitDone;
}

}  // namespace

void DeclareCorpora(CLI::App& app, ParsedLine& line) {
  auto name = std::make_shared<std::string>();
  CLI::App* command =
      DeclareCommand(app, line, "corpora", "list the corpora (operators)",
                     [name](const Invocation& it) {
                       return name->empty() ? RunList(it) : RunOne(*name, it);
                     });
  command->add_option("NAME", *name, "only this corpus")->type_name("");
}

}  // namespace kbsearch::cli
