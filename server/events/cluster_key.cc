#include "server/events/cluster_key.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/file.h"

namespace kbsearch::server::events {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr uint64_t kMaxFileBytes = 1024;
constexpr size_t kHashBytes = 8;

// Made beside and linked, so that of two servers that start at once both use
// the key of one.
absl::Status MakeKey(const std::string& path) {
  unsigned char key[kKeyBytes];
  if (RAND_bytes(key, sizeof(key)) != 1) {
    return absl::InternalError("no random numbers for the events' key");
  }
  const std::string text = absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(key), sizeof(key)));
  const std::string beside = absl::StrCat(path, ".", getpid());
  const int fd =
      open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool ok = fd >= 0 && write(fd, text.data(), text.size()) ==
                           static_cast<ssize_t>(text.size());
  ok = ok && fsync(fd) == 0;
  ok = ok && (link(beside.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int error = errno;
  if (fd >= 0) close(fd);
  unlink(beside.c_str());
  if (ok) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "cannot make the events' key ", path, ": ", std::strerror(error),
      "; name another file with "
      "--events-key"));
}

}  // namespace

std::string ClusterKeyMaker::Words(std::string_view text,
                                   const std::string& language) {
  const std::string known(language.empty() ? registry_->languages().front().code
                                           : std::string_view(language));
  auto& analyzer = analyzers_[known];
  if (analyzer == nullptr) analyzer = registry_->NewAnalyzer(known);
  std::string content;
  std::string function;
  for (const analyzers::Token& token : analyzer->Analyze(text)) {
    if (token.role != analyzers::TokenRole::kWhole) continue;
    absl::StrAppend(token.is_stop ? &function : &content, token.exact, " ");
  }
  // The folded words are analysed once more: lemmas of "oublié" and of "oublie"
  // differ, and people leave accents out.
  std::set<std::string> words;
  for (const analyzers::Token& token :
       analyzer->Analyze(content.empty() ? function : content)) {
    if (token.role != analyzers::TokenRole::kWhole) continue;
    words.insert(token.lemmas.empty() ? token.exact : token.lemmas.front());
  }
  if (!words.empty()) return absl::StrJoin(words, "\x1f");
  const absl::string_view whole(text.data(), text.size());
  return std::string(absl::StripAsciiWhitespace(whole));
}

std::string ClusterKeyMaker::Make(std::string_view text,
                                  const std::string& language) {
  const std::string hashed =
      absl::StrCat(language, "\x1e", Words(text, language));
  unsigned char hash[EVP_MAX_MD_SIZE];
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(hashed.data()), hashed.size(),
       hash, nullptr);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(hash), kHashBytes));
}

absl::StatusOr<std::string> LoadOrMakeKey(const std::string& path) {
  if (access(path.c_str(), F_OK) != 0) {
    if (absl::Status status = MakeKey(path); !status.ok()) return status;
  }
  const absl::StatusOr<std::string> content = ReadFile(path, kMaxFileBytes);
  if (!content.ok()) return content.status();
  const absl::string_view digits = absl::StripAsciiWhitespace(*content);
  if (digits.size() != 2 * kKeyBytes ||
      !std::all_of(digits.begin(), digits.end(), absl::ascii_isxdigit)) {
    return absl::InvalidArgumentError(absl::StrCat(
        path,
        ": is no events' key (64 hexadecimal digits); move the file "
        "away, the server then makes a new one"));
  }
  return absl::HexStringToBytes(digits);
}

}  // namespace kbsearch::server::events
