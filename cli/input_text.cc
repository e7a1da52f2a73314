#include "cli/input_text.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/utf8.h"

namespace kbsearch::cli {

absl::Status CheckUtf8(std::string_view what, std::string_view text) {
  if (IsValidUtf8(text)) return absl::OkStatus();
  int number = 0;
  for (const absl::string_view line :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    ++number;
    if (!IsValidUtf8({line.data(), line.size()})) break;
  }
  return absl::InvalidArgumentError(
      absl::StrCat(std::string(what), ": line ", number,
                   " is not UTF-8; convert it (iconv -t UTF-8)"));
}

}  // namespace kbsearch::cli
