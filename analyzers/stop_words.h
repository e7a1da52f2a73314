// The function words of a language and its negations, by folded form.
// Thread-safe.
#ifndef KBSEARCH_ANALYZERS_STOP_WORDS_H_
#define KBSEARCH_ANALYZERS_STOP_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "analyzers/resource_folder.h"

namespace kbsearch::analyzers {

class StopWords {
 public:
  // `words` in any spelling; they are folded here, apostrophes dropped.
  explicit StopWords(const std::vector<std::string>& words,
                     const std::vector<std::string>& negations = {});

  // Reads <code>/stopwords.txt and <code>/negations.txt: words divided by
  // blanks or lines.
  static absl::StatusOr<StopWords> Load(const ResourceFolder& folder,
                                        std::string_view code);

  bool Contains(std::string_view folded) const {
    return words_.contains(absl::string_view(folded.data(), folded.size()));
  }
  // Whether it denies, or says that something cannot be done: "not", "δεν",
  // "impossible". Such words count, but are no matter to look for.
  bool IsNegation(std::string_view folded) const {
    return negations_.contains(absl::string_view(folded.data(), folded.size()));
  }
  const absl::flat_hash_set<std::string>& words() const { return words_; }

 private:
  absl::flat_hash_set<std::string> words_;
  absl::flat_hash_set<std::string> negations_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_STOP_WORDS_H_
