// What ranking knows of a document beside a query: numbers from 0 to about 1
// (BM25 to about 2), on the same scale for every language and corpus.
//
// Each word of the query weighs by its rarity (idf). Sums over words are
// divided by the sum of the weights of all words of the query, found or not.
#ifndef KBSEARCH_ENGINE_RANKING_RANK_FEATURES_H_
#define KBSEARCH_ENGINE_RANKING_RANK_FEATURES_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/ranking/document_match.h"

namespace kbsearch::engine {

enum RankFeature : uint8_t {
  // BM25F (Robertson, Zaragoza, Taylor: Simple BM25 Extension to Multiple
  // Weighted Fields, 2004): one saturation over the fields' weighted counts.
  kFieldedBm25,
  // BM25 that holds long documents back more.
  kShortBm25,
  // BM25 of the words as typed.
  kExactBm25,
  // Weight of the words found anywhere; 1 when all are.
  kCoverage,
  kExactCoverage,  // found as typed
  // F1 of the query's words in the title and the title's in the query; 1 when
  // title and query are the same words.
  kTitleEquality,
  // The same of the best paragraph, heading or list item.
  kBlockEquality,
  // Of the best heading or short line.
  kLineEquality,
  // Weight of the words that stand within 20 words of each other.
  kWindowCoverage,
  // Weight of neighbouring query words found in their order, close together.
  kOrder,
  // Found early in the text: 1 in the first words, falling with the logarithm.
  kEarliness,
  // Weight of the words found in the title or the first paragraphs.
  kIntroduction,
  // BM25 of the best paragraph alone.
  kBestPassage,
  // Mean logarithm of the words' shares: one word missing costs more than
  // another standing often can give.
  kBalance,
  // How often the words stand in the text, for its length: of each word
  // log(1 + count) / log(8 + words of the document).
  kDensity,
  // Share of the title's content words that are the query's.
  kTitlePrecision,
  kRankFeatureCount
};

using RankFeatures = std::array<double, kRankFeatureCount>;

// "fielded_bm25", …: for people and for the tools that fit weights.
std::string_view RankFeatureName(RankFeature feature);

// Where a query lies between keywords (0) and a question (1): told by its
// function words, as whoever lists keywords writes few. Of the words beyond
// four, two count as one of them; three make a question.
//   "printing formulas"                                       0
//   "printing formulas instead of results"                    1/3
//   "How can I print the formulas in the cells of a sheet?"   1
double QuestionShare(const QueryWords& query);

// Of one word of a query, found in `frequency` of `documents`: a power below 1
// of idf = log(1 + (N − df + ½) / (df + ½)), as the common words of a query say
// more about it than of a text, those of keywords most. A word in no document
// weighs less than a rare one.
double WordWeight(double documents, double frequency, double question_share);

// What is known of the query and the documents as a whole.
struct RankStatistics {
  std::vector<double> idf;   // of each word of the query
  double average_words = 1;  // of a document's title and text
};

// REQUIRES: `match` and `statistics` are of the same query, which has words.
RankFeatures ComputeRankFeatures(const QueryWords& query,
                                 const DocumentMatch& match,
                                 const RankStatistics& statistics);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_RANK_FEATURES_H_
