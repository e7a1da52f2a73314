// Speed and memory of analysis and of language identification.
//   analyze_bench [--corpus=FILE.jsonl|FOLDER] [Google Benchmark's own flags]
// The corpus is article JSONL (docs/formats.md) or lines {"lang","title",
// "text"}, in a file or in the .jsonl files of a folder; without one, the
// project's sample corpus.
//
// Running text is analysed article by article, as by the indexer: Cold begins
// with an analyzer that has seen nothing, Warm has seen the text once. A query
// is four words that follow each other in the corpus; Cold asks an analyzer
// that has seen none of them.
#include <benchmark/benchmark.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/registry.h"
#include "base/file.h"

namespace kbsearch::analyzers {
namespace {

using Articles = std::vector<std::string>;

// Processor time of this thread: a busy machine does not count.
double ThreadSeconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

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

std::string Field(const nlohmann::json& record, const char* name,
                  const char* other) {
  return record.value(name, record.value(other, std::string()));
}

[[noreturn]] void Fail(const std::string& path, std::string_view reason) {
  std::cerr << "analyze_bench: " << path << ": " << reason << "\n";
  std::exit(1);
}

void AddJsonLines(const std::string& path,
                  std::map<std::string, Articles>* corpus) {
  std::ifstream file(path);
  if (!file) Fail(path, "cannot be read");
  for (std::string line; std::getline(file, line);) {
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (record.is_discarded()) continue;
    (*corpus)[Field(record, "language", "lang")].push_back(
        Field(record, "title", "id") + "\n" + Field(record, "body", "text"));
  }
}

std::map<std::string, Articles> ReadJsonLines(const std::string& path) {
  std::map<std::string, Articles> corpus;
  if (std::filesystem::is_directory(path)) {
    for (const auto& file : std::filesystem::directory_iterator(path)) {
      if (file.path().extension() == ".jsonl") {
        AddJsonLines(file.path(), &corpus);
      }
    }
  } else {
    AddJsonLines(path, &corpus);
  }
  if (corpus.empty()) {
    Fail(path, "no articles; name a .jsonl file of articles or their folder");
  }
  return corpus;
}

// content/<code>/ holds a file an article.
std::map<std::string, Articles> ReadSampleCorpus() {
  std::map<std::string, Articles> corpus;
  const std::filesystem::path content = KBSEARCH_SAMPLE_CORPUS;
  for (const auto& folder : std::filesystem::directory_iterator(content)) {
    if (!folder.is_directory()) continue;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (auto text = ReadFile(file.path()); text.ok()) {
        corpus[folder.path().filename()].push_back(*std::move(text));
      }
    }
  }
  return corpus;
}

size_t Bytes(const Articles& articles) {
  size_t bytes = 0;
  for (const std::string& article : articles) bytes += article.size();
  return bytes;
}

// Every k-th run of four words.
std::vector<std::string> Queries(const Articles& articles) {
  constexpr size_t kQueries = 500;
  std::vector<std::string> runs;
  for (const std::string& article : articles) {
    std::istringstream words(article);
    std::string a, b, c, d;
    while (words >> a >> b >> c >> d) {
      runs.push_back(a + " " + b + " " + c + " " + d);
    }
  }
  std::shuffle(runs.begin(), runs.end(), std::mt19937(1));
  if (runs.size() > kQueries) runs.resize(kQueries);
  return runs;
}

void SetSpeed(benchmark::State& state, const Articles& articles) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(Bytes(articles)));
}

void AnalyzeAll(const Articles& articles, Analyzer& analyzer) {
  for (const std::string& article : articles) {
    benchmark::DoNotOptimize(analyzer.Analyze(article));
  }
}

void TextCold(benchmark::State& state, const std::string& code,
              const Articles& articles) {
  for (auto _ : state) {
    const auto analyzer = SharedRegistry().NewAnalyzer(code);
    AnalyzeAll(articles, *analyzer);
  }
  SetSpeed(state, articles);
}

void TextWarm(benchmark::State& state, const std::string& code,
              const Articles& articles) {
  const auto analyzer = SharedRegistry().NewAnalyzer(code);
  AnalyzeAll(articles, *analyzer);
  for (auto _ : state) AnalyzeAll(articles, *analyzer);
  SetSpeed(state, articles);
}

