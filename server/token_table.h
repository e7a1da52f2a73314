// Who may call: names, roles and the hashes of their tokens.
//
// The file is a YAML list; tokens themselves are nowhere kept:
//
//   - name: website
//     role: portal
//     sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
#ifndef KBSEARCH_SERVER_TOKEN_TABLE_H_
#define KBSEARCH_SERVER_TOKEN_TABLE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/article.h"

namespace kbsearch::server {

enum class Role { kPortal, kAgent, kOperator };

// "portal", "agent", "operator".
std::string_view RoleName(Role role);
std::optional<Role> ParseRole(std::string_view name);

// What a role may see: a portal the public articles, the others all.
engine::Audience AudienceOf(Role role);

struct Caller {
  std::string name;  // empty: no token was sent, or none is needed
  Role role = Role::kPortal;
};

// Immutable after Load, hence thread-safe.
class TokenTable {
 public:
  // Errors name the file, the line and what to write there instead. A file
  // without entries is refused: nobody could call.
  static absl::StatusOr<TokenTable> Load(const std::string& path);
  // The same for the file's content; `path` is for messages.
  static absl::StatusOr<TokenTable> Parse(const std::string& content,
                                          const std::string& path);

  // The token's owner. Takes the same time whichever entry matches.
  std::optional<Caller> Find(std::string_view token) const;

  size_t size() const { return entries_.size(); }

  struct Entry {
    Caller caller;
    std::string hash;  // SHA-256 of the token, 32 bytes
  };

 private:
  std::vector<Entry> entries_;
};

// A fresh token and the entry to add to the token file for it.
struct NewToken {
  std::string token;
  std::string yaml_entry;
};
// InvalidArgument: the name is empty or holds more than letters, digits, "._-".
absl::StatusOr<NewToken> MakeToken(const std::string& name, Role role);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_TOKEN_TABLE_H_
