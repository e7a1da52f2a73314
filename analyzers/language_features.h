// What the language model sees of a word: its letter groups of one to four,
// with the word's ends marked, and the word itself; hashed into a table.
// Shared by the trainer and the identifier, which must agree.
#ifndef KBSEARCH_ANALYZERS_LANGUAGE_FEATURES_H_
#define KBSEARCH_ANALYZERS_LANGUAGE_FEATURES_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace kbsearch::analyzers {

inline constexpr uint32_t kLanguageBuckets = 1U << 18;

// The model file: header, codes (8 bytes each, padded with 0), then
// kLanguageBuckets rows of `languages` signed bytes, weight × kWeightScale.
struct LanguageModelHeader {
  char magic[8] = {'K', 'B', 'L', 'A', 'N', 'G', 'M', '1'};
  uint64_t languages = 0;
};
inline constexpr double kWeightScale = 40;

// Replaces `features` by the buckets of a word, lower case, letters only.
// Empty for an empty word; longer words than 24 letters are cut.
void LanguageFeatures(std::u32string_view word,
                      std::vector<uint32_t>* features);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LANGUAGE_FEATURES_H_
