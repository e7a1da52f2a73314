#include "engine/suggestion/article_relatives.h"

#include <algorithm>
#include <span>

#include "engine/index/facet_record.h"
#include "engine/index/schema.h"
#include "engine/suggestion/ticket_retrieval.h"

namespace kbsearch::engine {
namespace {

// Words of the article that are looked up, and how often one in its title
// counts. More words find little more (docs/relevance.md).
constexpr size_t kWords = 50;
constexpr double kTitleWeight = 4;

struct Weight {
  size_t feature;
  double weight;
};

// As fit-related prints them, but for the category: no judged set has any, so
// it decides between articles that the words leave level.
constexpr Weight kWeights[] = {
    {kTitleEquality, 4.9},  {kBlockEquality, 2.2}, {kIntroduction, 3.5},
    {kTitleFilled, 1.4},    {kMatchedWords, 1.7},  {kOwnTitleShare, 1.7},
    {kWindowCoverage, 0.7}, {kBestPassage, 0.3},   {kSameCategory, 0.3},
};

std::vector<WeighedText> TextsOf(const Article& article) {
  std::vector<WeighedText> texts = {{article.title, kTitleWeight, true}};
  for (const Block& block : article.blocks) {
    if (block.weight > 0) texts.push_back({block.text, 1, false});
  }
  for (const FaqEntry& entry : article.entries) {
    texts.push_back({entry.question, 1, false});
    texts.push_back({entry.answer, 1, false});
  }
  return texts;
}

// Levels in common from the top, of the levels of the longer one.
double CategoryShare(const std::vector<std::string>& a,
                     const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  return static_cast<double>(end - a.begin()) /
         static_cast<double>(std::max(a.size(), b.size()));
}

// The share of the weight of the article's title that each candidate holds.
std::vector<double> TitleShares(const WeighedText& title,
                                const QueryLanguage& language,
                                Audience audience, SearchContext& context,
                                std::vector<Candidate> candidates) {
  std::vector<double> shares(candidates.size());
  const TicketQuery words =
      MakeWordsQuery(language, std::span(&title, 1), kWords, audience, context);
  if (words.weights.empty()) return shares;
  const std::vector<TicketFeatures> features =
      ScoreTicketCandidates(words, audience, context, candidates);
  for (size_t i = 0; i < shares.size(); ++i) shares[i] = features[i][kCoverage];
  return shares;
}

}  // namespace

Relatives FindRelatives(const Article& article, const RelatedQuery& query,
                        const std::string& language, SearchContext& context) {
  Relatives found;
  const std::vector<WeighedText> texts = TextsOf(article);
  found.words =
      MakeWordsQuery({language, 1, 1}, texts, kWords, query.audience, context);
  if (found.words.weights.empty()) return found;
  SearchFilter filter;
  filter.hidden_ids = {article.id};
  found.candidates = FindTicketCandidates(
      found.words, 0, filter, query.audience, query.deadline, context);
  const QueryLanguage& own = found.words.lookup.language;
  const std::vector<TicketFeatures> features = ScoreTicketCandidates(
      found.words, query.audience, context, found.candidates);
  const std::vector<double> title_shares = TitleShares(
      texts.front(), own, query.audience, context, found.candidates);
  const Xapian::Database& database =
      *context.corpus.Find(language, query.audience);
  for (size_t i = 0; i < features.size(); ++i) {
    RelationFeatures& relation = found.features.emplace_back();
    std::copy(features[i].begin(), features[i].end(), relation.begin());
    relation[kOwnTitleShare] = title_shares[i];
    const FacetRecord facets =
        DecodeFacetRecord(database.get_document(found.candidates[i].document)
                              .get_value(kFacetSlot));
    relation[kSameCategory] = CategoryShare(article.category, facets.category);
  }
  return found;
}

double RelationScore(const RelationFeatures& features) {
  double score = 0;
  for (const Weight& weight : kWeights) {
    score += weight.weight * features[weight.feature];
  }
  return score;
}

}  // namespace kbsearch::engine
