// The words of a language, mapped from a file that the build makes from a
// dictionary, each with a weight: how many compounds of the dictionary it is a
// part of. Thread-safe, immutable.
#ifndef KBSEARCH_ANALYZERS_LEXICON_H_
#define KBSEARCH_ANALYZERS_LEXICON_H_

#include <marisa.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// The file: header, trie (padded to 4 bytes), weights[keys].
struct LexiconHeader {
  char magic[8] = {'K', 'B', 'W', 'O', 'R', 'D', 'S', '1'};
  uint64_t trie_bytes = 0;
  uint64_t keys = 0;
};

class Lexicon {
 public:
  static absl::StatusOr<std::unique_ptr<Lexicon>> Open(
      const ResourceFolder& folder, std::string_view name);

  // `word` is folded.
  bool Contains(std::string_view word) const;
  // 0 for words that are not there.
  uint32_t Weight(std::string_view word) const;
  uint64_t size() const { return weights_.size(); }

 private:
  explicit Lexicon(std::unique_ptr<MappedFile> file) : file_(std::move(file)) {}

  std::unique_ptr<MappedFile> file_;
  marisa::Trie trie_;
  std::span<const uint16_t> weights_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LEXICON_H_
