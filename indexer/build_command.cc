#include "indexer/build_command.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "analyzers/registry.h"
#include "engine/generations/generation_builder.h"
#include "engine/generations/generations.h"
#include "indexer/gate.h"
#include "indexer/ingest.h"
#include "indexer/progress.h"
#include "indexer/reader_options.h"
#include "indexer/sources/report.h"
#include "indexer/sources/source_walk.h"
#include "indexer/summary.h"

namespace kbsearch::indexer {
namespace {

constexpr int kBackgroundNice = 15;
constexpr uint64_t kBackgroundSliceNs = 10'000'000;

// The kernel's sched_attr; <linux/sched/types.h> and <sched.h> exclude each
// other in Debian 12.
struct SchedulingAttributes {
  uint32_t size = sizeof(SchedulingAttributes);
  uint32_t policy = 0;
  uint64_t flags = 0;
  int32_t nice = 0;
  uint32_t priority = 0;
  uint64_t runtime = 0;  // of a slice, in nanoseconds
  uint64_t deadline = 0;
  uint64_t period = 0;
};

// A signal handler reaches nothing but globals.
std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void CatchSignals() {
  struct sigaction action {};
  action.sa_handler = [](int) { stop_requested.store(true); };
  action.sa_flags = SA_RESETHAND;  // the second one kills
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int Fail(const absl::Status& status, int exit_status) {
  std::cerr << "kbsearch-indexer: " << status.message() << "\n";
  return exit_status;
}

// Leaves processor and disk to others, and does not outlive the program that
// started this.
void GoToBackground() {
  const pid_t parent = ::getppid();
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) stop_requested.store(true);  // gone already
  // Searches wake up for a millisecond or two. Since Linux 6.12 whoever has the
  // shorter slice need not wait for the end of ours; before, they never did.
  SchedulingAttributes attributes;
  attributes.policy = SCHED_BATCH;
  attributes.nice = kBackgroundNice;
  attributes.runtime = kBackgroundSliceNs;
  if (::syscall(SYS_sched_setattr, 0, &attributes, 0) != 0) {
    ::setpriority(PRIO_PROCESS, 0, kBackgroundNice);
  }
  // The idle class: the disk, when nobody else wants it.
  constexpr int kWhoProcess = 1;
  constexpr int kIdleClass = 3 << 13;
  ::syscall(SYS_ioprio_set, kWhoProcess, 0, kIdleClass);
}

void WriteJsonLine(const nlohmann::ordered_json& line) {
  std::cout << line.dump(-1, ' ', false,
                         nlohmann::ordered_json::error_handler_t::replace)
            << std::endl;
}

// What a server that waits for it reads, too.
int FailToBegin(const Settings& settings, const absl::Status& status,
                int exit_status) {
  if (settings.background) {
    WriteJsonLine({{"phase", "failed"},
                   {"corpus", settings.corpus},
                   {"error", std::string(status.message())}});
  }
  return Fail(status, exit_status);
}

void ShowGate(const GateReport& report) {
  for (const GateReport::Measure& measure : report.measures) {
    std::cout << absl::StrFormat(
        "  judged %s: %d queries, nDCG@10 %.3f, was %.3f\n", measure.language,
        measure.queries, measure.after, measure.before);
  }
  if (report.searches_timed > 0) {
    std::cout << absl::StrFormat(
        "  speed: 95 of 100 searches take up to %.1f ms, was %.1f (%d searches "
        "timed in each)\n",
        report.p95_after, report.p95_before, report.searches_timed);
  } else {
    std::cout << "  speed: too few searches could be timed to compare it\n";
  }
  for (const GateReport::Change& change : report.changes) {
    std::cout << absl::StrFormat(
        "    %+.3f  %s  %s (rank %d, was %d)\n", change.after - change.before,
        change.language, change.text, change.rank_after, change.rank_before);
  }
}

// Compares the finished generation with the live one; not OK: no switch.
absl::Status PassGate(const Settings& settings, uint64_t generation,
                      bool on_terminal,
                      std::shared_ptr<const analyzers::Registry> registry) {
  if (stop_requested) return absl::CancelledError("interrupted");
  const absl::StatusOr<uint64_t> live =
      engine::ReadCurrent(settings.data, settings.corpus);
  if (!live.ok()) return absl::OkStatus();  // the first, or none to compare
  if (!on_terminal) WriteJsonLine({{"phase", "verify"}});
  const absl::StatusOr<std::optional<GateReport>> report =
      RunGate(settings.data, settings.corpus, *live, generation,
              {settings.max_ndcg_fall, settings.max_slower}, registry);
  if (!report.ok()) {
    // The live one may be what is to be replaced because it is damaged.
    if (settings.force || absl::IsDataLoss(report.status())) {
      return absl::OkStatus();
    }
    return report.status();
  }
  if (!report->has_value()) return absl::OkStatus();
  if (on_terminal) {
    ShowGate(**report);
  } else {
    WriteJsonLine({{"phase", "verify"}, {"gate", ToJson(**report)}});
  }
  if ((*report)->reasons.empty() || settings.force) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the new generation did not pass the gate: ",
                   absl::StrJoin((*report)->reasons, "; "),
                   "; the live one stays; --force switches all the same"));
}

