// Tells who calls, from the `authorization` metadata of a request.
#ifndef KBSEARCH_SERVER_AUTHENTICATOR_H_
#define KBSEARCH_SERVER_AUTHENTICATOR_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/token_table.h"

namespace kbsearch::server {

// Thread-safe.
class Authenticator {
 public:
  // Without a file everybody is a portal; with one, callers without a token are
  // if `anonymous_portal` (a public help centre), and nobody otherwise.
  static absl::StatusOr<std::unique_ptr<Authenticator>> Make(
      const std::string& token_file, bool anonymous_portal = false);

  // `authorization`: every value of that name the request came with.
  // Unauthenticated: none, several, not "Bearer TOKEN", or an unknown token.
  absl::StatusOr<Caller> Authenticate(
      const std::vector<std::string>& authorization) const;

  // PermissionDenied, with what to do, unless the caller is an operator.
  absl::Status CheckOperator(const Caller& caller) const;

  // Reads the file again. On an error the old tokens stay. Nothing to do
  // without a file.
  absl::Status Reload();

  bool has_token_file() const { return !token_file_.empty(); }

 private:
  Authenticator(std::string token_file, bool anonymous_portal)
      : token_file_(std::move(token_file)),
        anonymous_portal_(anonymous_portal) {}

  const std::string token_file_;
  const bool anonymous_portal_;
  mutable std::mutex mutex_;
  std::shared_ptr<const TokenTable> table_;  // guarded by mutex_
};

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_AUTHENTICATOR_H_
