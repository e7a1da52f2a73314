// How long a search takes in process, one thread, warm, beside the floor that
// Xapian sets in the same run: the same words ORed, ten documents read, nothing
// else.
//
//   search_bench DATA CORPUS QUERIES.jsonl [EVERY]
//
// Every EVERY-th of the judged queries (all) is put to its own language, ten
// hits with snippets, three times; the last two count. Times are of the
// thread's own processor time, so that a busy machine disturbs them little.

#include <time.h>
#include <xapian.h>

#include <algorithm>
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
#include "engine/generations/generations.h"
#include "engine/index/open_corpus.h"
#include "engine/index/schema.h"
#include "engine/index/snapshot.h"
#include "engine/library.h"
#include "engine/query/query_words.h"

namespace kbsearch::engine {
namespace {

struct Query {
  std::string language;
  std::string text;
};

std::vector<Query> ReadQueries(const char* path, int every) {
  std::vector<Query> queries;
  std::ifstream lines(path);
  std::string line;
  for (int n = 0; std::getline(lines, line); ++n) {
    if (line.empty() || n % every != 0) continue;
    const nlohmann::json json = nlohmann::json::parse(line);
    queries.push_back({json.at("lang"), json.at("text")});
  }
  return queries;
}

double MicrosecondsOf(const std::function<void()>& call) {
  const auto now = [] {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 +
           static_cast<double>(time.tv_nsec) / 1e3;
  };
  const double start = now();
  call();
  return now() - start;
}

using Times = std::map<std::string, std::vector<double>>;  // by language

Times Measure(const std::vector<Query>& queries,
              const std::function<void(const Query&)>& call) {
  Times times;
  for (int round = 0; round < 3; ++round) {
    for (const Query& query : queries) {
      const double time = MicrosecondsOf([&] { call(query); });
      if (round == 0) continue;
      times[query.language].push_back(time);
      times["all"].push_back(time);
    }
  }
  return times;
}

void Print(const char* name, Times times) {
  for (auto& [language, values] : times) {
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
      return values[static_cast<size_t>(
          share * static_cast<double>(values.size() - 1))];
    };
    std::printf("%-8s %-4s p50 %7.0f us  p99 %7.0f us  worst %7.0f us  %zu\n",
                name, language.c_str(), at(0.5), at(0.99), values.back(),
                values.size());
  }
}

// Ten documents of any of the words, and their data.
void AskXapian(const QueryWords& words, Xapian::Database& database) {
  std::vector<std::string> terms;
  for (const QueryWord& word : words.words) {
    for (const std::string& lemma : word.lemmas) {
      terms.push_back(TextTerm(kFields[kAll].lemma_prefix, lemma));
    }
  }
  Xapian::Enquire enquire(database);
  enquire.set_query(
      Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
  const Xapian::MSet matches = enquire.get_mset(0, 10);
  size_t bytes = 0;
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    bytes += match.get_document().get_value(kRecordSlot).size();
  }
  if (bytes == 1) std::abort();  // keeps the reading
}

int Run(const std::string& data, const std::string& name,
        const std::vector<Query>& queries) {
  const auto registry = analyzers::Registry::Load();
  if (!registry.ok()) {
    std::cerr << registry.status() << "\n";
    return 1;
  }
  const auto library = Library::Open(data, *registry);
  const auto generation = ReadCurrent(data, name);
  if (!library.ok() || !generation.ok()) {
    std::cerr << library.status() << " " << generation.status() << "\n";
    return 1;
  }
  const std::unique_ptr<Searcher> searcher = (*library)->NewSearcher();
  Print("search", Measure(queries, [&](const Query& query) {
          SearchQuery search;
          search.corpus = name;
          search.text = query.text;
          search.language = query.language;
          search.languages = {query.language};
          const auto result = searcher->Search(search);
          if (!result.ok()) std::cerr << result.status() << "\n";
        }));

  OpenCorpus corpus(*LoadSnapshot(data, name, *generation));
  std::map<std::string, std::unique_ptr<analyzers::Analyzer>> analyzers;
  Print("floor", Measure(queries, [&](const Query& query) {
          auto& analyzer = analyzers[query.language];
          if (analyzer == nullptr) {
            analyzer = (*registry)->NewAnalyzer(query.language);
          }
          Xapian::Database* database =
              corpus.Find(query.language, Audience::kPublic);
          if (database == nullptr) return;
          AskXapian(AnalyzeQuery(query.text, *analyzer), *database);
        }));
  return 0;
}

}  // namespace
}  // namespace kbsearch::engine

int main(int argc, char** argv) {
  if (argc < 4 || argc > 5) {
    std::cerr << "usage: search_bench DATA CORPUS QUERIES.jsonl [EVERY]\n";
    return 2;
  }
  try {
    return kbsearch::engine::Run(
        argv[1], argv[2],
        kbsearch::engine::ReadQueries(argv[3],
                                      argc == 5 ? std::atoi(argv[4]) : 1));
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
