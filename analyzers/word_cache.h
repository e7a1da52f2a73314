// The words a thread has analysed, by their bytes: running text repeats itself.
//
// Two generations bound it: when the young one is full it becomes the old one,
// whose words have until the next time to be seen again. So the frequent words
// of a language stay, and words seen once do not drive them out one by one.
#ifndef KBSEARCH_ANALYZERS_WORD_CACHE_H_
#define KBSEARCH_ANALYZERS_WORD_CACHE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "analyzers/fingerprint_table.h"
#include "analyzers/word_analysis.h"

namespace kbsearch::analyzers {

// Not thread-safe.
class WordCache {
 public:
  explicit WordCache(size_t generation_words)
      : generation_words_(generation_words), recent_(kRecent) {}

  // Null when `key` is not here; else valid until the next Insert.
  const WordAnalysis* Find(std::string_view key);
  // REQUIRES: `key` is not here. The result is valid until the next Insert.
  const WordAnalysis& Insert(std::string_view key, WordAnalysis analysis);

 private:
  struct Entry {
    std::string key;
    WordAnalysis analysis;
  };
  using EntryPointer = std::unique_ptr<Entry>;
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view key) const { return HashBytes(key); }
    size_t operator()(const EntryPointer& entry) const {
      return HashBytes(entry->key);
    }
  };
  struct Equal {
    using is_transparent = void;
    static std::string_view Key(std::string_view key) { return key; }
    static std::string_view Key(const EntryPointer& entry) {
      return entry->key;
    }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return Key(a) == Key(b);
    }
  };
  using Words = absl::flat_hash_set<EntryPointer, Hash, Equal>;

  // Frequent words are found here without leaving the processor's cache.
  struct Recent {
    uint64_t hash = 0;
    const Entry* entry = nullptr;
  };
  static constexpr size_t kRecent = 2048;  // a power of two

  const WordAnalysis& InsertEntry(EntryPointer entry);

  size_t generation_words_;
  std::vector<Recent> recent_;  // by the low bits of the hash
  Words young_;
  Words old_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_WORD_CACHE_H_
