#include "engine/index/language_preference.h"

#include <algorithm>

namespace kbsearch::engine {

size_t LanguagePreference::RankOf(std::string_view language) const {
  return static_cast<size_t>(std::find(order_.begin(), order_.end(), language) -
                             order_.begin());
}

LanguagePreference PreferenceInCorpus(const std::vector<std::string>& wished,
                                      Audience audience, OpenCorpus& corpus) {
  std::vector<std::pair<Xapian::doccount, std::string>> sizes;
  for (const std::string& language : corpus.Languages(audience)) {
    sizes.emplace_back(corpus.Find(language, audience)->get_doccount(),
                       language);
  }
  std::stable_sort(
      sizes.begin(), sizes.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> order;
  const auto add = [&](const std::string& language) {
    if (!language.empty() &&
        std::find(order.begin(), order.end(), language) == order.end()) {
      order.push_back(language);
    }
  };
  for (const std::string& language : wished) add(language);
  for (const auto& [size, language] : sizes) add(language);
  return LanguagePreference(std::move(order));
}

}  // namespace kbsearch::engine
