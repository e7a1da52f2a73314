#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/command.h"
#include "cli/rule_file.h"
#include "cli/status_text.h"
#include "cli/synonym_text.h"
#include "cli/text_layout.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;

struct SynonymFlags {
  std::string corpus;
  std::string language;
  RuleAction action;
};

grpc::Status List(const SynonymFlags& flags, const Invocation& invocation,
                  v1::ListSynonymsResponse* response) {
  v1::ListSynonymsRequest request;
  request.set_corpus(flags.corpus);
  request.set_language_code(flags.language);
  const auto context = invocation.connection.NewContext();
  return invocation.connection.admin().ListSynonyms(context.get(), request,
                                                    response);
}

int RunList(const SynonymFlags& flags, const Invocation& invocation) {
  v1::ListSynonymsResponse response;
  const grpc::Status status = List(flags, invocation, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  for (const v1::Synonym& synonym : response.synonyms()) {
    invocation.environment.out
        << Layout({FormatSynonymLine(synonym), Emphasis::kPlain}, 0,
                  invocation.environment.style);
  }
  if (response.synonyms().empty()) {
    invocation.environment.out << "No synonyms in " << flags.language << ".\n";
  }
  return kExitDone;
}

int RunExport(const SynonymFlags& flags, const Invocation& invocation) {
  v1::ListSynonymsResponse response;
  const grpc::Status status = List(flags, invocation, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  const bool as_text = absl::EndsWith(flags.action.file, ".txt");
  return WriteRuleFile(flags.action.file,
                       as_text ? FormatSynonymText(response.synonyms())
                               : FormatRuleJson(response, "synonyms"),
                       invocation);
}

constexpr char kExpected[] =
    "lines of text, \"a, b => c\", or JSON, {\"synonyms\": [{\"from\": [\"a\", "
    "\"b\"], \"to\": [\"c\"], \"one_way\": true}]}, as export writes it";

// JSON, or lines as in synonym_text.h; `lines` is empty for JSON.
absl::Status Read(const std::string& file, const std::string& content,
                  v1::PutSynonymsRequest* request, std::vector<int>* lines) {
  int line = 0;
  const RuleForm form = FormOf(content, &line);
  if (form == RuleForm::kJsonList || form == RuleForm::kYaml) {
    return WrongForm(file, line, form, kExpected);
  }
  if (form == RuleForm::kJson) {
    v1::ListSynonymsResponse list;
    const absl::Status status =
        ParseRuleJson(file, content, "synonyms", kExpected, &list);
    request->mutable_synonyms()->Swap(list.mutable_synonyms());
    return status;
  }
  SynonymText text = ParseSynonymText(content);
  if (!text.errors.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ":\n  ", absl::StrJoin(text.errors, "\n  ")));
  }
  request->mutable_synonyms()->Assign(text.synonyms.begin(),
                                      text.synonyms.end());
  *lines = std::move(text.lines);
  return absl::OkStatus();
}

// The server counts entries; who wrote a text file counts lines.
std::string NameLines(std::string message, const std::vector<int>& lines) {
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string entry = absl::StrCat("synonyms[", i, "]");
    if (!absl::StrContains(message, entry)) continue;
    message = absl::StrReplaceAll(
        message, {{entry, absl::StrCat("line ", lines[i], ": ", entry)}});
  }
  return message;
}

int RunImport(const SynonymFlags& flags, const Invocation& invocation) {
  const auto content = ReadRuleFile(flags.action.file, invocation);
  if (!content.ok()) {
    return FailWith(std::string(content.status().message()), invocation);
  }
  v1::PutSynonymsRequest request;
  std::vector<int> lines;
  const absl::Status read = Read(flags.action.file, *content, &request, &lines);
  if (!read.ok()) return FailWith(std::string(read.message()), invocation);
  request.set_corpus(flags.corpus);
  request.set_language_code(flags.language);
  v1::PutSynonymsResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.admin().PutSynonyms(
      context.get(), request, &response);
  if (!status.ok()) {
    return FailWith(
        NameLines(DescribeError(status, invocation.connection.settings()),
                  lines),
        invocation);
  }
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out << response.synonyms_size() << " synonyms in "
                             << flags.language << ", in effect now.\n";
  return kExitDone;
}

int RunSynonyms(const SynonymFlags& flags, const Invocation& invocation) {
  if (!CheckRuleAction(flags.action, invocation)) return kExitUsage;
  if (flags.action.verb == "import") return RunImport(flags, invocation);
  if (flags.action.verb == "export") return RunExport(flags, invocation);
  return RunList(flags, invocation);
}

}  // namespace

void DeclareSynonyms(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<SynonymFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "synonyms", "show or replace a corpus's synonyms (operators)",
      [flags](const Invocation& it) { return RunSynonyms(*flags, it); });
  DeclareCorpus(*command, flags->corpus);
  command->add_option("--language", flags->language, "el, en, fr, nl or ru")
      ->type_name("CODE")
      ->required();
  DeclareRuleAction(*command, flags->action);
  command->footer(
      "import replaces all synonyms of the language. FILE is JSON, as export "
      "writes it,\nor lines of text: \"a, b => c\" (who types a or b finds c "
      "too) and \"a, b\" (each\nfinds the other). export writes text when FILE "
      "ends in .txt.");
}

}  // namespace kbsearch::cli
