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
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/ranking/reranker.h"
#include "engine/search/retrieval.h"
#include "engine/search_context.h"
#include "tests/relevance/judged_lines.h"

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

void PrintFeatures(const JudgedQuery& judged, const std::string& corpus_name,
                   FeatureRecorder& recorder, SearchContext& context) {
  SearchQuery query;
  query.corpus = corpus_name;
  query.text = judged.text;
  query.languages = {judged.language};
  query.audience = Audience::kAgent;
  const std::vector<LanguageLookup> lookups = {
      {{judged.language, 1, 1},
       AnalyzeQuery(judged.text, context.analyzers.Of(judged.language)),
       {}}};
  recorder.features.clear();
  const auto found =
      Retrieve(query, lookups, LanguagePreference({judged.language}),
               kCandidates, context);
  if (!found.ok()) {
    throw std::runtime_error(judged.id + ": " + found.status().ToString());
  }
  Print(judged, lookups[0], *found, recorder);
}

int Run(const std::string& data, const std::string& corpus_name,
        const std::string& queries, int every) {
  FeatureRecorder recorder;
  int n = 0;
  return ForEachJudgedLine(
      data, corpus_name, queries, recorder,
      [&](const std::string& line, SearchContext& context) {
        if (n++ % every != 0) return;
        PrintFeatures(Parse(line), corpus_name, recorder, context);
      });
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
