// gzip of whole texts in memory, for HTTP bodies and messages.
#ifndef KBSEARCH_SERVER_HTTP_GZIP_H_
#define KBSEARCH_SERVER_HTTP_GZIP_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kbsearch::server {

// `level` 1 (fast) to 9 (small).
std::string Gzip(std::string_view bytes, int level = 6);

// InvalidArgument: not gzip, or cut off. ResourceExhausted: more than
// `max_bytes` come out of it; no more than that is ever held.
absl::StatusOr<std::string> Gunzip(std::string_view bytes, size_t max_bytes);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_GZIP_H_
