#include "engine/ranking/reranker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

// Of keywords and of questions (QuestionShare).
struct Weight {
  double keywords;
  double question;
};

// In the order of RankFeature.
constexpr std::array<Weight, kRankFeatureCount> kWeights = {{
    {0.12, 1.85},  // kFieldedBm25
    {0.00, 1.90},  // kShortBm25
    {0.07, 1.04},  // kExactBm25
    {1.58, 0.00},  // kCoverage
    {1.10, 0.00},  // kExactCoverage
    {2.45, 2.57},  // kTitleEquality
    {1.66, 1.49},  // kBlockEquality
    {0.00, 0.42},  // kLineEquality
    {1.96, 0.00},  // kWindowCoverage
    {0.79, 0.00},  // kOrder
    {0.48, 2.88},  // kEarliness
    {1.02, 2.34},  // kIntroduction
    {0.38, 0.00},  // kBestPassage
    {0.41, 0.02},  // kBalance
    {8.17, 0.36},  // kDensity
    {0.00, 1.94},  // kTitlePrecision
}};

// Of what another word as rare weighs: it tells "does not turn on" from "turns
// on", and must not outweigh what the question is about. Between 0 and 0.6 the
// judged sets are indifferent (docs/relevance.md).
constexpr double kNegationWeight = 0.2;

double SumOfFrequencies(std::string_view prefix,
                        const std::vector<std::string>& texts,
                        const Xapian::Database& database) {
  double sum = 0;
  for (const std::string& text : texts) {
    sum += database.get_termfreq(TextTerm(prefix, text));
  }
  return sum;
}

// In how many documents a word is found, at the most.
double DocumentFrequency(const std::vector<std::string>& exact,
                         const std::vector<std::string>& lemmas,
                         const Xapian::Database& database) {
  const Field& all = kFields[kAll];
  return lemmas.empty() ? SumOfFrequencies(all.exact_prefix, exact, database)
                        : SumOfFrequencies(all.lemma_prefix, lemmas, database);
}

// Of a word in no document: what may stand for it.
double FrequencyOfAlternatives(const QueryWord& word, const QueryWords& query,
                               const Xapian::Database& database) {
  for (const JoinedWord& joined : query.joined) {
    if (word.position < joined.position ||
        word.position >= joined.position + joined.span) {
      continue;
    }
    const double frequency =
        DocumentFrequency(joined.exact, joined.lemmas, database);
    if (frequency > 0) return frequency;
  }
  for (const AlternativeWords& alternative : query.alternatives) {
    if (!alternative.StandsFor(word)) continue;
    const QueryWord& other = alternative.words.front();
    const double frequency =
        DocumentFrequency(other.exact, other.lemmas, database);
    if (frequency > 0) return frequency;
  }
  double rarest = 0;
  for (const std::vector<std::string>& part : word.parts) {
    const double frequency = DocumentFrequency(part, part, database);
    if (rarest == 0 || frequency < rarest) rarest = frequency;
  }
  return rarest;
}

std::vector<double> WordWeights(const QueryWords& query,
                                const Xapian::Database& database) {
  const double documents = database.get_doccount();
  const double question_share = QuestionShare(query);
  const bool has_matter = query.HasMatter();
  std::vector<double> weights;
  for (const QueryWord& word : query.words) {
    double frequency = DocumentFrequency(word.exact, word.lemmas, database);
    if (frequency == 0) {
      frequency = FrequencyOfAlternatives(word, query, database);
    }
    weights.push_back(
        WordWeight(documents, std::min(documents, frequency), question_share));
    if (word.is_negation && has_matter) weights.back() *= kNegationWeight;
  }
  return weights;
}

// Of all documents: a shard of a few says little of how long articles are.
double AverageWords(const std::vector<const ForwardIndex*>& indexes) {
  double words = 0;
  double documents = 0;
  for (const ForwardIndex* index : indexes) {
    if (index == nullptr) continue;
    const auto count = static_cast<double>(index->documents().size());
    words += index->average_words() * count;
    documents += count;
  }
  return documents > 0 ? std::max(1.0, words / documents) : 1;
}

}  // namespace

double FeatureWeight(RankFeature feature, const QueryWords& query) {
  const Weight& weight = kWeights[feature];
  return std::lerp(weight.keywords, weight.question, QuestionShare(query));
}

std::vector<RankFeatures> FeaturesOf(const LanguageLookup& lookup,
                                     Audience audience, SearchContext& context,
                                     std::span<const Candidate> candidates) {
  std::vector<RankFeatures> features(candidates.size(), RankFeatures{});
  const std::string& language = lookup.language.language;
  const std::vector<const ForwardIndex*> indexes =
      context.corpus.ForwardIndexes(language, audience);
  std::vector<std::unique_ptr<QueryMatcher>> matchers(indexes.size());
  RankStatistics statistics;
  statistics.average_words = AverageWords(indexes);
  statistics.idf =
      WordWeights(lookup.words, *context.corpus.Find(language, audience));
  DocumentMatch match;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const ShardDocument place = PlaceOf(candidates[i].document, indexes.size());
    const ForwardIndex* index = indexes[place.shard];
    if (index == nullptr) continue;
    const ForwardRecord record = index->Find(place.document);
    if (record.empty()) continue;
    std::unique_ptr<QueryMatcher>& matcher = matchers[place.shard];
    if (matcher == nullptr) {
      matcher = std::make_unique<QueryMatcher>(lookup.words, *index);
    }
    matcher->Match(record, &match);
    features[i] = ComputeRankFeatures(lookup.words, match, statistics);
  }
  return features;
}

void FeatureReranker::Score(const LanguageLookup& lookup, Audience audience,
                            SearchContext& context,
                            std::span<Candidate> candidates) {
  std::array<double, kRankFeatureCount> weights;
  for (size_t k = 0; k < weights.size(); ++k) {
    weights[k] = FeatureWeight(static_cast<RankFeature>(k), lookup.words);
  }
  const std::vector<RankFeatures> features =
      FeaturesOf(lookup, audience, context, candidates);
  for (size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].score = 0;
    for (size_t k = 0; k < weights.size(); ++k) {
      candidates[i].score += weights[k] * features[i][k];
    }
  }
}

}  // namespace kbsearch::engine
