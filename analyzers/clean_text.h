// Cleaning: a stretch of the original text as code points, typographic
// variants unified, invisible characters gone, and for each code point the
// bytes of the original it stands for.
//
//   "l’a­mi" → "l'ami"          (U+2019 → ', soft hyphen dropped)
//   "10 000" with U+202F → "10000"   (a plain space stays a separator)
#ifndef KBSEARCH_ANALYZERS_CLEAN_TEXT_H_
#define KBSEARCH_ANALYZERS_CLEAN_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kbsearch::analyzers {

// Reusable; not thread-safe.
class CleanText {
 public:
  // Takes bytes [begin, end) of `original`. Invalid UTF-8 becomes U+FFFD.
  void Assign(std::string_view original, size_t begin, size_t end);

  std::u32string_view text() const { return text_; }
  size_t size() const { return text_.size(); }
  // The code point at `i`, or 0 behind the end: scanners may look ahead.
  char32_t operator[](size_t i) const {
    return i < text_.size() ? text_[i] : 0;
  }
  std::u32string_view Slice(size_t begin, size_t end) const {
    return text().substr(begin, end - begin);
  }

  // Byte offsets into the original. REQUIRES: i < size().
  uint32_t Begin(size_t i) const { return begin_[i]; }
  uint32_t End(size_t i) const { return begin_[i] + length_[i]; }

 private:
  std::u32string text_;
  std::vector<uint32_t> begin_;
  std::vector<uint8_t> length_;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_CLEAN_TEXT_H_
