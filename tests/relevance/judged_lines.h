// What the tools that print features share: the judged lines of a file, each
// with a search context over a corpus' live generation.
#ifndef KBSEARCH_TESTS_RELEVANCE_JUDGED_LINES_H_
#define KBSEARCH_TESTS_RELEVANCE_JUDGED_LINES_H_

#include <fstream>
#include <iostream>
#include <string>

#include "analyzers/registry.h"
#include "engine/generations/generations.h"
#include "engine/index/open_corpus.h"
#include "engine/index/snapshot.h"
#include "engine/ranking/reranker.h"
#include "engine/search_context.h"

namespace kbsearch::engine {

// Calls each(line, context) for the lines of `path` that are not empty; hits
// are put in order by `reranker`. The exit status of the program.
template <class Each>
int ForEachJudgedLine(const std::string& data, const std::string& corpus_name,
                      const std::string& path, Reranker& reranker,
                      const Each& each) {
  const auto registry = analyzers::Registry::Load();
  const auto generation = ReadCurrent(data, corpus_name);
  if (!registry.ok() || !generation.ok()) {
    std::cerr << registry.status() << " " << generation.status() << "\n";
    return 1;
  }
  const auto snapshot = LoadSnapshot(data, corpus_name, *generation);
  if (!snapshot.ok()) {
    std::cerr << snapshot.status() << "\n";
    return 1;
  }
  OpenCorpus corpus(*snapshot);
  AnalyzerSet analyzers(*registry);
  SearchContext context{corpus, analyzers, reranker};
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) each(line, context);
  }
  return 0;
}

}  // namespace kbsearch::engine

#endif  // KBSEARCH_TESTS_RELEVANCE_JUDGED_LINES_H_
