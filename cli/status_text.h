// Makes an error of a call readable: what, which field, and what to do.
#ifndef KBSEARCH_CLI_STATUS_TEXT_H_
#define KBSEARCH_CLI_STATUS_TEXT_H_

#include <grpcpp/grpcpp.h>

#include <string>

#include "cli/settings.h"

namespace kbsearch::cli {

// REQUIRES: !status.ok(). No newline at the end. Example:
//   INVALID_ARGUMENT
//     query: is empty; type at least one word
std::string DescribeError(const grpc::Status& status, const Settings& settings);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_STATUS_TEXT_H_
