// "HOST:PORT" as the options give it.
#ifndef KBSEARCH_SERVER_HTTP_SOCKET_ADDRESS_H_
#define KBSEARCH_SERVER_HTTP_SOCKET_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"

namespace kbsearch::server {

struct SocketAddress {
  std::string host;  // without the brackets of "[::1]"
  int port = 0;      // 0 = any free one

  // 127.0.0.0/8, ::1 or localhost: reached from this machine only.
  bool IsLoopback() const;
  std::string ToString() const;
};

// InvalidArgument says what an address looks like.
absl::StatusOr<SocketAddress> ParseSocketAddress(const std::string& text);

// A listening, non-blocking TCP socket, and its port. The caller closes it.
// The error says which address and why: taken (another server?), not of this
// machine, not permitted, not resolved.
struct Listener {
  int fd = -1;
  int port = 0;
};
absl::StatusOr<Listener> ListenOn(const SocketAddress& address);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_SOCKET_ADDRESS_H_
