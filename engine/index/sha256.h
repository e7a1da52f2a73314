// SHA-256 of bytes that come piece by piece.
#ifndef KBSEARCH_ENGINE_INDEX_SHA256_H_
#define KBSEARCH_ENGINE_INDEX_SHA256_H_

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace kbsearch::engine {

// One thread at a time.
class Sha256 {
 public:
  Sha256();

  void Add(std::string_view bytes);

  // The digest in hex, 64 digits. Once; nothing can be added afterwards.
  std::string Hex();

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_SHA256_H_
