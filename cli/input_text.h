// Text that comes in from outside, before a server sees it.
#ifndef KBSEARCH_CLI_INPUT_TEXT_H_
#define KBSEARCH_CLI_INPUT_TEXT_H_

#include <string_view>

#include "absl/status/status.h"

namespace kbsearch::cli {

// InvalidArgument: `text` is not UTF-8; names `what` it is and the line.
absl::Status CheckUtf8(std::string_view what, std::string_view text);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_INPUT_TEXT_H_