void QueryWarm(benchmark::State& state, const std::string& code,
               const std::vector<std::string>& queries) {
  const auto analyzer = SharedRegistry().NewAnalyzer(code);
  AnalyzeAll(queries, *analyzer);
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(analyzer->Analyze(queries[i++ % queries.size()]));
  }
}

void QueryCold(benchmark::State& state, const std::string& code,
               const std::vector<std::string>& queries) {
  size_t i = 0;
  for (auto _ : state) {
    const auto analyzer = SharedRegistry().NewAnalyzer(code);
    const std::string& query = queries[i++ % queries.size()];
    const double start = ThreadSeconds();
    benchmark::DoNotOptimize(analyzer->Analyze(query));
    state.SetIterationTime(ThreadSeconds() - start);
  }
}

void IdentifyQuery(benchmark::State& state,
                   const std::vector<std::string>& queries) {
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        SharedRegistry().identifier().Identify(queries[i++ % queries.size()]));
  }
}

void LoadRegistry(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Registry::Load());
}

void Register(const std::map<std::string, Articles>& corpus) {
  using benchmark::RegisterBenchmark;
  RegisterBenchmark("Load", LoadRegistry)->Unit(benchmark::kMillisecond);
  for (const auto& [code, articles] : corpus) {
    if (!SharedRegistry().Knows(code)) continue;
    const std::vector<std::string> queries = Queries(articles);
    if (queries.empty()) continue;
    RegisterBenchmark(("TextCold/" + code).c_str(), TextCold, code, articles)
        ->Unit(benchmark::kMillisecond);
    RegisterBenchmark(("TextWarm/" + code).c_str(), TextWarm, code, articles)
        ->Unit(benchmark::kMillisecond);
    RegisterBenchmark(("QueryCold/" + code).c_str(), QueryCold, code, queries)
        ->Unit(benchmark::kMicrosecond)
        ->UseManualTime()
        ->Iterations(static_cast<int64_t>(queries.size()));
    RegisterBenchmark(("QueryWarm/" + code).c_str(), QueryWarm, code, queries)
        ->Unit(benchmark::kMicrosecond);
    RegisterBenchmark(("Identify/" + code).c_str(), IdentifyQuery, queries)
        ->Unit(benchmark::kMicrosecond);
  }
}

// What the language resources take of the address space and of memory.
void PrintMemory() {
  std::ifstream maps("/proc/self/smaps");
  bool resource = false;
  double mapped = 0;
  double resident = 0;
  double process = 0;
  for (std::string line; std::getline(maps, line);) {
    std::istringstream fields(line);
    std::string name;
    double kilobytes = 0;
    fields >> name >> kilobytes;
    if (name.find('-') != std::string::npos) {
      resource = line.ends_with(".bin");
    } else if (name == "Size:" && resource) {
      mapped += kilobytes;
    } else if (name == "Rss:") {
      process += kilobytes;
      if (resource) resident += kilobytes;
    }
  }
  std::cout << "tables: " << mapped / 1024 << " MB mapped, " << resident / 1024
            << " MB of them resident; the process " << process / 1024
            << " MB with the corpus and the benchmarks' caches\n";
}

}  // namespace
}  // namespace kbsearch::analyzers

int main(int argc, char** argv) {
  using kbsearch::analyzers::Articles;
  constexpr std::string_view kCorpusFlag = "--corpus=";
  std::vector<char*> rest;
  std::string path;
  for (int i = 0; i < argc; ++i) {
    if (std::string_view(argv[i]).starts_with(kCorpusFlag)) {
      path = argv[i] + kCorpusFlag.size();
    } else {
      rest.push_back(argv[i]);
    }
  }
  int count = static_cast<int>(rest.size());
  benchmark::Initialize(&count, rest.data());
  if (benchmark::ReportUnrecognizedArguments(count, rest.data())) return 2;
  const std::map<std::string, Articles> corpus =
      path.empty() ? kbsearch::analyzers::ReadSampleCorpus()
                   : kbsearch::analyzers::ReadJsonLines(path);
  kbsearch::analyzers::Register(corpus);
  benchmark::RunSpecifiedBenchmarks();
  kbsearch::analyzers::PrintMemory();
  return 0;
}
