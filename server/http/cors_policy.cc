#include "server/http/cors_policy.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace kbsearch::server {
namespace {

constexpr char kAllowedHeaders[] =
    "authorization, connect-accept-encoding, connect-content-encoding, "
    "connect-protocol-version, connect-timeout-ms, content-encoding, "
    "content-type, grpc-accept-encoding, grpc-encoding, grpc-timeout, "
    "x-grpc-web, x-request-id, x-user-agent";
constexpr char kExposedHeaders[] =
    "connect-content-encoding, grpc-encoding, grpc-message, grpc-status, "
    "grpc-status-details-bin, x-request-id";
constexpr char kPreflightSeconds[] = "7200";

bool IsOrigin(absl::string_view text) {
  for (absl::string_view scheme : {"https://", "http://"}) {
    if (!absl::StartsWith(text, scheme)) continue;
    const absl::string_view host = text.substr(scheme.size());
    return !host.empty() &&
           host.find_first_of("/?#*@, \t") == absl::string_view::npos;
  }
  return false;
}

}  // namespace

absl::StatusOr<CorsPolicy> CorsPolicy::Parse(const std::string& origins) {
  CorsPolicy policy;
  for (absl::string_view part : absl::StrSplit(origins, ',')) {
    part = absl::StripAsciiWhitespace(part);
    if (part.empty()) continue;
    if (part == "*") {
      policy.all_ = true;
    } else if (IsOrigin(part)) {
      policy.origins_.insert(absl::AsciiStrToLower(part));
    } else {
      return absl::InvalidArgumentError(absl::StrCat(
          "'", part,
          "' is not an origin; write https://HOST or https://HOST:PORT without "
          "a path, several with commas, or * for every site"));
    }
  }
  return policy;
}

bool CorsPolicy::Allows(const std::string& origin) const {
  return !origin.empty() &&
         (all_ || origins_.count(absl::AsciiStrToLower(origin)) > 0);
}

bool CorsPolicy::IsPreflight(const HttpRequest& request) const {
  return Allows(request.Header("origin")) &&
         !request.Header("access-control-request-method").empty();
}

void CorsPolicy::AddHeaders(const HttpRequest& request,
                            HttpResponse* response) const {
  if (!all_ && origins_.empty()) return;
  // Caches must not give one site's answer to another.
  response->headers.emplace_back("Vary", "Origin");
  const std::string& origin = request.Header("origin");
  if (!Allows(origin)) return;
  response->headers.emplace_back("Access-Control-Allow-Origin", origin);
  if (request.method == "OPTIONS") {
    response->headers.emplace_back("Access-Control-Allow-Methods", "GET, POST");
    response->headers.emplace_back("Access-Control-Allow-Headers",
                                   kAllowedHeaders);
    response->headers.emplace_back("Access-Control-Max-Age", kPreflightSeconds);
  } else {
    response->headers.emplace_back("Access-Control-Expose-Headers",
                                   kExposedHeaders);
  }
}

}  // namespace kbsearch::server
