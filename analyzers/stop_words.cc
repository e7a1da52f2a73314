#include "analyzers/stop_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {

StopWords::StopWords(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    std::string folded = Fold(std::string_view(word));
    std::erase(folded, '\'');
    std::erase(folded, ',');
    if (!folded.empty()) words_.insert(std::move(folded));
  }
}

absl::StatusOr<StopWords> StopWords::Load(const ResourceFolder& folder,
                                          std::string_view code) {
  absl::StatusOr<std::vector<std::string>> lines =
      folder.ReadLines(absl::StrCat(absl::string_view(code.data(), code.size()),
                                    "/stopwords.txt"));
  if (!lines.ok()) return lines.status();
  std::vector<std::string> words;
  for (const std::string& line : *lines) {
    for (absl::string_view word :
         absl::StrSplit(line, ' ', absl::SkipEmpty())) {
      words.emplace_back(word);
    }
  }
  return StopWords(words);
}

}  // namespace kbsearch::analyzers
