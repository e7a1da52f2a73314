// Writing to a descriptor, whole.
#ifndef KBSEARCH_BASE_WRITE_ALL_H_
#define KBSEARCH_BASE_WRITE_ALL_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kbsearch {

// All bytes, whatever interrupts. ResourceExhausted: the disk is full. `path`
// is for the message only.
absl::Status WriteAll(int descriptor, std::string_view bytes,
                      const std::string& path);

}  // namespace kbsearch

#endif  // KBSEARCH_BASE_WRITE_ALL_H_
