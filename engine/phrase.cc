#include "engine/phrase.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;

bool IsWord(const Token& token) {
  return token.role == TokenRole::kWhole ||
         (token.role == TokenRole::kVariant && token.span == 1);
}

}  // namespace

Phrase::Phrase(std::string_view text, analyzers::Analyzer& analyzer) {
  const std::vector<Token> tokens = analyzer.Analyze(text);
  for (const Token& token : tokens) {
    if (!IsWord(token)) continue;
    // Positions may have gaps; a phrase's words are simply in order.
    if (token.role == TokenRole::kWhole || words_.empty())
      words_.emplace_back();
    words_.back().push_back(token.exact);
    lemmas_.insert(lemmas_.end(), token.lemmas.begin(), token.lemmas.end());
  }
  for (const Token& token : tokens) {
    if (token.role != TokenRole::kJoined || token.span < words_.size())
      continue;
    joined_.push_back(token.exact);
    joined_lemmas_.insert(joined_lemmas_.end(), token.lemmas.begin(),
                          token.lemmas.end());
  }
  if (words_.size() != 1) lemmas_.clear();
}

bool Phrase::StandsIn(std::string_view text,
                      analyzers::Analyzer& analyzer) const {
  // Bit i of `reached`: the words up to the i-th end at the word before. Longer
  // phrases are compared by their first 64 words.
  const size_t size = std::min<size_t>(words_.size(), 64);
  if (size == 0) return false;
  const uint64_t complete = uint64_t{1} << (size - 1);
  uint64_t reached = 0;
  uint64_t now = 0;
  const auto starts_here = [](uint64_t before) { return before << 1 | 1; };
  for (const Token& token : analyzer.Analyze(text)) {
    if (!IsWord(token)) continue;
    if (token.role == TokenRole::kWhole) {
      reached = std::exchange(now, 0);
    }
    for (size_t i = 0; i < size; ++i) {
      if ((starts_here(reached) >> i & 1) != 0 &&
          std::find(words_[i].begin(), words_[i].end(), token.exact) !=
              words_[i].end()) {
        now |= uint64_t{1} << i;
      }
    }
    if ((now & complete) != 0) return true;
  }
  return false;
}

}  // namespace kbsearch::engine
