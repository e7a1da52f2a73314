#include "analyzers/stop_words.h"

#include <utility>

#include "absl/strings/str_split.h"
#include "analyzers/fold.h"

namespace kbsearch::analyzers {

namespace {

absl::flat_hash_set<std::string> FoldAll(
    const std::vector<std::string>& words) {
  absl::flat_hash_set<std::string> all;
  for (const std::string& word : words) {
    std::string folded = Fold(std::string_view(word));
    std::erase(folded, '\'');
    std::erase(folded, ',');
    if (!folded.empty()) all.insert(std::move(folded));
  }
  return all;
}

absl::StatusOr<std::vector<std::string>> ReadWords(const ResourceFolder& folder,
                                                   const std::string& name) {
  absl::StatusOr<std::vector<std::string>> lines = folder.ReadLines(name);
  if (!lines.ok()) return lines.status();
  std::vector<std::string> words;
  for (const std::string& line : *lines) {
    for (absl::string_view word :
         absl::StrSplit(line, ' ', absl::SkipEmpty())) {
      words.emplace_back(word);
    }
  }
  return words;
}

}  // namespace

StopWords::StopWords(const std::vector<std::string>& words,
                     const std::vector<std::string>& negations)
    : words_(FoldAll(words)), negations_(FoldAll(negations)) {}

absl::StatusOr<StopWords> StopWords::Load(const ResourceFolder& folder,
                                          std::string_view code) {
  const std::string language(code);
  absl::StatusOr<std::vector<std::string>> words =
      ReadWords(folder, language + "/stopwords.txt");
  if (!words.ok()) return words.status();
  absl::StatusOr<std::vector<std::string>> negations =
      ReadWords(folder, language + "/negations.txt");
  if (!negations.ok()) return negations.status();
  return StopWords(*words, *negations);
}

}  // namespace kbsearch::analyzers
