// The Analyzer of every language: front end + the language's chain.
#ifndef KBSEARCH_ANALYZERS_TEXT_ANALYZER_H_
#define KBSEARCH_ANALYZERS_TEXT_ANALYZER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/analyzer.h"
#include "analyzers/clean_text.h"
#include "analyzers/language.h"
#include "analyzers/segmenter.h"
#include "analyzers/word_analysis.h"
#include "analyzers/word_cache.h"

namespace kbsearch::analyzers {

class TextAnalyzer : public Analyzer {
 public:
  // `owner` keeps the language's tables alive.
  TextAnalyzer(std::unique_ptr<LanguageChain> chain,
               std::shared_ptr<const void> owner);

  const std::string& language() const override { return chain_->language; }
  std::vector<Token> Analyze(std::string_view text) override;
  std::vector<AnalysisStep> Explain(std::string_view text) override;

 private:
  void AnalyzeStretch(std::string_view text, std::vector<Token>* tokens);
  // Does segment `i` go on a number written in groups, "10 000"?
  bool ContinuesNumber(const std::vector<Segment>& segments, size_t i) const;
  void EmitWord(std::string_view text, const Segment& segment,
                std::vector<Token>* tokens);
  void EmitProtected(const Segment& segment, std::vector<Token>* tokens);
  // Segments [first, last] written as one word: "wifi" for "Wi-Fi".
  void EmitJoined(std::string_view text, size_t first, size_t last,
                  std::vector<Token>* tokens);
  // The same for pairs of three or more, of which one is short.
  void EmitShortPairs(std::string_view text, size_t first, size_t last,
                      std::vector<Token>* tokens);
  void EmitGlueReadings(size_t first, size_t last, std::vector<Token>* tokens);
  // Puts `token` at the place of segments [first, last] of this stretch.
  void InsertOver(size_t first, size_t last, Token token,
                  std::vector<Token>* tokens);
  // Analysis of clean text [begin, end), from the cache if it is there.
  // Valid until the next call.
  const WordAnalysis& Analyzed(std::string_view text, size_t begin, size_t end);

  std::unique_ptr<LanguageChain> chain_;
  std::shared_ptr<const void> owner_;
  CleanText clean_;
  Segmenter segmenter_;
  WordAnalyzer words_;
  WordCache cache_;
  uint32_t next_position_ = 0;
  std::vector<uint32_t> segment_positions_;
  std::vector<size_t> segment_tokens_;  // first token of each segment
};

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_TEXT_ANALYZER_H_
