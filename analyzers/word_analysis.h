// What one word becomes: its exact form, its lemmas and the tokens that stand
// at its position (parts, variants). Pure function of the word, hence cached.
#ifndef KBSEARCH_ANALYZERS_WORD_ANALYSIS_H_
#define KBSEARCH_ANALYZERS_WORD_ANALYSIS_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/language.h"
#include "analyzers/token.h"

namespace kbsearch::analyzers {

struct WordAnalysis {
  struct Extra {
    uint32_t begin = 0;  // code points from the word's first one
    uint32_t end = 0;
    TokenRole role = TokenRole::kPart;
    bool is_protected = false;
    bool is_stop = false;
    std::string exact;
    Lemmas lemmas;
  };
  bool is_protected = false;
  bool is_stop = false;
  bool is_negation = false;
  std::string exact;  // empty: the word is nothing but marks, skip it
  Lemmas lemmas;
  std::vector<Extra> extras;
};

// Terms longer than this many bytes are cut and completed by a hash of the
// whole; the index has a limit of 245.
inline constexpr size_t kMaxTermBytes = 160;
void ClipTerm(std::string* term);

// Not thread-safe. `chain` must outlive it.
class WordAnalyzer {
 public:
  explicit WordAnalyzer(LanguageChain* chain) : chain_(*chain) {}

  // `surface` is one cleaned word: letters, digits, marks, inner apostrophes.
  WordAnalysis Analyze(std::u32string_view surface);

  // Lemmas of a form, each once; REQUIRES: folded is Fold(surface), not empty.
  Lemmas LemmasOf(std::u32string_view surface, std::string_view folded);

 private:
  void AddPart(std::u32string_view surface, size_t begin, size_t end,
               WordAnalysis* out);
  void AddCaseAndDigitParts(std::u32string_view surface, WordAnalysis* out);
  void AddHomoglyphVariants(std::u32string_view surface, WordAnalysis* out);
  void AddCompoundParts(std::u32string_view surface, WordAnalysis* out);

  LanguageChain& chain_;
  std::vector<std::string> found_;  // what LemmasOf works in
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_WORD_ANALYSIS_H_
