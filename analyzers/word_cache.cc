#include "analyzers/word_cache.h"

#include <utility>

namespace kbsearch::analyzers {

const WordAnalysis* WordCache::Find(std::string_view key) {
  const size_t hash = Hash()(key);
  Recent& recent = recent_[hash & (kRecent - 1)];
  if (recent.hash == hash && recent.entry != nullptr &&
      recent.entry->key == key) {
    return &recent.entry->analysis;
  }
  if (const auto found = young_.find(key, hash); found != young_.end()) {
    recent = {hash, found->get()};
    return &(*found)->analysis;
  }
  const auto found = old_.find(key, hash);
  if (found == old_.end()) return nullptr;
  return &InsertEntry(std::move(old_.extract(found).value()));
}

const WordAnalysis& WordCache::Insert(std::string_view key,
                                      WordAnalysis analysis) {
  return InsertEntry(
      std::make_unique<Entry>(Entry{std::string(key), std::move(analysis)}));
}

const WordAnalysis& WordCache::InsertEntry(EntryPointer entry) {
  if (young_.size() >= generation_words_) {
    old_ = std::move(young_);
    young_ = Words();
    recent_.assign(kRecent, Recent());
  }
  return (*young_.insert(std::move(entry)).first)->analysis;
}

}  // namespace kbsearch::analyzers
