// Prints the features of the candidates of judged queries, for fit-ranking.
//
//   rank_features DATA CORPUS QUERIES.jsonl [EVERY] >features.tsv
//
// One line a candidate: query id, language, how much of a question the query is
// (QuestionShare), judged articles, 1 when the candidate is one of them, then
// the features, tab-parted; the candidates of a query in the order of
// retrieval. A query without candidates has a line with the first four fields
// only. Every EVERY-th query is taken (default: all).

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "analyzers/registry.h"
#include "engine/generations.h"
#include "engine/ranking/reranker.h"
#include "engine/retrieval.h"
#include "engine/search_context.h"
#include "engine/snapshot.h"

namespace kbsearch::engine {
namespace {

// Keeps the features in the order of retrieval and scores by it.
class FeatureRecorder : public Reranker {
 public:
  void Score(const LanguageLookup& lookup, Audience audience,
             SearchContext& context, std::span<Candidate> candidates) override {
    features = FeaturesOf(lookup, audience, context, candidates);
    for (size_t i = 0; i < candidates.size(); ++i) {
      candidates[i].score = static_cast<double>(candidates.size() - i);
    }
  }

  std::vector<RankFeatures> features;
};

constexpr size_t kCandidates = 150;

struct JudgedQuery {
  std::string id;
  std::string language;
  std::string text;
  std::set<std::string> relevant;
};

JudgedQuery Parse(const std::string& line) {
  const nlohmann::json json = nlohmann::json::parse(line);
  JudgedQuery query{json.at("id"), json.at("lang"), json.at("text"), {}};
  for (const auto& id : json.at("relevant")) query.relevant.insert(id);
  return query;
}

void Print(const JudgedQuery& judged, const LanguageLookup& lookup,
           const Candidates& found, const FeatureRecorder& recorder) {
  const auto start = [&] {
    std::printf("%s\t%s\t%.3g\t%zu", judged.id.c_str(), judged.language.c_str(),
                QuestionShare(lookup.words), judged.relevant.size());
  };
  const size_t count = std::min(found.best.size(), recorder.features.size());
  for (size_t i = 0; i < count; ++i) {
    start();
    std::printf("\t%d", judged.relevant.count(found.best[i].hit_id) != 0);
    for (const double value : recorder.features[i])
      std::printf("\t%.4g", value);
    std::printf("\n");
  }
  if (count == 0) {
    start();
    std::printf("\n");
  }
}

int Run(const std::string& data, const std::string& corpus_name,
        const std::string& queries, int every) {
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
  FeatureRecorder recorder;
  SearchContext context{corpus, analyzers, recorder};
  std::ifstream lines(queries);
  std::string line;
  for (int n = 0; std::getline(lines, line); ++n) {
    if (line.empty() || n % every != 0) continue;
    const JudgedQuery judged = Parse(line);
    SearchQuery query;
    query.corpus = corpus_name;
    query.text = judged.text;
    query.languages = {judged.language};
    query.audience = Audience::kAgent;
    const std::vector<LanguageLookup> lookups = {
        {{judged.language, 1, 1},
         AnalyzeQuery(judged.text, analyzers.Of(judged.language)),
         {}}};
    recorder.features.clear();
    const auto found =
        Retrieve(query, lookups, judged.language, kCandidates, context);
    if (!found.ok()) {
      std::cerr << judged.id << ": " << found.status() << "\n";
      return 1;
    }
    Print(judged, lookups[0], *found, recorder);
  }
  return 0;
}

}  // namespace
}  // namespace kbsearch::engine

int main(int argc, char** argv) {
  if (argc < 4 || argc > 5) {
    std::cerr << "usage: rank_features DATA CORPUS QUERIES.jsonl [EVERY]\n";
    return 2;
  }
  try {
    return kbsearch::engine::Run(argv[1], argv[2], argv[3],
                                 argc == 5 ? std::atoi(argv[4]) : 1);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
