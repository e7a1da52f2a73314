#include "engine/completion/typed_text.h"

#include <algorithm>
#include <utility>

#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;

constexpr char32_t kInvalid = 0xFFFD;

// Shown to nobody, but able to turn a line round. Joiners shape words and
// emoji: they stay.
bool IsInvisible(char32_t c) {
  return c == kInvalid ||
         (analyzers::IsFormat(c) && c != 0x200C && c != 0x200D);
}

TypedWord WordOf(const Token& token) {
  TypedWord word;
  word.begin = token.begin;
  word.end = token.end;
  word.is_stop = token.is_stop;
  word.folded = token.exact;
  word.letters = analyzers::ToUtf32(token.exact);
  word.is_plain = !token.is_protected &&
                  std::all_of(word.letters.begin(), word.letters.end(),
                              analyzers::IsLetter);
  word.lemmas.assign(token.lemmas.begin(), token.lemmas.end());
  return word;
}

}  // namespace

std::string CleanLine(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const char32_t c = analyzers::DecodeUtf8(text, &at);
    if (analyzers::IsBlank(c)) {
      if (!line.empty() && line.back() != ' ') line += ' ';
    } else if (!IsInvisible(c)) {
      analyzers::AppendUtf8(c, &line);
    }
  }
  return line;
}

TypedText ReadTyped(std::string text, analyzers::Analyzer& analyzer) {
  TypedText typed;
  for (const Token& token : analyzer.Analyze(text)) {
    if (token.role == TokenRole::kWhole) {
      typed.finished.push_back(WordOf(token));
    }
  }
  if (!typed.finished.empty() && typed.finished.back().end == text.size()) {
    typed.last = std::move(typed.finished.back());
    typed.finished.pop_back();
  }
  typed.text = std::move(text);
  return typed;
}

size_t TypedBytes(std::string_view word, std::string_view folded) {
  std::string so_far;
  size_t at = 0;
  while (at < word.size() && so_far.size() < folded.size()) {
    const size_t begin = at;
    analyzers::DecodeUtf8(word, &at);
    while (at < word.size()) {  // marks belong to their letter
      size_t next = at;
      if (!analyzers::IsMark(analyzers::DecodeUtf8(word, &next))) break;
      at = next;
    }
    so_far += analyzers::Fold(word.substr(begin, at - begin));
  }
  return so_far.substr(0, folded.size()) == folded ? at : word.size();
}

}  // namespace kbsearch::engine
