// rescue_bench DATA CORPUS QUERIES.jsonl [--verbatim] [--trace] [--runs N]
//
// Puts every query ({"id","lang","text","relevant":[…]}) to its language, in
// process, warm, with 10 hits and snippets, in one thread. Prints per language
// the number of queries, MRR@10 and nDCG@10, how many were mended by which
// step, and p50 and p99 of the time, apart for the queries that were mended.
// Times are of the thread's processor, the best of N runs (3).
// --trace tells of each query its reciprocal rank, time and rewrites.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "analyzers/registry.h"
#include "engine/library.h"
#include "engine/search.h"
#include "nlohmann/json.hpp"

namespace {

using kbsearch::engine::SearchQuery;
using kbsearch::engine::SearchResult;

struct Tally {
  size_t queries = 0;
  double reciprocal = 0;
  double gain = 0;
  std::map<std::string, size_t> stages;
  std::vector<double> times;
  std::vector<double> mended_times;
};

double ThreadMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) +
         1e-6 * static_cast<double>(now.tv_nsec);
}

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(share *
                                    static_cast<double>(values.size() - 1))];
}

void Score(const SearchResult& result, const std::string& language,
           const std::set<std::string>& relevant, Tally* tally) {
  double gain = 0;
  bool first = true;
  for (size_t i = 0; i < result.hits.size() && i < 10; ++i) {
    const std::string& id = result.hits[i].article_id;
    if (relevant.count(id) == 0 && relevant.count(language + ":" + id) == 0) {
      continue;
    }
    gain += 1 / std::log2(static_cast<double>(i) + 2);
    if (first) tally->reciprocal += 1 / static_cast<double>(i + 1);
    first = false;
  }
  double ideal = 0;
  for (size_t i = 0; i < relevant.size() && i < 10; ++i) {
    ideal += 1 / std::log2(static_cast<double>(i) + 2);
  }
  if (ideal > 0) tally->gain += gain / ideal;
}

void Print(const std::string& language, const Tally& tally) {
  const auto n = static_cast<double>(tally.queries);
  std::cout << absl::StrFormat(
      "%s %6d  MRR@10 %.4f  nDCG@10 %.4f  p50 %.2f p99 %.2f ms  mended %d: "
      "p50 %.2f p99 %.2f ms",
      language, tally.queries, tally.reciprocal / n, tally.gain / n,
      Quantile(tally.times, .5), Quantile(tally.times, .99),
      tally.mended_times.size(), Quantile(tally.mended_times, .5),
      Quantile(tally.mended_times, .99));
  for (const auto& [stage, count] : tally.stages) {
    std::cout << "  " << stage << " " << count;
  }
  std::cout << "\n";
}

int Run(const std::string& data, const std::string& corpus,
        const std::string& path, bool verbatim, int runs, bool trace) {
  const auto registry = kbsearch::analyzers::Registry::Load();
  if (!registry.ok()) {
    std::cerr << registry.status() << "\n";
    return 1;
  }
  const auto library = kbsearch::engine::Library::Open(data, *registry);
  if (!library.ok()) {
    std::cerr << library.status() << "\n";
    return 1;
  }
  const auto searcher = (*library)->NewSearcher();
  std::map<std::string, Tally> tallies;
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json judged = nlohmann::json::parse(line);
    SearchQuery query;
    query.corpus = corpus;
    query.text = judged["text"];
    query.language = judged["lang"];
    query.languages = {query.language};
    query.verbatim = verbatim;
    double best = std::numeric_limits<double>::max();
    absl::StatusOr<SearchResult> result = absl::UnknownError("not run");
    for (int i = 0; i < runs; ++i) {
      const double start = ThreadMilliseconds();
      result = searcher->Search(query);
      best = std::min(best, ThreadMilliseconds() - start);
    }
    if (!result.ok()) {
      std::cerr << judged["id"] << ": " << result.status() << "\n";
      return 1;
    }
    Tally& tally = tallies[query.language];
    ++tally.queries;
    const double before = tally.reciprocal;
    Score(*result, query.language,
          judged["relevant"].get<std::set<std::string>>(), &tally);
    tally.times.push_back(best);
    if (!result->rewrites.empty()) tally.mended_times.push_back(best);
    for (const auto& rewrite : result->rewrites) {
      ++tally.stages[rewrite.stage + (rewrite.applied ? "" : "?")];
    }
    if (trace) {
      std::cout << judged["id"].get<std::string>() << "\t"
                << tally.reciprocal - before << "\t" << best << "\t"
                << query.text;
      for (const auto& rewrite : result->rewrites) {
        std::cout << "\t" << rewrite.stage << ":" << rewrite.from << ">"
                  << rewrite.to << (rewrite.applied ? "" : "?");
      }
      std::cout << "\n";
    }
  }
  for (const auto& [language, tally] : tallies) Print(language, tally);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  bool verbatim = false;
  bool trace = false;
  int runs = 3;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--verbatim") {
      verbatim = true;
    } else if (argument == "--trace") {
      trace = true;
    } else if (argument == "--runs" && i + 1 < argc) {
      runs = std::max(1, std::atoi(argv[++i]));
    } else {
      paths.push_back(argument);
    }
  }
  if (paths.size() != 3) {
    std::cerr << "usage: rescue_bench DATA CORPUS QUERIES.jsonl [--verbatim] "
                 "[--trace] [--runs N]\n";
    return 2;
  }
  return Run(paths[0], paths[1], paths[2], verbatim, runs, trace);
}
