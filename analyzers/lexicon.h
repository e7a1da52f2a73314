// The words of a language, mapped from a file that the build makes from a
// dictionary, each with a weight: how many compounds of the dictionary it is a
// part of. Thread-safe, immutable.
//
// Most questions are about strings that are no words (stems that might be,
// halves that a compound does not have). A filter that the processor keeps at
// hand answers them: of each word four bits are set in one of its numbers
// (B. Bloom 1970, blocked as by F. Putze, P. Sanders, J. Singler 2007). About
// one string in forty passes for a word and is looked up in the table.
#ifndef KBSEARCH_ANALYZERS_LEXICON_H_
#define KBSEARCH_ANALYZERS_LEXICON_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "analyzers/fingerprint_table.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// The file: header, filter[filter_numbers], then a FingerprintTable of the
// weights, whose hashes are those of the filter.
struct LexiconHeader {
  char magic[8] = {'K', 'B', 'W', 'O', 'R', 'D', 'S', '3'};
  uint64_t filter_numbers = 0;
};

class WordFilter {
 public:
  WordFilter() = default;
  explicit WordFilter(std::span<const uint64_t> numbers) : numbers_(numbers) {}

  // False: no word has this hash.
  bool MayHave(uint64_t hash) const {
    const uint64_t bits = BitsOf(hash);
    return !numbers_.empty() &&
           (numbers_[PlaceOf(hash, numbers_.size())] & bits) == bits;
  }

  // Four of 64, by the lower half of the hash.
  static uint64_t BitsOf(uint64_t hash) {
    return uint64_t{1} << (hash & 63) | uint64_t{1} << (hash >> 6 & 63) |
           uint64_t{1} << (hash >> 12 & 63) | uint64_t{1} << (hash >> 18 & 63);
  }
  // By the upper half.
  static size_t PlaceOf(uint64_t hash, size_t numbers) {
    return static_cast<size_t>(((hash >> 32) * numbers) >> 32);
  }

 private:
  std::span<const uint64_t> numbers_;
};

class Lexicon {
 public:
  static absl::StatusOr<std::unique_ptr<Lexicon>> Open(
      const ResourceFolder& folder, std::string_view name);

  // `word` is folded.
  bool Contains(std::string_view word) const { return Find(word).has_value(); }
  // 0 for words that are not there.
  uint32_t Weight(std::string_view word) const {
    return Find(word).value_or(0);
  }
  uint64_t size() const { return words_.size(); }

 private:
  explicit Lexicon(std::unique_ptr<MappedFile> file) : file_(std::move(file)) {}
  // False when the sections contradict the header.
  bool MapSections();
  std::optional<uint32_t> Find(std::string_view word) const {
    const uint64_t hash = words_.HashOf(word);
    return filter_.MayHave(hash) ? words_.FindHash(hash) : std::nullopt;
  }

  std::unique_ptr<MappedFile> file_;
  WordFilter filter_;
  FingerprintTable words_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LEXICON_H_
