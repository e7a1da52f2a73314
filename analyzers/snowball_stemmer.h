// libstemmer behind guards: some of its algorithms give nothing (NULL) or an
// empty stem for certain words; such a word is its own stem.
#ifndef KBSEARCH_ANALYZERS_SNOWBALL_STEMMER_H_
#define KBSEARCH_ANALYZERS_SNOWBALL_STEMMER_H_

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace kbsearch::analyzers {

// Not thread-safe: libstemmer keeps the result in the stemmer.
class SnowballStemmer {
 public:
  // `algorithm` as libstemmer names it, "french". REQUIRES: libstemmer has it.
  explicit SnowballStemmer(const char* algorithm);
  ~SnowballStemmer();
  SnowballStemmer(const SnowballStemmer&) = delete;
  SnowballStemmer& operator=(const SnowballStemmer&) = delete;

  static bool Has(const char* algorithm);

  // UTF-8 in lower case → stem, never empty unless `word` is.
  std::string Stem(std::string_view word);

 private:
  struct Deleter {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Deleter> stemmer_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_SNOWBALL_STEMMER_H_
