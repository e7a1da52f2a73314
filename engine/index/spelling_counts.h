// How often each spelling of an exact term was seen. Completions show the
// commonest one: "κωδικός", not "κωδικος".
#ifndef KBSEARCH_ENGINE_INDEX_SPELLING_COUNTS_H_
#define KBSEARCH_ENGINE_INDEX_SPELLING_COUNTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "analyzers/fingerprint_table.h"

namespace kbsearch::engine {

// One thread at a time.
class SpellingCounts {
 public:
  // REQUIRES: `exact` holds no line break (no term does).
  void Add(std::string_view exact, std::string_view spelling,
           uint32_t count = 1);
  void AddAll(const SpellingCounts& other);

  // The commonest spelling of each exact term; of equal counts the greater
  // text, which is the one in lower case. Points into this object: valid until
  // it is changed.
  absl::flat_hash_map<std::string, std::string_view> Commonest() const;

 private:
  struct Hash {
    size_t operator()(const std::string& key) const {
      return analyzers::HashBytes(key);
    }
  };

  absl::flat_hash_map<std::string, uint32_t, Hash>
      counts_;       // by exact \n spelling
  std::string key_;  // reused
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_SPELLING_COUNTS_H_
