#include "engine/suggestion/near_duplicate.h"

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/index/index_document.h"
#include "engine/suggestion/folded_words.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kRun = 3;

std::unordered_set<uint64_t> RunsOf(const Article& article) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15;
  const std::vector<FoldedWord> words = FoldWords(PlainText(article));
  std::vector<uint64_t> hashes;
  hashes.reserve(words.size());
  for (const FoldedWord& word : words) {
    hashes.push_back(std::hash<std::string>()(word.text));
  }
  std::unordered_set<uint64_t> runs;
  for (size_t i = 0; i + kRun <= hashes.size(); ++i) {
    uint64_t run = 0;
    for (size_t k = 0; k < kRun; ++k) run = run * kFactor + hashes[i + k];
    runs.insert(run);
  }
  return runs;
}

}  // namespace

double Resemblance(const Article& a, const Article& b) {
  const std::unordered_set<uint64_t> of_a = RunsOf(a);
  const std::unordered_set<uint64_t> of_b = RunsOf(b);
  if (of_a.empty() || of_b.empty()) return 0;
  size_t shared = 0;
  for (const uint64_t run : of_a) shared += of_b.count(run);
  return static_cast<double>(shared) /
         static_cast<double>(of_a.size() + of_b.size() - shared);
}

}  // namespace kbsearch::engine
