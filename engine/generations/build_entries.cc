#include "engine/generations/build_entries.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace kbsearch::engine {

absl::Status CheckCounts(const BuildEntries& articles,
                         const std::vector<LanguageStats>& languages) {
  std::map<std::string, uint64_t> listed;
  for (const auto& [key, known] : articles) ++listed[key.second];
  for (const LanguageStats& language : languages) {
    listed.try_emplace(language.language, 0);
  }
  for (const auto& [code, count] : listed) {
    const auto written = std::find_if(
        languages.begin(), languages.end(),
        [&](const LanguageStats& each) { return each.language == code; });
    const uint64_t held = written == languages.end() ? 0 : written->articles;
    if (held == count) continue;
    return absl::InternalError(absl::StrCat(
        "the new generation holds ", held, " articles in ", code,
        " instead of ", count, "; it is not published: please report this"));
  }
  return absl::OkStatus();
}

}  // namespace kbsearch::engine
