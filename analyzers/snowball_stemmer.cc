#include "analyzers/snowball_stemmer.h"

#include <libstemmer.h>

#include <cassert>

namespace kbsearch::analyzers {

void SnowballStemmer::Deleter::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

SnowballStemmer::SnowballStemmer(const char* algorithm)
    : stemmer_(sb_stemmer_new(algorithm, "UTF_8")) {
  assert(stemmer_ != nullptr);
}

SnowballStemmer::~SnowballStemmer() = default;

bool SnowballStemmer::Has(const char* algorithm) {
  const std::unique_ptr<sb_stemmer, Deleter> stemmer(
      sb_stemmer_new(algorithm, "UTF_8"));
  return stemmer != nullptr;
}

std::string SnowballStemmer::Stem(std::string_view word) {
  const sb_symbol* const stem = sb_stemmer_stem(
      stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
      static_cast<int>(word.size()));
  if (stem == nullptr) return std::string(word);
  const int length = sb_stemmer_length(stemmer_.get());
  if (length <= 0) return std::string(word);
  return std::string(reinterpret_cast<const char*>(stem),
                     static_cast<size_t>(length));
}

}  // namespace kbsearch::analyzers
