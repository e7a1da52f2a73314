// A light stemmer whose whole knowledge is a list of endings, for languages
// that have no better one: the longest ending that leaves a stem is cut.
//
//   endings {"ами", "и", "а"}: "посилками" → "посилк", "посилка" → "посилк"
#ifndef KBSEARCH_ANALYZERS_ENDING_STEMMER_H_
#define KBSEARCH_ANALYZERS_ENDING_STEMMER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

// Thread-safe, immutable.
class EndingStemmer {
 public:
  // Endings divided by blanks or lines; they are folded here. `name` as in
  // ResourceFolder::ReadLines.
  static absl::StatusOr<EndingStemmer> Load(const ResourceFolder& folder,
                                            std::string_view name);

  // A stem has three letters at least; else the word is its own stem.
  std::string Stem(std::string_view folded) const;

 private:
  absl::flat_hash_set<std::string> endings_;
  size_t longest_ = 0;  // in bytes
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_ENDING_STEMMER_H_
