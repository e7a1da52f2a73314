#include "indexer/sources/skipped_files.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kMostNamed = 100'000;
constexpr size_t kLongestPath = 4096;  // an archive's may be any
constexpr size_t kMostEndings = 20;
constexpr size_t kLongestEnding = 12;  // longer ones are part of the name

// ".png"; empty: the name has none.
std::string EndingOf(const std::string& path) {
  const size_t name = path.find_last_of("/:") + 1;  // npos + 1 is 0
  const size_t dot = path.rfind('.');
  if (dot == std::string::npos || dot <= name ||
      path.size() - dot > kLongestEnding) {
    return "";
  }
  return absl::AsciiStrToLower(path.substr(dot));
}

std::string ReasonOf(const std::string& ending) {
  return ending.empty() ? "files without an ending skipped"
                        : absl::StrCat("files ending in ", ending, " skipped");
}

// The commonest endings.
std::set<std::string> EndingsToTell(const std::vector<std::string>& paths) {
  std::map<std::string, uint64_t> counts;
  for (const std::string& path : paths) ++counts[EndingOf(path)];
  std::vector<std::pair<uint64_t, std::string>> sorted;
  for (const auto& [ending, count] : counts) sorted.emplace_back(count, ending);
  std::sort(sorted.rbegin(), sorted.rend());
  if (sorted.size() > kMostEndings) sorted.resize(kMostEndings);
  std::set<std::string> endings;
  for (auto& [count, ending] : sorted) endings.insert(std::move(ending));
  return endings;
}

}  // namespace

void SkippedFiles::Add(std::string path) {
  if (paths_.size() == kMostNamed) {
    ++unnamed_;
    return;
  }
  if (path.size() > kLongestPath) path.resize(kLongestPath);
  paths_.push_back(std::move(path));
}

void SkippedFiles::ReportTo(
    const std::function<void(ReportItem)>& report) const {
  const std::string remedy =
      "none, if they are no articles; else name such a file itself, with "
      "--format";
  const std::set<std::string> endings = EndingsToTell(paths_);
  std::vector<std::string> paths = paths_;
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    const std::string ending = EndingOf(path);
    report({path, 0, "", Severity::kNotice,
            endings.contains(ending) ? ReasonOf(ending)
                                     : "files with other endings skipped",
            "", remedy});
  }
  if (unnamed_ > 0) {
    report({"", 0, "", Severity::kNotice, "more files skipped",
            absl::StrCat(unnamed_, " files"), remedy});
  }
}

}  // namespace kbsearch::indexer
