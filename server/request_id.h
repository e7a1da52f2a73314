// Names for requests, searches and tokens.
#ifndef KBSEARCH_SERVER_REQUEST_ID_H_
#define KBSEARCH_SERVER_REQUEST_ID_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace kbsearch::server {

// `bytes` unpredictable bytes in lower-case hexadecimal. Thread-safe.
std::string RandomHex(size_t bytes);

// The caller's id when it can be logged and sent back as it stands (1 to 64 of
// letters, digits, "._-"), otherwise a new one.
std::string RequestIdFrom(std::string_view given);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_REQUEST_ID_H_
