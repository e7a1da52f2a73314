#include "engine/rescue/word_splitting.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "absl/strings/str_join.h"
#include "analyzers/characters.h"

namespace kbsearch::engine {
namespace {

using analyzers::Token;

constexpr size_t kMinGlued = 6;  // letters
constexpr size_t kMaxGlued = 40;
constexpr size_t kMinWord = 3;  // letters of a word that means something
constexpr size_t kMaxWords = 4;
// What one more word must be made up for by commoner words (log10).
constexpr double kPerWord = 2.5;

// Byte offsets of the letters, and the end.
std::vector<size_t> Borders(const std::string& word) {
  std::vector<size_t> borders;
  for (size_t at = 0; at < word.size(); analyzers::DecodeUtf8(word, &at)) {
    borders.push_back(at);
  }
  borders.push_back(word.size());
  return borders;
}

struct Best {
  double score = -std::numeric_limits<double>::infinity();
  size_t from = 0;
  size_t words = 0;
};

// What a word is worth as a part, or minus infinity.
double PartScore(std::string_view text, size_t letters, LanguageWords& words) {
  const double no = -std::numeric_limits<double>::infinity();
  const auto entry = words.vocabulary().Find(text);
  if (!entry || !entry->is_written) return no;
  if (letters < kMinWord) {
    const std::vector<QueryPiece> pieces = words.Read(text);
    if (pieces.size() != 1 || !pieces.front().token.is_stop) return no;
  } else if (letters == kMinWord && entry->documents < 2 &&
             !words.IsDictionaryWord(text)) {
    return no;
  }
  return std::log10(static_cast<double>(entry->documents) / words.documents()) -
         kPerWord;
}

// Whether the parts mean something and stand together somewhere.
bool Belong(const std::vector<std::string>& parts, LanguageWords& words) {
  std::vector<Token> content;
  size_t longest = 0;
  for (const QueryPiece& piece : words.Read(absl::StrJoin(parts, " "))) {
    if (piece.token.is_stop) continue;
    content.push_back(piece.token);
    longest = std::max(longest, analyzers::ToUtf32(piece.token.exact).size());
  }
  if (content.empty() || longest <= kMinWord) return false;
  if (content.size() == 1) return true;
  const Token first = content.front();
  content.erase(content.begin());
  return words.Together(first, content) > 0;
}

}  // namespace

std::vector<std::string> SplitGlued(const Token& glued, LanguageWords& words) {
  const std::string& word = glued.exact;
  const std::vector<size_t> borders = Borders(word);
  const size_t letters = borders.size() - 1;
  if (glued.is_protected || letters < kMinGlued || letters > kMaxGlued) {
    return {};
  }
  std::vector<Best> best(letters + 1);
  best[0].score = 0;
  for (size_t end = 1; end <= letters; ++end) {
    for (size_t begin = 0; begin < end; ++begin) {
      if (best[begin].words >= kMaxWords || std::isinf(best[begin].score)) {
        continue;
      }
      const double part =
          PartScore(std::string_view(word).substr(
                        borders[begin], borders[end] - borders[begin]),
                    end - begin, words);
      if (best[begin].score + part > best[end].score) {
        best[end] = {best[begin].score + part, begin, best[begin].words + 1};
      }
    }
  }
  std::vector<std::string> parts;
  if (std::isinf(best[letters].score)) return parts;
  for (size_t end = letters; end > 0; end = best[end].from) {
    const size_t begin = best[end].from;
    parts.push_back(word.substr(borders[begin], borders[end] - borders[begin]));
  }
  std::reverse(parts.begin(), parts.end());
  if (parts.size() < 2 || !Belong(parts, words)) parts.clear();
  return parts;
}

}  // namespace kbsearch::engine
