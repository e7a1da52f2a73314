#include "engine/ranking/rank_features.h"

#include <algorithm>
#include <cmath>

namespace kbsearch::engine {
namespace {

constexpr std::array<std::string_view, kRankFeatureCount> kNames = {
    "fielded_bm25",    "short_bm25",     "exact_bm25",     "coverage",
    "exact_coverage",  "title_equality", "block_equality", "line_equality",
    "window_coverage", "order",          "earliness",      "introduction",
    "best_passage",    "balance",        "density",        "title_precision"};

constexpr double kK1 = 1.2;
// Occurrences in a field count that many times those in the body.
constexpr std::array<double, 4> kFieldWeights = {6, 2, 3, 1};
constexpr double kShare = 0.999;  // of a quality that counts as exact
constexpr uint32_t kWindowWords = 20;
constexpr uint32_t kLineWords = 10;
constexpr uint32_t kIntroductionBlocks = 3;
constexpr double kPassageWords = 30;  // of a usual paragraph
constexpr double kMissing = 0.15;     // what a missing word counts in kBalance
constexpr double kUnknownWordShare = 0.7;
constexpr double kFewWords = 4;
constexpr double kQuestionFunctionWords = 3;
constexpr double kShortestWords = 8;       // added to a document's length
constexpr double kKeywordsExponent = 0.5;  // of idf
constexpr double kQuestionExponent = 0.75;

// tf (k1 + 1) / (tf + k1 (1 − b + b length / average)).
double Bm25(double count, double b, double length_ratio, double k1 = kK1) {
  if (count <= 0) return 0;
  return count * (k1 + 1) / (count + k1 * (1 - b + b * length_ratio));
}

double HarmonicMean(double a, double b) {
  return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

// What is summed over the occurrences of one word.
struct WordCounts {
  double all = 0;       // in every field, unweighted
  double weighted = 0;  // by kFieldWeights
  double exact = 0;
  double best = 0;  // quality
  bool introduction = false;
  uint32_t first = UINT32_MAX;  // words before it, behind the title
};

std::vector<WordCounts> CountWords(const DocumentMatch& match, size_t words) {
  std::vector<WordCounts> counts(words);
  for (const Occurrence& found : match.occurrences) {
    WordCounts& word = counts[found.word];
    const BlockField field = match.blocks[found.block].field;
    word.all += found.quality;
    word.best = std::max(word.best, found.quality);
    word.weighted += found.quality * kFieldWeights[static_cast<size_t>(field)];
    if (found.quality >= kShare) word.exact += 1;
    if (field != BlockField::kTitle) {
      word.first =
          std::min(word.first,
                   found.position - std::min(found.position, match.body_start));
    }
    if (found.block < kIntroductionBlocks) word.introduction = true;
  }
  return counts;
}

// Features that are sums over the words.
void AddWordFeatures(const std::vector<WordCounts>& counts,
                     const DocumentMatch& match,
                     const RankStatistics& statistics, RankFeatures* out) {
  RankFeatures& features = *out;
  const double length = match.words / statistics.average_words;
  const double length_logarithm = std::log(kShortestWords + match.words);
  for (size_t i = 0; i < counts.size(); ++i) {
    const WordCounts& word = counts[i];
    const double idf = statistics.idf[i];
    features[kFieldedBm25] += idf * Bm25(word.weighted, 0.5, length, 1.6);
    features[kShortBm25] += idf * Bm25(word.all, 0.7, length);
    features[kExactBm25] += idf * Bm25(word.exact, 0.5, length);
    features[kBalance] +=
        idf * std::log1p(Bm25(word.weighted, 0.4, length) / kMissing);
    features[kDensity] += idf * std::log1p(word.all) / length_logarithm;
    features[kCoverage] += idf * std::min(1.0, word.best / kLemmaQuality);
    if (word.exact > 0) features[kExactCoverage] += idf;
    if (word.introduction) features[kIntroduction] += idf;
    if (word.first != UINT32_MAX) {
      features[kEarliness] += idf / std::log2(2 + word.first / 8.0);
    }
  }
}

// Of one block: what of the query it holds, and how much of it is the query.
struct BlockCounts {
  double weight = 0;   // idf of the words found in it
  double matched = 0;  // occurrences by quality
  double bm25 = 0;
};

void AddBlockFeatures(const DocumentMatch& match,
                      const RankStatistics& statistics, double all_weight,
                      RankFeatures* out) {
  RankFeatures& features = *out;
  std::vector<double> in_block(statistics.idf.size());
  size_t next = 0;
  while (next < match.occurrences.size()) {
    const uint32_t number = match.occurrences[next].block;
    const MatchedBlock& block = match.blocks[number];
    std::fill(in_block.begin(), in_block.end(), 0);
    BlockCounts counts;
    for (; next < match.occurrences.size() &&
           match.occurrences[next].block == number;
         ++next) {
      const Occurrence& found = match.occurrences[next];
      in_block[found.word] += found.quality;
      counts.matched += found.quality;
    }
    for (size_t i = 0; i < in_block.size(); ++i) {
      if (in_block[i] == 0) continue;
      counts.weight += statistics.idf[i];
      counts.bm25 += statistics.idf[i] *
                     Bm25(in_block[i], 0.3, block.words / kPassageWords, 0.6);
    }
    const double precision =
        std::min(1.0, counts.matched / std::max(1u, block.content_words));
    const double equality = HarmonicMean(counts.weight / all_weight, precision);
    if (block.field == BlockField::kTitle) {
      features[kTitleEquality] = std::max(features[kTitleEquality], equality);
      features[kTitlePrecision] =
          std::max(features[kTitlePrecision], precision);
      continue;
    }
    features[kBlockEquality] = std::max(features[kBlockEquality], equality);
    if (block.words <= kLineWords || block.field == BlockField::kHeading) {
      features[kLineEquality] = std::max(features[kLineEquality], equality);
    }
    features[kBestPassage] =
        std::max(features[kBestPassage], counts.bm25 / all_weight);
  }
}

// The greatest weight of different words within kWindowWords.
double BestWindow(const DocumentMatch& match, const std::vector<double>& idf) {
  std::vector<uint32_t> inside(idf.size());
  double weight = 0;
  double best = 0;
  size_t begin = 0;
  for (const Occurrence& found : match.occurrences) {
    if (inside[found.word]++ == 0) weight += idf[found.word];
    while (found.position - match.occurrences[begin].position >= kWindowWords) {
      const uint32_t word = match.occurrences[begin++].word;
      if (--inside[word] == 0) weight -= idf[word];
    }
    best = std::max(best, weight);
  }
  return best;
}

// The share of neighbouring query words that stand in their order with no more
// between them than in the query, and one word.
double OrderShare(const QueryWords& query, const DocumentMatch& match,
                  const std::vector<double>& idf) {
  const size_t pairs = idf.size() - 1;
  if (pairs == 0) return 0;
  std::vector<bool> seen(pairs);
  std::vector<uint32_t> last(idf.size(), UINT32_MAX);  // position of each word
  for (const Occurrence& found : match.occurrences) {
    const uint32_t word = found.word;
    if (word > 0 && last[word - 1] != UINT32_MAX &&
        last[word - 1] < found.position) {
      const uint32_t gap =
          query.words[word].position - query.words[word - 1].position;
      if (found.position - last[word - 1] <= gap + 1) seen[word - 1] = true;
    }
    last[word] = found.position;
  }
  double found_weight = 0;
  double all_weight = 0;
  for (size_t i = 0; i < pairs; ++i) {
    const double weight = std::min(idf[i], idf[i + 1]);
    all_weight += weight;
    if (seen[i]) found_weight += weight;
  }
  return all_weight > 0 ? found_weight / all_weight : 0;
}

}  // namespace

std::string_view RankFeatureName(RankFeature feature) {
  return kNames[feature];
}

double QuestionShare(const QueryWords& query) {
  if (query.words.empty() || query.only_stop_words) return 0;
  const auto words = static_cast<double>(query.words.size());
  // Function words behind the last word that is none are not known.
  const double function_words =
      std::max(0.0, query.words.back().position + 1 - words);
  const double signs = function_words + std::max(0.0, words - kFewWords) / 2;
  return std::min(1.0, signs / kQuestionFunctionWords);
}

double WordWeight(double documents, double frequency, double question_share) {
  const double idf =
      frequency > 0
          ? std::log(1 + (std::max(0.0, documents - frequency) + 0.5) /
                             (frequency + 0.5))
          : kUnknownWordShare * std::log(1 + (documents + 0.5) / 0.5);
  const double exponent =
      std::lerp(kKeywordsExponent, kQuestionExponent, question_share);
  return std::pow(idf, exponent);
}

RankFeatures ComputeRankFeatures(const QueryWords& query,
                                 const DocumentMatch& match,
                                 const RankStatistics& statistics) {
  RankFeatures features{};
  double all_weight = 0;
  for (const double idf : statistics.idf) all_weight += idf;
  AddWordFeatures(CountWords(match, query.words.size()), match, statistics,
                  &features);
  for (const RankFeature sum :
       {kFieldedBm25, kShortBm25, kExactBm25, kCoverage, kExactCoverage,
        kIntroduction, kEarliness, kBalance, kDensity}) {
    features[sum] /= all_weight;
  }
  AddBlockFeatures(match, statistics, all_weight, &features);
  features[kWindowCoverage] = BestWindow(match, statistics.idf) / all_weight;
  features[kOrder] = OrderShare(query, match, statistics.idf);
  return features;
}

}  // namespace kbsearch::engine
