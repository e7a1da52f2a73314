#include "server/authenticator.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace kbsearch::server {
namespace {

constexpr absl::string_view kScheme = "bearer ";
constexpr char kHowToCall[] =
    "this server needs a token: send it as 'authorization: Bearer TOKEN'";

}  // namespace

absl::StatusOr<std::unique_ptr<Authenticator>> Authenticator::Make(
    const std::string& token_file, bool anonymous_portal) {
  std::unique_ptr<Authenticator> made(
      new Authenticator(token_file, anonymous_portal));
  if (absl::Status status = made->Reload(); !status.ok()) return status;
  return made;
}

absl::Status Authenticator::Reload() {
  if (!has_token_file()) return absl::OkStatus();
  absl::StatusOr<TokenTable> table = TokenTable::Load(token_file_);
  if (!table.ok()) return table.status();
  auto shared = std::make_shared<const TokenTable>(*std::move(table));
  std::lock_guard<std::mutex> lock(mutex_);
  table_ = std::move(shared);
  return absl::OkStatus();
}

absl::StatusOr<Caller> Authenticator::Authenticate(
    const std::vector<std::string>& authorization) const {
  if (!has_token_file()) return Caller{};
  if (authorization.empty() && anonymous_portal_) return Caller{};
  if (authorization.size() != 1) {
    return absl::UnauthenticatedError(kHowToCall);
  }
  absl::string_view value = authorization.front();
  if (!absl::StartsWithIgnoreCase(value, kScheme)) {
    return absl::UnauthenticatedError(kHowToCall);
  }
  value.remove_prefix(kScheme.size());
  std::shared_ptr<const TokenTable> table;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    table = table_;
  }
  const std::optional<Caller> caller =
      table->Find(std::string_view(value.data(), value.size()));
  if (!caller) return absl::UnauthenticatedError("the token is not known");
  return *caller;
}

absl::Status Authenticator::CheckOperator(const Caller& caller) const {
  if (caller.role == Role::kOperator) return absl::OkStatus();
  if (!has_token_file()) {
    return absl::PermissionDeniedError(
        "admin calls need an operator's token and this server has no token "
        "file: make one with `kbsearch-server new-token --name NAME --role "
        "operator` and start the server with --tokens FILE");
  }
  if (caller.name.empty()) {
    return absl::PermissionDeniedError(
        "admin calls need an operator's token, and none was sent (kbsearch "
        "takes --token-file FILE, or KBSEARCH_TOKEN_FILE)");
  }
  return absl::PermissionDeniedError(
      absl::StrCat("admin calls need the role operator; this token's role is ",
                   std::string(RoleName(caller.role))));
}

}  // namespace kbsearch::server
