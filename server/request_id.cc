#include "server/request_id.h"

#include <openssl/rand.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"

namespace kbsearch::server {
namespace {

constexpr size_t kMaxGivenLength = 64;

bool IsIdCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' ||
         c == '_' || c == '-';
}

}  // namespace

std::string RandomHex(size_t bytes) {
  std::string raw(bytes, '\0');
  // Fails only when the system has no entropy source at all; a predictable
  // token would be worse than no server.
  if (RAND_bytes(reinterpret_cast<unsigned char*>(raw.data()),
                 static_cast<int>(bytes)) != 1) {
    std::abort();
  }
  return absl::BytesToHexString(raw);
}

std::string RequestIdFrom(std::string_view given) {
  const bool usable = !given.empty() && given.size() <= kMaxGivenLength &&
                      std::all_of(given.begin(), given.end(), IsIdCharacter);
  return usable ? std::string(given) : RandomHex(8);
}

}  // namespace kbsearch::server
