// The words of a language, mapped from a file that the build makes from a
// dictionary, each with a weight: how many compounds of the dictionary it is a
// part of. Thread-safe, immutable.
#ifndef KBSEARCH_ANALYZERS_LEXICON_H_
#define KBSEARCH_ANALYZERS_LEXICON_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "analyzers/fingerprint_table.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// The file: header, then a FingerprintTable of the weights.
struct LexiconHeader {
  char magic[8] = {'K', 'B', 'W', 'O', 'R', 'D', 'S', '2'};
};

class Lexicon {
 public:
  static absl::StatusOr<std::unique_ptr<Lexicon>> Open(
      const ResourceFolder& folder, std::string_view name);

  // `word` is folded.
  bool Contains(std::string_view word) const { return words_.Contains(word); }
  // 0 for words that are not there.
  uint32_t Weight(std::string_view word) const {
    return words_.Find(word).value_or(0);
  }
  uint64_t size() const { return words_.size(); }

 private:
  Lexicon(std::unique_ptr<MappedFile> file, FingerprintTable words)
      : file_(std::move(file)), words_(words) {}

  std::unique_ptr<MappedFile> file_;
  FingerprintTable words_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LEXICON_H_
