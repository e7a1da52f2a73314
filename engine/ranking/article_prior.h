// What use has shown of the articles of a corpus: a small part of their score.
//
// Whatever stands first is clicked most, so an article's clicks are compared
// with those that its places would have brought any article (clicks over
// expected clicks: Zhang and Jones, Comparing Click Logs and Editorial Labels
// for Training Query Rewriting, 2007). Few events say little:
//
//   prior = ½ (clicks − expected) / (clicks + expected + 20)
//         + ½ (helpful − not helpful) / (helpful + not helpful + 10)
//
// lies between −1 and 1 and is 0 without events. 60 clicks where 30 were
// expected, 12 times helpful and twice not: ½ · 30/110 + ½ · 10/24 = 0.34.
#ifndef KBSEARCH_ENGINE_RANKING_ARTICLE_PRIOR_H_
#define KBSEARCH_ENGINE_RANKING_ARTICLE_PRIOR_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace kbsearch::engine {

// Of one article, or one entry of an FAQ page, in one language.
struct ArticleUse {
  std::string hit_id;  // "vpn", "faq#2"
  std::string language;
  double clicks = 0;           // lists in which it was clicked
  double expected_clicks = 0;  // by the places it stood at
  double helpful = 0;          // times called so
  double not_helpful = 0;
};

// As above. REQUIRES: no count is negative.
double PriorOf(const ArticleUse& use);

// Of one corpus. Immutable, thread-safe.
class ArticlePriors {
 public:
  // An article is named once.
  explicit ArticlePriors(const std::vector<ArticleUse>& uses);

  // 0 for an article that nothing is known of.
  double Of(std::string_view hit_id, std::string_view language) const;

 private:
  absl::flat_hash_map<std::string, float> priors_;  // by language, NUL, id
};

// Of all corpora. Thread-safe.
class PriorStore {
 public:
  // What searches that begin from now on go by; null: nothing is known.
  void Put(const std::string& corpus,
           std::shared_ptr<const ArticlePriors> priors);
  std::shared_ptr<const ArticlePriors> Find(const std::string& corpus) const;

 private:
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::map<std::string, std::shared_ptr<const ArticlePriors>> priors_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_RANKING_ARTICLE_PRIOR_H_
