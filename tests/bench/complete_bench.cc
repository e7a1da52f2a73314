// How long completions take in process, one thread, warm.
//
//   complete_bench DATA CORPUS QUERIES.jsonl [EVERY]
//
// Every EVERY-th (20th) of the judged queries is typed key by key, from the
// first key on, in its own language as the user's, as it stands and with a slip
// (its fourth and fifth letters swapped). Three times are measured: completions
// with only the query's language allowed, with all languages, and with instant
// hits. Of each call the time of the thread's own processor and the time on the
// wall; the faster of two rounds counts, after one to warm up.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/characters.h"
#include "analyzers/registry.h"
#include "engine/library.h"
#include "engine/search.h"

namespace {

using kbsearch::engine::AutocompleteQuery;
using kbsearch::engine::Searcher;

struct Typing {
  std::string language;
  std::string prefix;
};

struct Times {
  std::vector<double> processor, wall;  // microseconds
};

double Microseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return 1e6 * static_cast<double>(now.tv_sec) +
         1e-3 * static_cast<double>(now.tv_nsec);
}

void AddKeys(const std::string& language, const std::u32string& text,
             std::vector<Typing>* typings) {
  for (size_t keys = 1; keys <= text.size(); ++keys) {
    typings->push_back(
        {language, kbsearch::analyzers::ToUtf8(text.substr(0, keys))});
  }
}

// As they stand, then with a slip.
std::pair<std::vector<Typing>, std::vector<Typing>> ReadTypings(
    const char* path, int every) {
  std::vector<Typing> clean, slipped;
  std::ifstream lines(path);
  std::string line;
  for (int n = 0; std::getline(lines, line); ++n) {
    if (line.empty() || n % every != 0) continue;
    const nlohmann::json json = nlohmann::json::parse(line);
    std::u32string text =
        kbsearch::analyzers::ToUtf32(json.at("text").get<std::string>());
    const std::string language = json.at("lang");
    AddKeys(language, text, &clean);
    if (text.size() < 5) continue;
    std::swap(text[3], text[4]);
    AddKeys(language, text, &slipped);
  }
  return {std::move(clean), std::move(slipped)};
}

Times Measure(const std::string& corpus, const std::vector<Typing>& typings,
              bool all_languages, int hits, Searcher& searcher) {
  Times times;
  times.processor.assign(typings.size(), 1e12);
  times.wall.assign(typings.size(), 1e12);
  for (int round = 0; round < 3; ++round) {
    for (size_t i = 0; i < typings.size(); ++i) {
      AutocompleteQuery query;
      query.corpus = corpus;
      query.prefix = typings[i].prefix;
      query.language = typings[i].language;
      if (!all_languages) query.languages = {typings[i].language};
      query.max_hits = hits;
      const double wall = Microseconds(CLOCK_MONOTONIC);
      const double processor = Microseconds(CLOCK_THREAD_CPUTIME_ID);
      const auto result = searcher.Autocomplete(query);
      const double used = Microseconds(CLOCK_THREAD_CPUTIME_ID) - processor;
      const double passed = Microseconds(CLOCK_MONOTONIC) - wall;
      if (!result.ok()) {
        std::cerr << query.prefix << ": " << result.status() << "\n";
        std::exit(1);
      }
      if (round == 0) continue;
      times.processor[i] = std::min(times.processor[i], used);
      times.wall[i] = std::min(times.wall[i], passed);
    }
  }
  return times;
}

void Print(const char* name, const char* clock, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<size_t>(share *
                                     static_cast<double>(times.size() - 1))];
  };
  std::printf("%-24s %-9s p50 %7.0f us  p99 %7.0f us  worst %7.0f us  %zu\n",
              name, clock, at(0.5), at(0.99), times.back(), times.size());
}

void Report(const char* name, const Times& times) {
  if (times.processor.empty()) return;
  Print(name, "processor", times.processor);
  Print(name, "wall", times.wall);
}

int Run(const std::string& data, const std::string& corpus, const char* queries,
        int every) {
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
  const auto [clean, slipped] = ReadTypings(queries, every);
  Report("own language", Measure(corpus, clean, false, 0, *searcher));
  Report("own language, slip", Measure(corpus, slipped, false, 0, *searcher));
  Report("all languages", Measure(corpus, clean, true, 0, *searcher));
  Report("all languages, slip", Measure(corpus, slipped, true, 0, *searcher));
  Report("own language, 3 hits", Measure(corpus, clean, false, 3, *searcher));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const int every = argc == 5 ? std::atoi(argv[4]) : 20;
  if (argc < 4 || argc > 5 || every < 1) {
    std::cerr << "usage: complete_bench DATA CORPUS QUERIES.jsonl [EVERY]\n";
    return 2;
  }
  try {
    return Run(argv[1], argv[2], argv[3], every);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
