#include "engine/index/schema.h"

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"

namespace kbsearch::engine {
namespace {

// The longest prefix of `text` of at most `limit` bytes that ends at a
// character border.
std::string_view CutAtCharacter(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80)
    --limit;
  return text.substr(0, limit);
}

}  // namespace

std::string BooleanTerm(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  // Zero bytes count double in Xapian; no value starts with U+0001 + digest.
  if (value.size() <= kMaxTermBytes &&
      value.find('\0') == std::string_view::npos) {
    term.append(value);
    return term;
  }
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(value.data()), value.size(),
         digest);
  term.append("\x01");
  term.append(absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(digest), sizeof(digest))));
  return term;
}

std::string DocumentTerm(std::string_view hit_id, std::string_view language) {
  std::string key(hit_id);
  key += '\n';
  key += language;
  return BooleanTerm(kDocumentPrefix, key);
}

std::string TextTerm(std::string_view prefix, std::string_view text) {
  std::string term;
  SetTextTerm(prefix, text, &term);
  return term;
}

void SetTextTerm(std::string_view prefix, std::string_view text,
                 std::string* term) {
  term->assign(prefix);
  term->append(CutAtCharacter(text, kMaxTermBytes));
}

}  // namespace kbsearch::engine
