#include "server/http/socket_address.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace kbsearch::server {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

absl::Status ListenError(const SocketAddress& address, int error_number) {
  const std::string text = address.ToString();
  if (error_number == EADDRINUSE) {
    return absl::UnavailableError(absl::StrCat(
        "cannot listen on ", text,
        ": the port is taken (is another kbsearch-server running?); stop that "
        "program or choose another port with --listen or --http"));
  }
  return absl::UnavailableError(absl::StrCat("cannot listen on ", text, ": ",
                                             std::strerror(error_number)));
}

int PortOf(int fd) {
  sockaddr_storage bound{};
  socklen_t length = sizeof(bound);
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &length) != 0) {
    return 0;
  }
  return ntohs(bound.ss_family == AF_INET6
                   ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                   : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
}

}  // namespace

bool SocketAddress::IsLoopback() const {
  if (host == "localhost" || host == "::1") return true;
  // "127.evil.example" is no address: digits and dots only.
  return absl::StartsWith(host, "127.") &&
         host.find_first_not_of("0123456789.") == std::string::npos;
}

std::string SocketAddress::ToString() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return is_v6 ? absl::StrCat("[", host, "]:", port)
               : absl::StrCat(host, ":", port);
}

absl::StatusOr<SocketAddress> ParseSocketAddress(const std::string& text) {
  const auto error = [&text] {
    return absl::InvalidArgumentError(absl::StrCat(
        "'", text, "' is not HOST:PORT, as in 127.0.0.1:50051 or [::1]:8080"));
  };
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return error();
  SocketAddress address;
  address.host = text.substr(0, colon);
  if (address.host.size() > 2 && address.host.front() == '[' &&
      address.host.back() == ']') {
    address.host = address.host.substr(1, address.host.size() - 2);
  } else if (address.host.find(':') != std::string::npos) {
    return error();
  }
  if (!absl::SimpleAtoi(text.substr(colon + 1), &address.port) ||
      address.port < 0 || address.port > 65535) {
    return error();
  }
  return address;
}

absl::StatusOr<Listener> ListenOn(const SocketAddress& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failure =
      getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(),
                  &hints, &found);
  if (failure != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "cannot listen on ", address.ToString(), ": ", gai_strerror(failure)));
  }
  const AddressList addresses(found, &freeaddrinfo);
  const int fd =
      socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return ListenError(address, errno);
  // Else a restart would have to wait for the old connections to time out; on
  // Linux two listeners still exclude each other.
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 ||
      listen(fd, SOMAXCONN) != 0) {
    const int error_number = errno;
    close(fd);
    return ListenError(address, error_number);
  }
  return Listener{fd, PortOf(fd)};
}

}  // namespace kbsearch::server
