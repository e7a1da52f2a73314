// How long suggestions for tickets and related articles take in process, one
// thread, warm.
//
//   suggest_bench DATA CORPUS QUERIES.jsonl [EVERY]
//
// Of every EVERY-th judged query (all) a ticket of about 120 words is made: the
// query for a subject, a greeting, the text of other queries of its language
// until there are 120 words, a closing. Each is asked three times; the last two
// count. "cpu" is the thread's own processor time, which a busy machine
// disturbs little, "wall" what a caller waits. Related articles are asked of
// the first article that each query wants.

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analyzers/registry.h"
#include "engine/library.h"
#include "engine/suggestion/suggestion.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kTicketWords = 120;

struct Query {
  std::string language;
  std::string text;
  std::string wanted;
};

std::vector<Query> ReadQueries(const char* path) {
  std::vector<Query> queries;
  std::ifstream lines(path);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.empty()) continue;
    const nlohmann::json json = nlohmann::json::parse(line);
    queries.push_back(
        {json.at("lang"), json.at("text"), json.at("relevant").at(0)});
  }
  return queries;
}

size_t CountWords(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

std::string BodyFor(size_t index, const std::vector<Query>& queries) {
  std::string body = "Hello,\n\n";
  size_t words = 1;
  // A stride that meets other articles than the neighbours of the query.
  constexpr size_t kStride = 97;
  for (size_t n = 0; n < queries.size() && words < kTicketWords; ++n) {
    const Query& other = queries[(index + n * kStride) % queries.size()];
    if (other.language != queries[index].language) continue;
    body += other.text + ". ";
    words += CountWords(other.text);
  }
  return body + "\n\nKind regards,\nA. B.";
}

struct Times {
  std::vector<double> cpu;  // microseconds
  std::vector<double> wall;
};

// Appends the times of `call` to each of the tables, if they count.
void Measure(const std::function<void()>& call, bool counts,
             const std::vector<Times*>& tables) {
  const auto cpu_now = [] {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 +
           static_cast<double>(time.tv_nsec) / 1e3;
  };
  const auto wall_start = std::chrono::steady_clock::now();
  const double cpu_start = cpu_now();
  call();
  const double cpu = cpu_now() - cpu_start;
  const std::chrono::duration<double, std::micro> wall =
      std::chrono::steady_clock::now() - wall_start;
  if (!counts) return;
  for (Times* times : tables) {
    times->cpu.push_back(cpu);
    times->wall.push_back(wall.count());
  }
}

void Print(const std::string& name, const std::string& language,
           std::vector<double> values, const char* clock) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<size_t>(share *
                                      static_cast<double>(values.size() - 1))];
  };
  std::printf(
      "%-8s %-4s %-4s p50 %7.0f us  p99 %7.0f us  worst %7.0f us  %zu\n",
      name.c_str(), language.c_str(), clock, at(0.5), at(0.99), values.back(),
      values.size());
}

int Run(const std::string& data, const std::string& corpus, const char* path,
        size_t every) {
  const auto registry = analyzers::Registry::Load();
  if (!registry.ok()) {
    std::cerr << registry.status() << "\n";
    return 1;
  }
  const auto library = Library::Open(data, *registry);
  if (!library.ok()) {
    std::cerr << library.status() << "\n";
    return 1;
  }
  const std::unique_ptr<Searcher> searcher = (*library)->NewSearcher();
  const std::vector<Query> queries = ReadQueries(path);
  std::map<std::string, Times> suggest;  // by language
  std::map<std::string, Times> related;
  for (int round = 0; round < 3; ++round) {
    for (size_t i = 0; i < queries.size(); i += every) {
      SuggestQuery ticket;
      ticket.corpus = corpus;
      ticket.subject = queries[i].text;
      ticket.body = BodyFor(i, queries);
      ticket.language = queries[i].language;
      RelatedQuery article;
      article.corpus = corpus;
      article.article_id = queries[i].wanted;
      article.language = queries[i].language;
      const std::string& language = queries[i].language;
      Measure(
          [&] {
            const auto result = searcher->Suggest(ticket);
            if (!result.ok()) std::cerr << result.status() << "\n";
          },
          round > 0, {&suggest[language], &suggest["all"]});
      Measure(
          [&] {
            const auto result = searcher->Related(article);
            if (!result.ok()) std::cerr << result.status() << "\n";
          },
          round > 0, {&related[language], &related["all"]});
    }
  }
  for (const auto& [name, table] :
       {std::pair("suggest", &suggest), std::pair("related", &related)}) {
    for (const auto& [language, times] : *table) {
      Print(name, language, times.cpu, "cpu");
      Print(name, language, times.wall, "wall");
    }
  }
  return 0;
}

}  // namespace
}  // namespace kbsearch::engine

int main(int argc, char** argv) {
  if (argc < 4 || argc > 5) {
    std::cerr << "usage: suggest_bench DATA CORPUS QUERIES.jsonl [EVERY]\n";
    return 2;
  }
  try {
    return kbsearch::engine::Run(
        argv[1], argv[2], argv[3],
        argc == 5 ? static_cast<size_t>(std::atoi(argv[4])) : 1);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
