#include "analyzers/ending_stemmer.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {
namespace {

constexpr int kMinLetters = 3;

}  // namespace

absl::StatusOr<EndingStemmer> EndingStemmer::Load(const ResourceFolder& folder,
                                                  std::string_view name) {
  const auto lines = folder.ReadLines(name);
  if (!lines.ok()) return lines.status();
  EndingStemmer stemmer;
  for (const std::string& line : *lines) {
    for (absl::string_view ending :
         absl::StrSplit(line, ' ', absl::SkipEmpty())) {
      std::string folded = Fold(std::string_view(ending.data(), ending.size()));
      stemmer.longest_ = std::max(stemmer.longest_, folded.size());
      stemmer.endings_.insert(std::move(folded));
    }
  }
  return stemmer;
}

std::string EndingStemmer::Stem(std::string_view folded) const {
  size_t begin = 0;
  for (int letter = 0; letter < kMinLetters; ++letter) {
    if (begin >= folded.size()) return std::string(folded);
    DecodeUtf8(folded, &begin);
  }
  while (begin < folded.size()) {
    const std::string_view ending = folded.substr(begin);
    if (ending.size() <= longest_ &&
        endings_.contains(absl::string_view(ending.data(), ending.size()))) {
      return std::string(folded.substr(0, begin));
    }
    DecodeUtf8(folded, &begin);
  }
  return std::string(folded);
}

}  // namespace kbsearch::analyzers
