#include "analyzers/language_features.h"

#include <string>

namespace kbsearch::analyzers {
namespace {

constexpr size_t kMaxLetters = 24;
constexpr size_t kMaxGroup = 4;

uint32_t Bucket(uint32_t seed, std::u32string_view letters) {
  uint32_t hash = 2166136261U ^ seed;
  for (const char32_t c : letters) {
    hash = (hash ^ static_cast<uint32_t>(c)) * 16777619U;
    hash ^= hash >> 15;
  }
  return (hash * 2654435761U) & (kLanguageBuckets - 1);
}

}  // namespace

void LanguageFeatures(std::u32string_view word,
                      std::vector<uint32_t>* features) {
  features->clear();
  if (word.empty()) return;
  std::u32string padded = U"^";
  padded.append(word.substr(0, kMaxLetters));
  padded.push_back(U'$');
  const std::u32string_view letters = padded;
  for (size_t length = 1; length <= kMaxGroup; ++length) {
    for (size_t i = 0; i + length <= letters.size(); ++i) {
      // The lone end marks say nothing.
      if (length == 1 && (i == 0 || i + 1 == letters.size())) continue;
      features->push_back(
          Bucket(static_cast<uint32_t>(length), letters.substr(i, length)));
    }
  }
  features->push_back(Bucket(99, letters));
}

}  // namespace kbsearch::analyzers
