#include "engine/query/long_query.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kMaxLookedUp = 500;

// Documents that hold the word in any form.
Xapian::doccount Frequency(const QueryWord& word,
                           const Xapian::Database& database) {
  const Field& field = kFields[kAll];
  Xapian::doccount most = 0;
  const auto look_up = [&](std::string_view prefix,
                           const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      most = std::max(most, database.get_termfreq(TextTerm(prefix, text)));
    }
  };
  look_up(field.lemma_prefix, word.lemmas);
  if (most == 0) look_up(field.exact_prefix, word.exact);
  return most;
}

}  // namespace

void PruneLongQuery(const Xapian::Database& database, QueryWords* query) {
  if (query->words.size() <= kMaxQueryWords) return;
  struct Counted {
    Xapian::doccount frequency;
    size_t index;
  };
  std::vector<Counted> known;
  std::unordered_set<std::string> seen;
  for (size_t i = 0; i < query->words.size() && seen.size() < kMaxLookedUp;
       ++i) {
    const QueryWord& word = query->words[i];
    if (word.exact.empty() || !seen.insert(word.exact.front()).second) continue;
    const Xapian::doccount frequency = Frequency(word, database);
    if (frequency > 0) known.push_back({frequency, i});
  }
  std::stable_sort(known.begin(), known.end(),
                   [](const Counted& a, const Counted& b) {
                     return a.frequency < b.frequency;
                   });
  if (known.size() > kMaxQueryWords) known.resize(kMaxQueryWords);
  std::sort(known.begin(), known.end(), [](const Counted& a, const Counted& b) {
    return a.index < b.index;
  });
  std::vector<QueryWord> kept;
  for (const Counted& counted : known) {
    kept.push_back(std::move(query->words[counted.index]));
  }
  query->words = std::move(kept);
  query->joined.clear();
}

}  // namespace kbsearch::engine
