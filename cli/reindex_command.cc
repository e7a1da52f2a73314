#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/command.h"
#include "cli/text_layout.h"
#include "google/protobuf/util/json_util.h"

namespace kbsearch::cli {
namespace {

namespace v1 = kbsearch::v1;

constexpr int kBarWidth = 24;
constexpr std::chrono::milliseconds kRetryAfter{500};

struct Flags {
  std::string corpus;
  std::vector<std::string> sources;
  bool force = false;
  bool watch = false;
  bool cancel = false;
};

std::string ProgressLine(const v1::Reindex& state) {
  const double share =
      state.total() > 0
          ? std::min(1.0, static_cast<double>(state.done()) / state.total())
          : 0;
  const int full = static_cast<int>(std::lround(share * kBarWidth));
  std::string line = absl::StrFormat(
      "%-9s [%s%s] %d/%d", state.phase(), std::string(full, '#'),
      std::string(kBarWidth - full, ' '), state.done(), state.total());
  if (state.articles_per_second() > 0) {
    absl::StrAppendFormat(&line, "  %.0f articles/s",
                          state.articles_per_second());
  }
  if (state.has_expected_at()) {
    const int64_t left =
        state.expected_at().seconds() -
        std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (left > 0) {
      absl::StrAppendFormat(&line, "  %d:%02d left", left / 60, left % 60);
    }
  }
  return line;
}

void PrintLine(const Invocation& invocation, const v1::Reindex& state) {
  std::string json;
  if (google::protobuf::util::MessageToJsonString(state, &json).ok()) {
    invocation.environment.out << json << std::endl;
  }
}

void PrintGate(const v1::GateReport& gate, std::ostream& out) {
  out << (gate.passed() ? "judged queries: passed\n"
                        : "judged queries: not passed\n");
  for (const v1::GateReport::Measure& measure : gate.measures()) {
    out << absl::StrFormat("  %s  %d queries  nDCG@10 %.3f, was %.3f\n",
                           Printable(measure.language_code()),
                           measure.queries(), measure.ndcg_after(),
                           measure.ndcg_before());
  }
  for (const std::string& reason : gate.reasons()) {
    out << "  " << Printable(reason) << "\n";
  }
  for (const v1::GateReport::Change& change : gate.changes()) {
    out << absl::StrFormat("  %+.3f  %s  %s  (rank %d, was %d)\n",
                           change.ndcg_after() - change.ndcg_before(),
                           Printable(change.language_code()),
                           Printable(change.query()), change.rank_after(),
                           change.rank_before());
  }
}

int Conclude(const Invocation& invocation, const v1::Reindex& state) {
  const bool done = state.state() == v1::Reindex::STATE_SUCCEEDED;
  if (invocation.json || !invocation.environment.show_progress) {
    if (!done) {
      invocation.environment.err << "kbsearch: " << Printable(state.error())
                                 << "\n";
    }
    return done ? kExitDone : kExitFailed;
  }
  if (state.has_gate()) PrintGate(state.gate(), invocation.environment.out);
  if (done) {
    invocation.environment.out << absl::StrFormat(
        "corpus %s: generation %d is live, %d articles, %d rejected\n",
        Printable(state.corpus()), state.generation(), state.done(),
        state.rejected());
    return kExitDone;
  }
  invocation.environment.err << "kbsearch: " << Printable(state.error())
                             << "\n";
  return kExitFailed;
}

// Follows the operation to its end; a connection that breaks is made again.
int Watch(const Invocation& invocation, v1::Reindex state) {
  const bool draw = invocation.environment.show_progress && !invocation.json;
  v1::WatchReindexRequest request;
  request.set_reindex_id(state.reindex_id());
  grpc::Status status;
  for (int failures = 0; failures < 20;) {
    // No deadline: a rebuild takes as long as it takes.
    grpc::ClientContext context;
    const std::string& token = invocation.connection.settings().token;
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    const auto reader =
        invocation.connection.admin().WatchReindex(&context, request);
    v1::WatchReindexResponse response;
    while (reader->Read(&response)) {
      failures = 0;
      state = response.reindex();
      if (draw) {
        invocation.environment.err << '\r' << ProgressLine(state) << "\x1b[K"
                                   << std::flush;
      } else {
        PrintLine(invocation, state);
      }
    }
    status = reader->Finish();
    if (state.state() != v1::Reindex::STATE_RUNNING) {
      if (draw) invocation.environment.err << "\r\x1b[K";
      return Conclude(invocation, state);
    }
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE) break;
    ++failures;
    std::this_thread::sleep_for(kRetryAfter);
  }
  return ReportFailure(invocation, status);
}

int Cancel(const Flags& flags, const Invocation& invocation) {
  v1::GetCorpusRequest of;
  of.set_corpus(flags.corpus);
  v1::GetCorpusResponse corpus;
  auto context = invocation.connection.NewContext();
  grpc::Status status =
      invocation.connection.admin().GetCorpus(context.get(), of, &corpus);
  if (!status.ok()) return ReportFailure(invocation, status);
  const v1::Reindex& last = corpus.corpus().last_reindex();
  if (last.state() != v1::Reindex::STATE_RUNNING) {
    invocation.environment.err << "kbsearch: corpus " << flags.corpus
                               << " is not being rebuilt\n";
    return kExitFailed;
  }
  v1::CancelReindexRequest request;
  request.set_reindex_id(last.reindex_id());
  v1::CancelReindexResponse response;
  context = invocation.connection.NewContext();
  status = invocation.connection.admin().CancelReindex(context.get(), request,
                                                       &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  invocation.environment.out << "asked " << last.reindex_id() << " to end\n";
  return kExitDone;
}

int Run(const Flags& flags, const Invocation& invocation) {
  if (flags.cancel) return Cancel(flags, invocation);
  v1::StartReindexRequest request;
  request.set_corpus(flags.corpus);
  request.mutable_sources()->Assign(flags.sources.begin(), flags.sources.end());
  request.set_force(flags.force);
  v1::StartReindexResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.admin().StartReindex(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (flags.watch) return Watch(invocation, response.reindex());
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out << response.reindex().reindex_id()
                             << " runs; see: kbsearch corpora\n";
  return kExitDone;
}

int RunRollback(const std::string& corpus, int64_t generation,
                const Invocation& invocation) {
  v1::RollbackCorpusRequest request;
  request.set_corpus(corpus);
  request.set_generation(generation);
  v1::RollbackCorpusResponse response;
  const auto context = invocation.connection.NewContext();
  const grpc::Status status = invocation.connection.admin().RollbackCorpus(
      context.get(), request, &response);
  if (!status.ok()) return ReportFailure(invocation, status);
  if (invocation.json) return PrintJson(invocation, response);
  invocation.environment.out << "corpus " << Printable(corpus)
                             << ": generation "
                             << response.corpus().generation() << " is live\n";
  return kExitDone;
}

}  // namespace

void DeclareReindex(CLI::App& app, ParsedLine& line) {
  auto flags = std::make_shared<Flags>();
  CLI::App* command = DeclareCommand(
      app, line, "reindex", "rebuild a corpus beside the live one (operators)",
      [flags](const Invocation& it) { return Run(*flags, it); });
  DeclareCorpus(*command, flags->corpus);
  DeclareList(*command, "--source", flags->sources,
              "files and folders on the server, instead of the last ones");
  command->add_flag("--force", flags->force,
                    "switch even when judged queries find less");
  command->add_flag("--watch", flags->watch,
                    "stay until it has ended: a bar on a terminal, else a JSON "
                    "line a step");
  command->add_flag("--cancel", flags->cancel, "end the one that is running");
}

void DeclareRollback(CLI::App& app, ParsedLine& line) {
  auto corpus = std::make_shared<std::string>();
  auto generation = std::make_shared<int64_t>(0);
  CLI::App* command =
      DeclareCommand(app, line, "rollback",
                     "make an earlier generation the live one (operators)",
                     [corpus, generation](const Invocation& it) {
                       return RunRollback(*corpus, *generation, it);
                     });
  DeclareCorpus(*command, *corpus);
  command->add_option("--generation", *generation, "default: the one before")
      ->type_name("N");
}

}  // namespace kbsearch::cli
