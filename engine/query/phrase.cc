#include "engine/query/phrase.h"

#include <algorithm>

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;

bool IsWord(const Token& token) {
  return token.role == TokenRole::kWhole ||
         (token.role == TokenRole::kVariant && token.span == 1);
}

void Append(const analyzers::Lemmas& from, std::vector<std::string>* texts) {
  texts->insert(texts->end(), from.begin(), from.end());
}

}  // namespace

Phrase MakePhrase(std::string_view text, analyzers::Analyzer& analyzer) {
  const std::vector<Token> tokens = analyzer.Analyze(text);
  Phrase phrase;
  for (const Token& token : tokens) {
    if (!IsWord(token)) continue;
    if (token.role == TokenRole::kWhole || phrase.words.empty()) {
      phrase.words.emplace_back();
    }
    phrase.words.back().push_back(token.exact);
    Append(token.lemmas, &phrase.lemmas);
  }
  if (phrase.words.size() != 1) phrase.lemmas.clear();
  for (const Token& token : tokens) {
    if (token.role != TokenRole::kJoined || token.span < phrase.words.size()) {
      continue;
    }
    phrase.joined.push_back(token.exact);
    Append(token.lemmas, &phrase.joined_lemmas);
  }
  return phrase;
}

PhraseMatcher::PhraseMatcher(const Phrase& phrase, const ForwardIndex& index) {
  const size_t size = std::min<size_t>(phrase.words.size(), 64);
  if (size == 0) return;
  last_ = uint64_t{1} << (size - 1);
  places_of_.resize(index.word_count());
  for (size_t i = 0; i < size; ++i) {
    for (const std::string& form : phrase.words[i]) {
      for (const WordNumber word :
           index.WordsOf(MakeTermKey(form, TermKind::kExact))) {
        if (word < places_of_.size()) places_of_[word] |= uint64_t{1} << i;
      }
    }
  }
}

bool PhraseMatcher::StandsIn(ForwardRecord record, bool in_title) const {
  while (record.NextBlock()) {
    if (in_title && record.field() != BlockField::kTitle) continue;
    // Bit i: the phrase's words up to the i-th end here.
    uint64_t reached = 0;
    for (uint32_t i = 0; i < record.block_words(); ++i) {
      const WordNumber word = record.WordAt(i);
      const uint64_t places = word < places_of_.size() ? places_of_[word] : 0;
      reached = (reached << 1 | 1) & places;
      if ((reached & last_) != 0) return true;
    }
  }
  return false;
}

}  // namespace kbsearch::engine
