// Measures of a ranking against judgements, per query and per language.
// Judgements are binary: a document is right or it is not.
#ifndef KBSEARCH_CLI_EVAL_METRICS_H_
#define KBSEARCH_CLI_EVAL_METRICS_H_

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>

namespace kbsearch::cli {

inline constexpr int kCutoff = 10;
inline constexpr int kDeepCutoff = 100;

// Of one query, or means of several. Each 0 to 1.
struct Scores {
  // 1 / rank of the first right document among the first 10; 0 when none is.
  double reciprocal_rank = 0;
  // Sum of 1 / log2(rank + 1) over right documents among the first 10, divided
  // by that sum of the best possible ranking.
  double ndcg = 0;
  // Share of the right documents that are among the first 10, 100.
  double recall = 0;
  double deep_recall = 0;
};

// `ranking`: document ids, best first, none twice. REQUIRES: `relevant` is not
// empty. Example: ranking {a, b}, relevant {b, c} → reciprocal rank 1/2, nDCG
// (1/log2 3) / (1 + 1/log2 3) = 0.387, recall 1/2.
Scores ScoreRanking(std::span<const std::string> ranking,
                    const std::set<std::string>& relevant);

// Means per language. Not thread-safe.
class LanguageScores {
 public:
  struct Row {
    int64_t queries = 0;
    Scores mean;
  };

  void Add(const std::string& language, const Scores& scores);

  // By language code.
  std::map<std::string, Row> ByLanguage() const;
  // Mean of the languages' means, each language counting the same, and the
  // number of all queries.
  Row Mean() const;

 private:
  struct Sum {
    int64_t queries = 0;
    Scores total;
  };
  std::map<std::string, Sum> sums_;
};

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_METRICS_H_
