// Which language version of an article is shown when there are several.
#ifndef KBSEARCH_ENGINE_INDEX_LANGUAGE_PREFERENCE_H_
#define KBSEARCH_ENGINE_INDEX_LANGUAGE_PREFERENCE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/index/open_corpus.h"

namespace kbsearch::engine {

// Languages, best first; those that are not named are all the same. Empty: no
// language is better than another.
class LanguagePreference {
 public:
  LanguagePreference() = default;
  explicit LanguagePreference(std::vector<std::string> order)
      : order_(std::move(order)) {}

  const std::vector<std::string>& order() const { return order_; }
  // The best one, or empty.
  std::string first() const { return order_.empty() ? "" : order_.front(); }
  // From 0, the best; order().size() for languages that are not named.
  size_t RankOf(std::string_view language) const;

 private:
  std::vector<std::string> order_;
};

// The languages `wished`, then those of the corpus, the one with most articles
// first (what is written first is mostly written in it), equal ones by their
// code. Empty codes are left out, each language is named once.
LanguagePreference PreferenceInCorpus(const std::vector<std::string>& wished,
                                      Audience audience, OpenCorpus& corpus);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_LANGUAGE_PREFERENCE_H_
