#include <chrono>
#include <fstream>
#include <memory>
#include <optional>

#include "absl/strings/str_format.h"
#include "cli/command.h"
#include "cli/eval/evaluation.h"
#include "cli/eval/evaluation_report.h"
#include "cli/eval/suggest_evaluation.h"
#include "cli/eval/suggest_report.h"
#include "cli/status_text.h"

namespace kbsearch::cli {
namespace {

constexpr size_t kMaxBadLinesShown = 20;

struct EvalFlags {
  std::string mode = "search";
  std::string corpus;
  std::string queries;
  int depth = kDeepCutoff;
  int concurrency = 4;
  std::string run;
  std::string qrels;
  std::string tag = "kbsearch";
  double min_confidence = -1;  // the server's setting
};

int Fail(const Invocation& invocation, const std::string& message) {
  invocation.environment.err << "kbsearch: " << message << "\n";
  return kExitFailed;
}

// What `read` makes of the file; nothing after telling what is wrong with it.
template <typename Judged>
std::optional<Judged> Load(const std::string& path,
                           const Invocation& invocation,
                           Judged (*read)(std::istream&)) {
  std::ifstream file(path);
  if (!file || file.peek() == std::ifstream::traits_type::eof()) {
    Fail(invocation, path + ": cannot be read, or is empty");
    return std::nullopt;
  }
  Judged judged = read(file);
  size_t shown = 0;
  for (const BadLine& bad : judged.bad_lines) {
    if (shown++ == kMaxBadLinesShown) break;
    invocation.environment.err << path << ":" << bad.line << ": " << bad.reason
                               << "\n";
  }
  if (judged.bad_lines.empty()) return judged;
  Fail(invocation, absl::StrFormat("%s: %d of its lines cannot be used; "
                                   "nothing was evaluated",
                                   path, judged.bad_lines.size()));
  return std::nullopt;
}

// `write` fills the file; nothing happens when no path was given.
template <typename Write>
bool WriteFile(const std::string& path, const Invocation& invocation,
               Write write) {
  if (path.empty()) return true;
  std::ofstream file(path, std::ios::trunc);
  if (file) write(file);
  file.close();
  if (!file) Fail(invocation, path + ": cannot be written");
  return static_cast<bool>(file);
}

bool WriteFiles(const EvalFlags& flags, const Invocation& invocation,
                const std::vector<JudgedQuery>& queries,
                const std::vector<QueryResult>& results) {
  const auto run = [&](std::ostream& out) {
    for (size_t i = 0; i < queries.size(); ++i) {
      WriteRun(queries[i].id, results[i].ranking, flags.tag, out);
    }
  };
  const auto qrels = [&](std::ostream& out) {
    for (const JudgedQuery& query : queries) WriteQrels(query, out);
  };
  return WriteFile(flags.run, invocation, run) &&
         WriteFile(flags.qrels, invocation, qrels);
}

// Counts the refused queries and tells of each.
size_t ReportRefusals(const Invocation& invocation,
                      const std::vector<JudgedQuery>& queries,
                      const std::vector<QueryResult>& results) {
  size_t refused = 0;
  for (size_t i = 0; i < results.size(); ++i) {
    if (!results[i].refused) continue;
    ++refused;
    Fail(invocation,
         absl::StrFormat("query %s counts as not found: %s", queries[i].id,
                         DescribeError(results[i].refusal,
                                       invocation.connection.settings())));
  }
  return refused;
}

std::function<void(size_t)> Progress(const Invocation& invocation,
                                     size_t queries) {
  if (!invocation.environment.show_progress) return {};
  return [&err = invocation.environment.err, queries](size_t done) {
    if (done % 50 != 0 && done != queries) return;
    err << "\r" << done << "/" << queries << (done == queries ? "\n" : "")
        << std::flush;
  };
}

int StoppedAt(const std::string& id, const grpc::Status& status,
              const Invocation& invocation) {
  Fail(invocation, "stopped at query " + id + ":");
  return ReportFailure(invocation, status);
}

int RunSuggestEval(const EvalFlags& flags, const Invocation& invocation) {
  const auto judged =
      Load<TicketJudgements>(flags.queries, invocation, &ReadTickets);
  if (!judged) return kExitFailed;
  SuggestEvaluationOptions options;
  options.corpus = flags.corpus;
  options.concurrency = flags.concurrency;
  if (flags.min_confidence >= 0) options.min_confidence = flags.min_confidence;
  options.progress = Progress(invocation, judged->tickets.size());
  const SuggestEvaluation evaluation =
      RunTickets(invocation.connection, judged->tickets, options);
  if (!evaluation.failure.status.ok()) {
    return StoppedAt(judged->tickets[evaluation.failure.index].judged.id,
                     evaluation.failure.status, invocation);
  }
  const auto scores = ScoreByLanguage(evaluation.results);
  invocation.environment.out
      << (invocation.json ? SuggestJson(scores) : SuggestTable(scores));
  return kExitDone;
}

int RunEval(const EvalFlags& flags, const Invocation& invocation) {
  if (flags.mode == "suggest") return RunSuggestEval(flags, invocation);
  const bool related = flags.mode == "related";
  auto judged =
      Load<Judgements>(flags.queries, invocation,
                       related ? &ReadRelatedJudgements : &ReadJudgements);
  if (!judged) return kExitFailed;
  const std::vector<JudgedQuery> queries = std::move(judged->queries);
  EvaluationOptions options;
  options.mode = related ? EvaluationMode::kRelated : EvaluationMode::kSearch;
  options.corpus = flags.corpus;
  options.depth = flags.depth;
  options.concurrency = flags.concurrency;
  options.progress = Progress(invocation, queries.size());
  const auto start = std::chrono::steady_clock::now();
  const Evaluation evaluation =
      RunQueries(invocation.connection, queries, options);
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - start;
  if (!evaluation.failure.ok()) {
    return StoppedAt(evaluation.failed_query_id, evaluation.failure,
                     invocation);
  }
  if (!WriteFiles(flags, invocation, queries, evaluation.results)) {
    return kExitFailed;
  }
  const size_t refused =
      ReportRefusals(invocation, queries, evaluation.results);
  const LanguageScores scores = Score(queries, evaluation.results);
  const bool deep = flags.depth >= kDeepCutoff && !related;
  if (invocation.json) {
    invocation.environment.out
        << ScoreJson(scores, deep, queries, evaluation.results);
  } else {
    invocation.environment.out << ScoreTable(scores, deep);
    invocation.environment.err << absl::StrFormat(
        "%d queries in %.1f s (%.0f a second)\n", queries.size(),
        seconds.count(), queries.size() / seconds.count());
  }
  return refused == 0 ? kExitDone : kExitFailed;
}

std::string CheckMode(const std::string& mode) {
  if (mode == "search" || mode == "suggest" || mode == "related") return "";
  return "'" + mode + "' is not search, suggest or related";
}

}  // namespace

void DeclareEval(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<EvalFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "eval", "score the server's rankings on judged queries",
      [flags](const Invocation& it) { return RunEval(*flags, it); });
  DeclareCorpus(*command, flags->corpus);
  command
      ->add_option(
          "--queries", flags->queries,
          "lines {\"id\",\"lang\",\"text\",\"relevant\":[...]}; suggest: "
          "\"subject\" and \"body\" for \"text\"; related: "
          "{\"id\",\"lang\",\"related\":[...]}")
      ->type_name("FILE")
      ->required();
  command->add_option("--mode", flags->mode, "what to evaluate [search]")
      ->type_name("search|suggest|related")
      ->check(CheckMode);
  command->add_option("--k", flags->depth, "articles a query [100]")
      ->type_name("N")
      ->check(CLI::Range(kCutoff, 10000));
  command->add_option("--concurrency", flags->concurrency, "calls at once [4]")
      ->type_name("N")
      ->check(CLI::Range(1, 64));
  command->add_option("--run", flags->run, "write a TREC run file")
      ->type_name("FILE");
  command
      ->add_option("--qrels", flags->qrels,
                   "write the judgements in TREC's format")
      ->type_name("FILE");
  command
      ->add_option("--min-confidence", flags->min_confidence,
                   "of suggestions that count as shown [the server's setting]")
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--tag", flags->tag, "the run's name [kbsearch]")
      ->type_name("NAME");
}

}  // namespace kbsearch::cli
