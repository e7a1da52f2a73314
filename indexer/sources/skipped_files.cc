#include "indexer/sources/skipped_files.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace kbsearch::indexer {
namespace {

constexpr size_t kMostEndings = 1000;  // told apart while they are counted
constexpr size_t kMostTold = 20;
constexpr size_t kMostNames = 5;
constexpr size_t kLongestName = 200;       // an archive's may be any
constexpr size_t kLongestEnding = 12;      // longer ones are part of the name
constexpr std::string_view kOthers = "*";  // no ending

// ".png"; empty: the name has none.
std::string EndingOf(const std::string& name) {
  const size_t file = name.rfind('/') + 1;  // npos + 1 is 0
  const size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot <= file ||
      name.size() - dot > kLongestEnding) {
    return "";
  }
  return absl::AsciiStrToLower(name.substr(dot));
}

std::string ReasonOf(const std::string& ending) {
  if (ending == kOthers) return "files with other endings skipped";
  return ending.empty() ? "files without an ending skipped"
                        : absl::StrCat("files ending in ", ending, " skipped");
}

}  // namespace

void SkippedFiles::Add(const std::string& name) {
  std::string ending = EndingOf(name);
  if (groups_.size() >= kMostEndings && !groups_.contains(ending)) {
    ending = std::string(kOthers);
  }
  Group one;
  one.count = 1;
  one.first.insert(name.substr(0, kLongestName));
  Add(one, &groups_[ending]);
}

void SkippedFiles::Add(const Group& group, Group* sum) {
  sum->count += group.count;
  sum->first.insert(group.first.begin(), group.first.end());
  while (sum->first.size() > kMostNames) {
    sum->first.erase(std::prev(sum->first.end()));
  }
}

void SkippedFiles::ReportTo(
    const std::string& source,
    const std::function<void(ReportItem)>& report) const {
  std::vector<std::pair<std::string, Group>> told;
  Group others;
  for (const auto& [ending, group] : groups_) {
    ending == kOthers ? Add(group, &others) : told.push_back({ending, group});
  }
  std::stable_sort(told.begin(), told.end(), [](const auto& a, const auto& b) {
    return a.second.count > b.second.count;
  });
  for (; told.size() > kMostTold; told.pop_back()) {
    Add(told.back().second, &others);
  }
  if (others.count > 0) told.emplace_back(kOthers, others);
  for (const auto& [ending, group] : told) {
    report({source, 0, "", Severity::kNotice, ReasonOf(ending),
            absl::StrCat(group.count, group.count == 1 ? " file: " : " files: ",
                         absl::StrJoin(group.first, ", "),
                         group.count > group.first.size() ? " …" : ""),
            "none, if they are no articles; else name such a file itself, with "
            "--format"});
  }
}

}  // namespace kbsearch::indexer
