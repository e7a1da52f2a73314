#include "cli/eval/metrics.h"

#include <algorithm>
#include <cmath>

namespace kbsearch::cli {
namespace {

double Discount(size_t rank) {
  return 1.0 / std::log2(static_cast<double>(rank) + 1.0);
}

void AddScaled(const Scores& part, double factor, Scores* sum) {
  sum->reciprocal_rank += part.reciprocal_rank * factor;
  sum->ndcg += part.ndcg * factor;
  sum->recall += part.recall * factor;
  sum->deep_recall += part.deep_recall * factor;
}

}  // namespace

Scores ScoreRanking(std::span<const std::string> ranking,
                    const std::set<std::string>& relevant) {
  Scores scores;
  double gain = 0;
  int found = 0;
  int found_deep = 0;
  const size_t end = std::min<size_t>(ranking.size(), kDeepCutoff);
  for (size_t i = 0; i < end; ++i) {
    if (!relevant.contains(ranking[i])) continue;
    const size_t rank = i + 1;
    ++found_deep;
    if (rank > kCutoff) continue;
    if (found == 0) scores.reciprocal_rank = 1.0 / static_cast<double>(rank);
    ++found;
    gain += Discount(rank);
  }
  double best_gain = 0;
  const size_t best_end = std::min<size_t>(relevant.size(), kCutoff);
  for (size_t rank = 1; rank <= best_end; ++rank) best_gain += Discount(rank);
  const auto all = static_cast<double>(relevant.size());
  scores.ndcg = gain / best_gain;
  scores.recall = found / all;
  scores.deep_recall = found_deep / all;
  return scores;
}

void LanguageScores::Add(const std::string& language, const Scores& scores) {
  Sum& sum = sums_[language];
  ++sum.queries;
  AddScaled(scores, 1.0, &sum.total);
}

std::map<std::string, LanguageScores::Row> LanguageScores::ByLanguage() const {
  std::map<std::string, Row> rows;
  for (const auto& [language, sum] : sums_) {
    Row& row = rows[language];
    row.queries = sum.queries;
    AddScaled(sum.total, 1.0 / static_cast<double>(sum.queries), &row.mean);
  }
  return rows;
}

LanguageScores::Row LanguageScores::Mean() const {
  Row mean;
  for (const auto& [language, row] : ByLanguage()) {
    mean.queries += row.queries;
    AddScaled(row.mean, 1.0 / static_cast<double>(sums_.size()), &mean.mean);
  }
  return mean;
}

}  // namespace kbsearch::cli
