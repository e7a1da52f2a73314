// The server's log: one line an event, key=value pairs, on standard error.
//
//   time=2026-01-31T12:00:00.123Z level=info event=call request_id=9f… ms=2.1
//
// Never logged: query texts, tokens, article texts.
#ifndef KBSEARCH_SERVER_LOG_H_
#define KBSEARCH_SERVER_LOG_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kbsearch::server {

// Sets up spdlog and sends gRPC's own messages to it. `level`: "debug", "info",
// "warning", "error"; another: InvalidArgument. Call before threads start.
absl::Status InitLogging(const std::string& level);

// A value as it stands in a line: quoted and escaped when it holds anything but
// letters, digits and "._:/-". `no such "x"` → `"no such \"x\""`
std::string LogValue(std::string_view value);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_LOG_H_
