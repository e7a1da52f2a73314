#include "engine/generations/pushed_articles.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/file.h"

namespace kbsearch::engine {
namespace {

std::string PathOf(const std::string& generation_folder) {
  return generation_folder + "/pushed.tsv";
}

}  // namespace

absl::Status WritePushedArticles(const std::string& generation_folder,
                                 const PushedArticles& articles) {
  std::string text;
  for (const auto& [key, pushed] : articles) {
    absl::StrAppend(&text, key.second, "\t",
                    pushed.source_digest.empty() ? "-" : pushed.source_digest,
                    pushed.is_deleted ? "\tdeleted\t" : "\tput\t", key.first,
                    "\n");
  }
  return ReplaceFile(PathOf(generation_folder), text);
}

absl::StatusOr<PushedArticles> ReadPushedArticles(
    const std::string& generation_folder) {
  const std::string path = PathOf(generation_folder);
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) return PushedArticles();
  if (!text.ok()) return text.status();
  PushedArticles articles;
  for (absl::string_view line :
       absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (fields.size() != 4 || fields[3].empty() ||
        (fields[2] != "put" && fields[2] != "deleted")) {
      return absl::DataLossError(absl::StrCat(path, ": damaged"));
    }
    articles[{fields[3], fields[0]}] = {fields[1] == "-" ? "" : fields[1],
                                        fields[2] == "deleted"};
  }
  return articles;
}

}  // namespace kbsearch::engine
