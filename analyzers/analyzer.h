// Text of one language → tokens. The chain is: clean → protect → segment →
// fold → language terms; see analyzers/README or ARCHITECTURE.md for the parts.
#ifndef KBSEARCH_ANALYZERS_ANALYZER_H_
#define KBSEARCH_ANALYZERS_ANALYZER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "analyzers/token.h"

namespace kbsearch::analyzers {

// One step of the chain, for people (`kbsearch analyze`).
struct AnalysisStep {
  std::string name;    // "clean", "segment", "fold", "lemma", …
  std::string output;  // what the step made of the text, readable
};

// Not thread-safe: holds a break iterator and caches. Make one per thread;
// the tables behind it are shared and immutable.
class Analyzer {
 public:
  virtual ~Analyzer() = default;

  // BCP-47 code, "el".
  virtual const std::string& language() const = 0;

  // Tokens in order of position; of equal position the kWhole one first.
  // Any byte sequence is accepted; invalid UTF-8 separates words.
  // Texts above 4 GiB are not accepted (REQUIRES: text.size() < 2^32).
  virtual std::vector<Token> Analyze(std::string_view text) = 0;

  // The same analysis, told step by step. Slow; for diagnosis only.
  virtual std::vector<AnalysisStep> Explain(std::string_view text) = 0;
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_ANALYZER_H_
