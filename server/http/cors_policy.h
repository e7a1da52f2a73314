// Which other sites' pages may call this server (CORS).
#ifndef KBSEARCH_SERVER_HTTP_CORS_POLICY_H_
#define KBSEARCH_SERVER_HTTP_CORS_POLICY_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "server/http/http_daemon.h"

namespace kbsearch::server {

// Immutable. By default no other site is let in.
class CorsPolicy {
 public:
  CorsPolicy() = default;
  // "https://shop.example, https://www.shop.example", or "*": every site.
  // InvalidArgument names what is no origin.
  static absl::StatusOr<CorsPolicy> Parse(const std::string& origins);

  // A browser's question, before the call, whether it may be made.
  bool IsPreflight(const HttpRequest& request) const;
  // What a browser must read to hand the answer to a page of another site.
  void AddHeaders(const HttpRequest& request, HttpResponse* response) const;

 private:
  bool Allows(const std::string& origin) const;

  bool all_ = false;
  std::set<std::string> origins_;
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_HTTP_CORS_POLICY_H_
