// Speed of analysis and of language identification.
//   KBSEARCH_BENCH_TEXT=FOLDER   analyses FOLDER/<code>.txt (plain text) too
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include "analyzers/registry.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

const Registry& SharedRegistry() {
  static const std::shared_ptr<const Registry> registry = [] {
    absl::StatusOr<std::shared_ptr<const Registry>> loaded = Registry::Load();
    if (!loaded.ok()) {
      std::cerr << loaded.status() << "\n";
      std::exit(1);
    }
    return *std::move(loaded);
  }();
  return *registry;
}

constexpr std::string_view kCodes[] = {"el", "fr", "nl", "ru", "en"};

// A query of four words in each language.
std::string_view Query(std::string_view code) {
  if (code == "el") return "ακύρωση παραγγελίας επιστροφή χρημάτων";
  if (code == "fr") return "annuler commande rembourser paiement";
  if (code == "nl") return "klantenservice wachtwoord vergeten herstellen";
  if (code == "ru") return "отменить заказ вернуть деньги";
  return "cancel order refund payment";
}

// The language's file of the given folder, or its query many times over.
std::string Text(std::string_view code) {
  if (const char* folder = std::getenv("KBSEARCH_BENCH_TEXT")) {
    const auto text =
        ReadFile(std::string(folder) + "/" + std::string(code) + ".txt");
    if (text.ok()) return *text;
    std::cerr << text.status() << "\n";
  }
  std::string text;
  while (text.size() < (1U << 20)) {
    text += Query(code);
    text += ".\n";
  }
  return text;
}

void BM_AnalyzeText(benchmark::State& state) {
  const std::string_view code = kCodes[state.range(0)];
  const std::string text = Text(code);
  const auto analyzer = SharedRegistry().NewAnalyzer(code);
  size_t tokens = 0;
  for (auto _ : state) {
    // Articles are a few kilobytes each.
    for (size_t i = 0; i < text.size(); i += 4096) {
      tokens +=
          analyzer->Analyze(std::string_view(text).substr(i, 4096)).size();
    }
  }
  state.SetLabel(std::string(code));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(text.size()));
  state.counters["tokens/s"] = benchmark::Counter(static_cast<double>(tokens),
                                                  benchmark::Counter::kIsRate);
}
BENCHMARK(BM_AnalyzeText)->DenseRange(0, 4)->Unit(benchmark::kMillisecond);

void BM_AnalyzeQuery(benchmark::State& state) {
  const std::string_view code = kCodes[state.range(0)];
  const auto analyzer = SharedRegistry().NewAnalyzer(code);
  for (auto _ : state) {
    benchmark::DoNotOptimize(analyzer->Analyze(Query(code)));
  }
  state.SetLabel(std::string(code));
}
BENCHMARK(BM_AnalyzeQuery)->DenseRange(0, 4)->Unit(benchmark::kMicrosecond);

// The first sight of each word: nothing is in the cache.
void BM_AnalyzeQueryCold(benchmark::State& state) {
  const std::string_view code = kCodes[state.range(0)];
  for (auto _ : state) {
    state.PauseTiming();
    const auto analyzer = SharedRegistry().NewAnalyzer(code);
    state.ResumeTiming();
    benchmark::DoNotOptimize(analyzer->Analyze(Query(code)));
  }
  state.SetLabel(std::string(code));
}
BENCHMARK(BM_AnalyzeQueryCold)
    ->DenseRange(0, 4)
    ->Unit(benchmark::kMicrosecond)
    ->Iterations(500);

void BM_IdentifyQuery(benchmark::State& state) {
  const std::string_view code = kCodes[state.range(0)];
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        SharedRegistry().identifier().Identify(Query(code)));
  }
  state.SetLabel(std::string(code));
}
BENCHMARK(BM_IdentifyQuery)->DenseRange(0, 4)->Unit(benchmark::kMicrosecond);

void BM_LoadRegistry(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Registry::Load());
}
BENCHMARK(BM_LoadRegistry)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kbsearch::analyzers

BENCHMARK_MAIN();
