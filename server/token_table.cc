#include "server/token_table.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "server/request_id.h"

namespace kbsearch::server {
namespace {

constexpr uint64_t kMaxFileBytes = 1 << 20;
constexpr size_t kMaxNameLength = 64;
constexpr char kRemedy[] =
    "an entry has name, role (portal, agent or operator) and sha256; "
    "`kbsearch-server new-token --name NAME --role ROLE` prints one";

std::string Sha256(std::string_view text) {
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameLength &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  c == '.' || c == '_' || c == '-';
         });
}

bool IsSha256(std::string_view hex) {
  return hex.size() == 2 * SHA256_DIGEST_LENGTH &&
         std::all_of(hex.begin(), hex.end(), [](char c) {
           return absl::ascii_isxdigit(static_cast<unsigned char>(c));
         });
}

absl::Status FileError(const std::string& path, const YAML::Mark& mark,
                       const std::string& what) {
  // yaml-cpp counts lines from 0, and -1 where it knows none.
  const int line = std::max(0, mark.line) + 1;
  return absl::InvalidArgumentError(
      absl::StrCat(path, ":", line, ": ", what, "; ", kRemedy));
}

// The scalar `key` of an entry, or empty.
std::string Field(const YAML::Node& node, const char* key) {
  const YAML::Node value = node[key];
  return value && value.IsScalar() ? value.Scalar() : std::string();
}

absl::Status ParseEntry(const YAML::Node& node, const std::string& path,
                        TokenTable::Entry* entry) {
  if (!node.IsMap()) return FileError(path, node.Mark(), "not an entry");
  entry->caller.name = Field(node, "name");
  if (!IsName(entry->caller.name)) {
    return FileError(path, node.Mark(),
                     "name is missing or holds more than letters, digits, "
                     "'.', '_' and '-' (64 at most)");
  }
  const std::optional<Role> role = ParseRole(Field(node, "role"));
  if (!role) return FileError(path, node.Mark(), "role is missing or unknown");
  entry->caller.role = *role;
  const std::string hex = Field(node, "sha256");
  if (!IsSha256(hex)) {
    return FileError(path, node.Mark(),
                     "sha256 is missing or not 64 hexadecimal digits");
  }
  entry->hash = absl::HexStringToBytes(hex);
  return absl::OkStatus();
}

}  // namespace

std::string_view RoleName(Role role) {
  switch (role) {
    case Role::kPortal:
      return "portal";
    case Role::kAgent:
      return "agent";
    case Role::kOperator:
      return "operator";
  }
  return "portal";
}

std::optional<Role> ParseRole(std::string_view name) {
  for (Role role : {Role::kPortal, Role::kAgent, Role::kOperator}) {
    if (name == RoleName(role)) return role;
  }
  return std::nullopt;
}

engine::Audience AudienceOf(Role role) {
  return role == Role::kPortal ? engine::Audience::kPublic
                               : engine::Audience::kAgent;
}

absl::StatusOr<TokenTable> TokenTable::Load(const std::string& path) {
  absl::StatusOr<std::string> content = ReadFile(path, kMaxFileBytes);
  if (!content.ok()) {
    return absl::Status(
        content.status().code(),
        absl::StrCat("token file: ", content.status().message()));
  }
  return Parse(*content, path);
}

absl::StatusOr<TokenTable> TokenTable::Parse(const std::string& content,
                                             const std::string& path) {
  YAML::Node root;
  try {
    root = YAML::Load(content);
  } catch (const YAML::Exception& error) {
    return FileError(path, error.mark, absl::StrCat("not YAML: ", error.msg));
  }
  if (!root.IsSequence() || root.size() == 0) {
    return FileError(path, root.Mark(), "not a list of tokens");
  }
  TokenTable table;
  for (const YAML::Node& node : root) {
    Entry entry;
    if (absl::Status status = ParseEntry(node, path, &entry); !status.ok()) {
      return status;
    }
    for (const Entry& other : table.entries_) {
      if (other.caller.name == entry.caller.name || other.hash == entry.hash) {
        return FileError(path, node.Mark(),
                         "name or sha256 stands in the file twice");
      }
    }
    table.entries_.push_back(std::move(entry));
  }
  return table;
}

std::optional<Caller> TokenTable::Find(std::string_view token) const {
  const std::string hash = Sha256(token);
  const Entry* found = nullptr;
  for (const Entry& entry : entries_) {
    // No early exit: the time must not tell which entry is near.
    if (CRYPTO_memcmp(entry.hash.data(), hash.data(), hash.size()) == 0) {
      found = &entry;
    }
  }
  if (found == nullptr) return std::nullopt;
  return found->caller;
}

absl::StatusOr<NewToken> MakeToken(const std::string& name, Role role) {
  if (!IsName(name)) {
    return absl::InvalidArgumentError(
        "--name: 1 to 64 letters, digits, '.', '_' or '-'");
  }
  NewToken made;
  made.token = absl::StrCat("kbs_", RandomHex(32));
  const std::string role_name(RoleName(role));
  made.yaml_entry = absl::StrCat(
      "- name: ", name, "\n  role: ", role_name,
      "\n  sha256: ", absl::BytesToHexString(Sha256(made.token)), "\n");
  return made;
}

}  // namespace kbsearch::server
