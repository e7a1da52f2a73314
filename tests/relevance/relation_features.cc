// Prints the features of the candidates of judged articles, for fit-related.
//
//   relation_features DATA CORPUS RELATED.jsonl >features.tsv
//
// One line an article: "R", id, language, judged relatives; after it one line a
// candidate: "C", hit id, 1 when it is judged related, the features;
// tab-parted. The features are what the server scores: those of the article's
// own language and, twice, the mean of those of its translations, divided by
// three; after them those of the articles' places.

#include <cstdio>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/index/article_lookup.h"
#include "engine/index/schema.h"
#include "engine/index/stored_document.h"
#include "engine/search_context.h"
#include "engine/suggestion/article_place.h"
#include "engine/suggestion/article_relatives.h"
#include "tests/relevance/judged_lines.h"

namespace kbsearch::engine {
namespace {

using FeatureMap = std::map<std::string, RelationFeatures>;  // by hit id

constexpr double kVotes = 2;  // as related.cc

FeatureMap FeaturesIn(const RelatedQuery& query, const std::string& language,
                      SearchContext& context) {
  std::vector<std::string> ignored;
  const auto article = FindArticle(query.article_id, language, query.audience,
                                   context.corpus, &ignored);
  FeatureMap features;
  if (!article.ok()) return features;
  const Relatives relatives = FindRelatives(*article, query, language, context);
  for (size_t i = 0; i < relatives.candidates.size(); ++i) {
    features.emplace(relatives.candidates[i].hit_id, relatives.features[i]);
  }
  return features;
}

// As VoteFor of related.cc, feature by feature.
RelationFeatures Combine(const std::string& id, const RelationFeatures& own,
                         const std::map<std::string, FeatureMap>& others,
                         OpenCorpus& corpus) {
  RelationFeatures sum{};
  int votes = 0;
  for (const auto& [language, features] : others) {
    const auto found = features.find(id);
    if (found != features.end()) {
      for (size_t k = 0; k < sum.size(); ++k) sum[k] += found->second[k];
    } else if (!corpus.Find(language, Audience::kPublic)
                    ->term_exists(DocumentTerm(id, language))) {
      continue;
    }
    ++votes;
  }
  RelationFeatures all = own;
  if (votes == 0) return all;
  for (size_t k = 0; k < all.size(); ++k) {
    all[k] = (own[k] + kVotes * sum[k] / votes) / (1 + kVotes);
  }
  return all;
}

void Print(const std::string& id, const std::string& language,
           const std::set<std::string>& related, SearchContext& context) {
  RelatedQuery query;
  query.article_id = id;
  std::vector<std::string> languages =
      AvailableLanguages(id, query.audience, context.corpus);
  std::map<std::string, FeatureMap> others;
  for (const std::string& other : languages) {
    if (other != language) others[other] = FeaturesIn(query, other, context);
  }
  std::printf("R\t%s\t%s\t%zu\n", id.c_str(), language.c_str(), related.size());
  const FeatureMap found = FeaturesIn(query, language, context);
  std::vector<std::string_view> pages;
  for (const auto& [hit, own] : found) pages.push_back(PageId(hit));
  const std::vector<PlaceLikeness> places = ComparePlaces(id, pages);
  auto place = places.begin();
  for (const auto& [hit, own] : found) {
    std::printf("C\t%s\t%d", hit.c_str(), related.count(hit) != 0);
    for (const double value : Combine(hit, own, others, context.corpus)) {
      std::printf("\t%.4g", value);
    }
    std::printf("\t%.4g\t%.4g\n", place->folders, place->names);
    ++place;
  }
}

int Run(const std::string& data, const std::string& corpus_name,
        const std::string& judgements) {
  FeatureReranker reranker;
  return ForEachJudgedLine(
      data, corpus_name, judgements, reranker,
      [&](const std::string& line, SearchContext& context) {
        const nlohmann::json json = nlohmann::json::parse(line);
        std::set<std::string> related;
        for (const auto& id : json.at("related")) related.insert(id);
        Print(json.at("id"), json.at("lang"), related, context);
      });
}

}  // namespace
}  // namespace kbsearch::engine

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: relation_features DATA CORPUS RELATED.jsonl\n";
    return 2;
  }
  try {
    return kbsearch::engine::Run(argv[1], argv[2], argv[3]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
