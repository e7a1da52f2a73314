#include "analyzers/lang/en/english_compounds.h"

#include <algorithm>

#include "analyzers/characters.h"

namespace kbsearch::analyzers {
namespace {

std::vector<std::string> LemmasOf(const std::string& word,
                                  EnglishLemmatizer* lemmatizer) {
  std::vector<std::string> lemmas;
  const std::u32string letters = ToUtf32(word);
  lemmatizer->Lemmatize({letters, word}, &lemmas);
  return lemmas;
}

bool IsBlank(std::string_view between) {
  return !between.empty() &&
         between.find_first_not_of(" \t\n") == std::string_view::npos;
}

}  // namespace

ClosedCompoundRule::ClosedCompoundRule(
    const std::vector<std::pair<std::string, std::string>>& pairs,
    EnglishLemmatizer* lemmatizer) {
  for (const auto& [first, second] : pairs) {
    const std::string word = first + second;
    for (const std::string& lemma : LemmasOf(first, lemmatizer)) {
      closed_[lemma][second] = {word, LemmasOf(word, lemmatizer)};
    }
  }
}

const ClosedCompoundRule::Closed* ClosedCompoundRule::Find(
    const Token& first, const Token& second) const {
  for (const std::string& lemma : first.lemmas) {
    const auto starting = closed_.find(lemma);
    if (starting == closed_.end()) continue;
    const auto& ends = starting->second;
    // A plural or other form closes too: "web sites", "status bars".
    for (const std::string& end : second.lemmas) {
      const auto found = ends.find(end);
      if (found != ends.end()) return &found->second;
    }
    const auto found = ends.find(second.exact);
    if (found != ends.end()) return &found->second;
  }
  return nullptr;
}

void ClosedCompoundRule::Apply(std::string_view text, size_t first,
                               std::vector<Token>* tokens) {
  size_t last_word = tokens->size();  // index of the whole word before
  for (size_t i = first; i < tokens->size(); ++i) {
    const Token& here = (*tokens)[i];
    if (here.role != TokenRole::kWhole) continue;
    const size_t before = last_word;
    last_word = i;
    if (before >= i) continue;
    const Token& start = (*tokens)[before];
    if (!IsBlank(text.substr(start.end, here.begin - start.end))) continue;
    const Closed* closed = Find(start, here);
    if (closed == nullptr) continue;
    Token joined;
    joined.begin = start.begin;
    joined.end = here.end;
    joined.position = start.position;
    joined.span = here.position - start.position + 1;
    joined.role = TokenRole::kJoined;
    joined.exact = closed->word;
    joined.lemmas.assign(closed->lemmas.begin(), closed->lemmas.end());
    tokens->insert(tokens->begin() + static_cast<std::ptrdiff_t>(i),
                   std::move(joined));
    last_word = ++i;  // the second word moved by one
  }
}

}  // namespace kbsearch::analyzers