// The result of a build that reads nothing but the log.
absl::StatusOr<IngestResult> TakeChangesOnly(
    engine::GenerationBuilder& builder) {
  const auto begin = std::chrono::steady_clock::now();
  absl::StatusOr<engine::GenerationBuilder::Stats> stats = builder.Publish();
  if (!stats.ok()) return stats.status();
  stats->vanished.clear();  // nobody has looked
  IngestResult result;
  result.stats = *std::move(stats);
  result.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
          .count();
  return result;
}

absl::Status TellSources(const Settings& settings, uint64_t bytes,
                         engine::GenerationBuilder& builder) {
  engine::BuildSources sources;
  for (const std::string& source : settings.sources) {
    std::error_code error;
    const auto path = std::filesystem::absolute(source, error);
    sources.paths.push_back(error ? source : path.lexically_normal().string());
  }
  sources.format = settings.format;
  sources.language = settings.language;
  sources.columns = settings.columns;
  return builder.BeginSources(sources, bytes);
}

int Build(const Settings& settings, const WalkResult& sources,
          const ReaderOptions& options,
          std::shared_ptr<const analyzers::Registry> registry, Report& report) {
  const bool on_terminal = ::isatty(STDOUT_FILENO) == 1;
  engine::GenerationBuilder::Options build_options;
  build_options.data_dir = settings.data;
  build_options.corpus = settings.corpus;
  build_options.jobs = settings.jobs;
  build_options.prune = settings.prune;
  build_options.reanalyze = settings.reanalyze;
  build_options.dry_run = settings.dry_run;
  build_options.keep = static_cast<size_t>(settings.keep);
  build_options.before_switch = [&](uint64_t generation) {
    return PassGate(settings, generation, on_terminal, registry);
  };
  auto builder = engine::GenerationBuilder::Create(build_options, registry);
  if (!builder.ok()) {
    return FailToBegin(
        settings, builder.status(),
        absl::IsInvalidArgument(builder.status()) ? kExitUsage : kExitFailed);
  }
  const std::unique_ptr<Progress> progress =
      on_terminal ? NewTerminalProgress(std::cout) : NewJsonProgress(std::cout);
  absl::StatusOr<IngestResult> result = absl::UnknownError("");
  if (settings.sources.empty()) {
    result = TakeChangesOnly(**builder);
  } else if (absl::Status told =
                 TellSources(settings, sources.bytes, **builder);
             told.ok()) {
    result =
        Ingest(sources, options, **builder, report, *progress, stop_requested);
  } else {
    result = told;
  }
  const absl::Status closed = report.Close();
  if (!closed.ok()) Fail(closed, kExitFailed);
  if (!result.ok()) {
    if (!on_terminal) {
      WriteFailureJson(settings.corpus, result.status(), report, std::cout);
    }
    WriteProblems(report, std::cerr);
    return Fail(result.status(), kExitFailed);
  }
  if (on_terminal) {
    WriteSummary(settings.corpus, *result, report, std::cout);
  } else {
    WriteSummaryJson(settings.corpus, *result, report, std::cout);
  }
  return kExitDone;
}

// The sources of the last build, where none are named.
absl::Status RecallSources(Settings* settings) {
  const absl::StatusOr<uint64_t> live =
      engine::ReadCurrent(settings->data, settings->corpus);
  if (!live.ok()) return live.status();
  const absl::StatusOr<engine::Manifest> manifest = engine::ReadManifest(
      engine::GenerationFolder(settings->data, settings->corpus, *live));
  if (!manifest.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the sources of the last build are not known: ",
                     manifest.status().message(), "; name them with --source"));
  }
  settings->sources = manifest->sources.paths;
  if (settings->sources.empty()) return absl::OkStatus();
  settings->format = manifest->sources.format;
  settings->language = manifest->sources.language;
  settings->columns = manifest->sources.columns;
  return absl::OkStatus();
}

}  // namespace

int RunBuild(const Settings& given) {
  Settings settings = given;
  // Before anything is made that an interruption must remove again.
  CatchSignals();
  if (settings.background) GoToBackground();
  if (settings.command == Command::kReindex) {
    settings.reanalyze = true;
    if (settings.sources.empty()) {
      const absl::Status recalled = RecallSources(&settings);
      if (!recalled.ok()) return FailToBegin(settings, recalled, kExitFailed);
    }
  }
  if (settings.command == Command::kCompact) {
    const absl::Status known =
        engine::ReadCurrent(settings.data, settings.corpus).status();
    if (!known.ok()) return FailToBegin(settings, known, kExitFailed);
    settings.reanalyze = !settings.changes_only;
  }
  auto registry = analyzers::Registry::Load();
  if (!registry.ok())
    return FailToBegin(settings, registry.status(), kExitFailed);
  const absl::StatusOr<ReaderOptions> options =
      MakeReaderOptions(settings, *registry);
  if (!options.ok()) return FailToBegin(settings, options.status(), kExitUsage);
  auto report = Report::Create(settings.report);
  if (!report.ok()) return FailToBegin(settings, report.status(), kExitUsage);
  WalkResult sources;
  const absl::Status walked = WalkSources(
      settings.sources, ParseFormat(settings.format),
      [&report](ReportItem item) { (*report)->Add(item); }, &sources);
  if (!walked.ok()) return FailToBegin(settings, walked, kExitUsage);
  return Build(settings, sources, *options, *registry, **report);
}

}  // namespace kbsearch::indexer
