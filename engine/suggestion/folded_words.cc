#include "engine/suggestion/folded_words.h"

#include <utility>

#include "analyzers/characters.h"
#include "analyzers/fold.h"

namespace kbsearch::engine {

std::vector<FoldedWord> FoldWords(std::string_view text) {
  constexpr char32_t kSoftHyphen = 0xAD;
  std::vector<FoldedWord> words;
  std::u32string word;
  size_t begin = 0;
  const auto flush = [&](size_t end) {
    if (word.empty()) return;
    std::string folded;
    analyzers::AppendFolded(word, &folded);
    word.clear();
    if (folded.empty()) return;
    words.push_back({std::move(folded), static_cast<uint32_t>(begin),
                     static_cast<uint32_t>(end)});
  };
  for (size_t i = 0; i < text.size();) {
    const size_t start = i;
    const char32_t c = analyzers::DecodeUtf8(text, &i);
    const analyzers::CharKind kind = analyzers::ClassOf(c).kind;
    if (kind != analyzers::CharKind::kSeparator) {
      if (word.empty()) begin = start;
      word += c;
    } else if (c != kSoftHyphen) {
      flush(start);
    }
  }
  flush(text.size());
  return words;
}

}  // namespace kbsearch::engine
