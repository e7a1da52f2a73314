// Clean text → words, numbers and protected tokens, in order.
#ifndef KBSEARCH_ANALYZERS_SEGMENTER_H_
#define KBSEARCH_ANALYZERS_SEGMENTER_H_

#include <unicode/brkiter.h>

#include <memory>
#include <string_view>
#include <vector>

#include "analyzers/clean_text.h"
#include "analyzers/language.h"
#include "analyzers/protected_tokens.h"

namespace kbsearch::analyzers {

struct Segment {
  size_t begin = 0;  // indexes of the clean text
  size_t end = 0;
  bool after_hyphen = false;  // tied by '-' to the segment before
  bool glued = false;         // written together with the segment before
                              // ("όπωςportal")
  const ProtectedToken* token = nullptr;  // set for protected tokens
};

// Not thread-safe: holds a break iterator. Words of Latin, Greek, Cyrillic and
// other alphabets are runs of letters, digits and marks; stretches of scripts
// that write without blanks are divided by ICU's dictionaries.
class Segmenter {
 public:
  explicit Segmenter(ApostropheRule split_apostrophes)
      : split_apostrophes_(split_apostrophes) {}

  // The segments of `text`; valid until the next call.
  const std::vector<Segment>& Divide(const CleanText& text);
  const std::vector<Segment>& segments() const { return segments_; }

 private:
  size_t AddProtected(size_t begin);
  size_t AddWord(size_t begin);
  size_t AddComplexRun(size_t begin);
  void AddPiece(size_t begin, size_t end);
  void Add(size_t begin, size_t end, bool glued);
  bool FollowsHyphen(size_t begin) const;

  ApostropheRule split_apostrophes_;
  std::unique_ptr<icu::BreakIterator> complex_words_;
  const CleanText* text_ = nullptr;
  TokenHints hints_ = 0;  // of the stretch between blanks that is looked at
  std::vector<Segment> segments_;
  std::vector<std::unique_ptr<ProtectedToken>> tokens_;
  size_t tokens_used_ = 0;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_SEGMENTER_H_
