#include "indexer/build_command.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <iostream>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "analyzers/registry.h"
#include "engine/generation_builder.h"
#include "indexer/ingest.h"
#include "indexer/progress.h"
#include "indexer/report.h"
#include "indexer/source_walk.h"
#include "indexer/summary.h"

namespace kbsearch::indexer {
namespace {

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

// False: the language is not one of ours.
bool MakeReaderOptions(const Settings& settings,
                       std::shared_ptr<const analyzers::Registry> registry,
                       ReaderOptions* options) {
  for (const analyzers::LanguageInfo& language : registry->languages()) {
    if (!options->known_languages.empty()) options->known_languages += ", ";
    options->known_languages += language.code;
  }
  if (settings.language != "auto") {
    options->default_language = registry->Normalize(settings.language);
    if (options->default_language.empty()) return false;
  }
  options->format = ParseFormat(settings.format);
  options->jobs = settings.jobs;
  for (const std::string& pair : settings.columns) {
    const size_t equals = pair.find('=');
    options->columns[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  options->identify = [registry](std::string_view text) {
    const auto guesses = registry->identifier().Identify(text);
    return guesses.empty() ? std::pair<std::string, double>()
                           : std::pair(guesses.front().language,
                                       guesses.front().probability);
  };
  options->normalize_language = [registry](std::string_view code) {
    return registry->Normalize(code);
  };
  return true;
}

int BuildFromSources(const Settings& settings, const WalkResult& sources,
                     const ReaderOptions& options,
                     std::shared_ptr<const analyzers::Registry> registry,
                     Report& report) {
  engine::GenerationBuilder::Options build_options;
  build_options.data_dir = settings.data;
  build_options.corpus = settings.corpus;
  build_options.jobs = settings.jobs;
  build_options.prune = settings.prune;
  build_options.reanalyze = settings.reanalyze;
  build_options.dry_run = settings.dry_run;
  auto builder = engine::GenerationBuilder::Create(build_options, registry);
  if (!builder.ok()) {
    return Fail(builder.status(), absl::IsInvalidArgument(builder.status())
                                      ? kExitUsage
                                      : kExitFailed);
  }
  const bool on_terminal = ::isatty(STDOUT_FILENO) == 1;
  const std::unique_ptr<Progress> progress =
      on_terminal ? NewTerminalProgress(std::cout) : NewJsonProgress(std::cout);
  CatchSignals();
  const absl::StatusOr<IngestResult> result =
      Ingest(sources, options, **builder, report, *progress, stop_requested);
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

}  // namespace

int RunBuild(const Settings& settings) {
  auto registry = analyzers::Registry::Load();
  if (!registry.ok()) return Fail(registry.status(), kExitFailed);
  ReaderOptions options;
  if (!MakeReaderOptions(settings, *registry, &options)) {
    return Fail(absl::InvalidArgumentError(absl::StrCat(
                    "--language ", settings.language, " is not known: use ",
                    options.known_languages, " or auto")),
                kExitUsage);
  }
  auto report = Report::Create(settings.report);
  if (!report.ok()) return Fail(report.status(), kExitUsage);
  WalkResult sources;
  const absl::Status walked = WalkSources(
      settings.sources, ParseFormat(settings.format),
      [&report](ReportItem item) { (*report)->Add(item); }, &sources);
  if (!walked.ok()) return Fail(walked, kExitUsage);
  return BuildFromSources(settings, sources, options, *registry, **report);
}

}  // namespace kbsearch::indexer
