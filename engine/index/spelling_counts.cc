#include "engine/index/spelling_counts.h"

#include <utility>

namespace kbsearch::engine {

void SpellingCounts::Add(std::string_view exact, std::string_view spelling,
                         uint32_t count) {
  key_.assign(exact);
  key_ += '\n';
  key_ += spelling;
  counts_[key_] += count;
}

void SpellingCounts::AddAll(const SpellingCounts& other) {
  for (const auto& [key, count] : other.counts_) counts_[key] += count;
}

absl::flat_hash_map<std::string, std::string_view> SpellingCounts::Commonest()
    const {
  absl::flat_hash_map<std::string, std::pair<uint32_t, std::string_view>> best;
  for (const auto& [key, count] : counts_) {
    const size_t border = key.find('\n');
    const std::pair found(count, std::string_view(key).substr(border + 1));
    const auto [place, is_new] = best.try_emplace(key.substr(0, border), found);
    if (!is_new && place->second < found) place->second = found;
  }
  absl::flat_hash_map<std::string, std::string_view> spellings;
  spellings.reserve(best.size());
  for (const auto& [exact, found] : best) spellings[exact] = found.second;
  return spellings;
}

}  // namespace kbsearch::engine
