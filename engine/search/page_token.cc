#include "engine/search/page_token.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace kbsearch::engine {
namespace {

constexpr size_t kDigestBytes = 12;

// Of everything that decides the order of the hits, and of the token's numbers.
std::string Digest(const PageToken& token, const SearchQuery& query) {
  std::string text = absl::StrCat(token.generation, "\n", token.offset, "\n");
  const auto add = [&](const std::string& part) {
    absl::StrAppend(&text, part.size(), ":", part);
  };
  add(query.corpus);
  add(query.text);
  add(query.language);
  for (const std::string& language : query.languages) add(language);
  for (const ArticleKind kind : query.filter.kinds) {
    add(std::string(KindName(kind)));
  }
  add("categories");
  for (const std::string& category : query.filter.categories) add(category);
  add("tags");
  for (const std::string& tag : query.filter.tags) add(tag);
  absl::StrAppend(&text, query.filter.updated_after.value_or(-1), "\n",
                  static_cast<int>(query.audience), "\n",
                  static_cast<int>(query.translation_mode),
                  query.verbatim ? "v" : "");
  unsigned char digest[SHA256_DIGEST_LENGTH];
  // SHA256() would look the algorithm up for every token, which takes longer
  // than the digest.
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_Digest(text.data(), text.size(), digest, nullptr, sha256, nullptr);
  return std::string(reinterpret_cast<const char*>(digest), kDigestBytes);
}

}  // namespace

std::string EncodePageToken(const PageToken& token, const SearchQuery& query) {
  return absl::WebSafeBase64Escape(absl::StrCat(
      token.generation, ".", token.offset, ".", Digest(token, query)));
}

absl::StatusOr<PageToken> DecodePageToken(const SearchQuery& query) {
  PageToken token;
  if (query.page_token.empty()) return token;
  std::string text;
  if (absl::WebSafeBase64Unescape(query.page_token, &text)) {
    const std::vector<std::string> parts =
        absl::StrSplit(text, absl::MaxSplits('.', 2));
    if (parts.size() == 3 && absl::SimpleAtoi(parts[0], &token.generation) &&
        absl::SimpleAtoi(parts[1], &token.offset) &&
        token.offset <= kMaxOffset && parts[2] == Digest(token, query)) {
      return token;
    }
  }
  return absl::InvalidArgumentError(
      "page_token: damaged, or of another query; start again without it");
}

absl::Status GenerationGoneError() {
  return absl::InvalidArgumentError(
      "page_token: the index has been rebuilt since; start again without it");
}

}  // namespace kbsearch::engine
