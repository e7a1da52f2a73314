#include <chrono>
#include <fstream>
#include <memory>

#include "absl/strings/str_format.h"
#include "cli/command.h"
#include "cli/evaluation.h"
#include "cli/evaluation_report.h"
#include "cli/status_text.h"

namespace kbsearch::cli {
namespace {

constexpr size_t kMaxBadLinesShown = 20;

struct EvalFlags {
  std::string corpus;
  std::string queries;
  int depth = kDeepCutoff;
  int concurrency = 4;
  std::string run;
  std::string qrels;
  std::string tag = "kbsearch";
};

int Fail(const Invocation& invocation, const std::string& message) {
  invocation.environment.err << "kbsearch: " << message << "\n";
  return kExitFailed;
}

// False after telling what is wrong with the file.
bool LoadQueries(const std::string& path, const Invocation& invocation,
                 std::vector<JudgedQuery>* queries) {
  std::ifstream file(path);
  if (!file || file.peek() == std::ifstream::traits_type::eof()) {
    Fail(invocation, path + ": cannot be read, or is empty");
    return false;
  }
  Judgements judgements = ReadJudgements(file);
  size_t shown = 0;
  for (const BadLine& bad : judgements.bad_lines) {
    if (shown++ == kMaxBadLinesShown) break;
    invocation.environment.err << path << ":" << bad.line << ": " << bad.reason
                               << "\n";
  }
  if (!judgements.bad_lines.empty()) {
    Fail(invocation, absl::StrFormat("%s: %d of its lines cannot be used; "
                                     "nothing was evaluated",
                                     path, judgements.bad_lines.size()));
    return false;
  }
  *queries = std::move(judgements.queries);
  return true;
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

int RunEval(const EvalFlags& flags, const Invocation& invocation) {
  std::vector<JudgedQuery> queries;
  if (!LoadQueries(flags.queries, invocation, &queries)) return kExitFailed;
  EvaluationOptions options;
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
    Fail(invocation, "stopped at query " + evaluation.failed_query_id + ":");
    return ReportFailure(invocation, evaluation.failure);
  }
  if (!WriteFiles(flags, invocation, queries, evaluation.results)) {
    return kExitFailed;
  }
  const size_t refused =
      ReportRefusals(invocation, queries, evaluation.results);
  const LanguageScores scores = Score(queries, evaluation.results);
  const bool deep = flags.depth >= kDeepCutoff;
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
  if (mode == "search") return "";
  if (mode == "suggest" || mode == "related") {
    return "'" + mode + "' is not offered by this version; use search";
  }
  return "'" + mode + "' is not search";
}

}  // namespace

void DeclareEval(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<EvalFlags>();
  CLI::App* command = DeclareCommand(
      app, line, "eval", "score the server's rankings on judged queries",
      [flags](const Invocation& it) { return RunEval(*flags, it); });
  DeclareCorpus(*command, flags->corpus);
  command
      ->add_option("--queries", flags->queries,
                   "lines {\"id\",\"lang\",\"text\",\"relevant\":[...]}")
      ->type_name("FILE")
      ->required();
  command
      ->add_option_function<std::string>(
          "--mode", [](const std::string&) {}, "what to evaluate [search]")
      ->type_name("search")
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
  command->add_option("--tag", flags->tag, "the run's name [kbsearch]")
      ->type_name("NAME");
}

}  // namespace kbsearch::cli
