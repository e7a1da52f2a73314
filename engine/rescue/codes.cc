#include "engine/rescue/codes.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "analyzers/characters.h"
#include "analyzers/homoglyphs.h"

namespace kbsearch::engine {
namespace {

// "SKU 4471 B 2".
constexpr size_t kMaxPieces = 4;
constexpr size_t kMaxCodeBytes = 64;
// Between the pieces of a code: " - ".
constexpr size_t kMaxGap = 3;

bool IsTie(char32_t c) {
  return analyzers::IsBlank(c) || c == U'-' || c == U'_' || c == U'.' ||
         c == U'/' || (c >= 0x2010 && c <= 0x2015);
}

bool IsTied(std::string_view gap) {
  const std::u32string characters = analyzers::ToUtf32(gap);
  return characters.size() <= kMaxGap &&
         std::all_of(characters.begin(), characters.end(), IsTie);
}

struct Makeup {
  bool letters = false;
  bool digits = false;
  bool others = false;

  bool IsCode() const { return letters && digits && !others; }
};

Makeup MakeupOf(std::string_view text) {
  Makeup makeup;
  for (const char32_t c : analyzers::ToUtf32(text)) {
    if (analyzers::IsDigit(c)) {
      makeup.digits = true;
    } else if (analyzers::IsLetter(c)) {
      makeup.letters = true;
    } else {
      makeup.others = true;
    }
  }
  return makeup;
}

// The readings of a code that documents hold; its own letters only if they were
// written `apart`, as else they are a word of the query already.
std::vector<std::string> KnownReadings(const std::string& code, bool apart,
                                       const LanguageWords& words) {
  if (code.size() > kMaxCodeBytes || !MakeupOf(code).IsCode()) return {};
  std::vector<std::string> readings = analyzers::CodeReadings(code);
  if (apart) readings.insert(readings.begin(), code);
  std::erase_if(readings, [&](const std::string& reading) {
    analyzers::Token token;
    token.exact = reading;
    return !words.Knows(token);
  });
  return readings;
}

// The longest code that begins with piece `first`; no pieces when there is
// none.
struct FoundCode {
  size_t pieces = 0;
  std::vector<std::string> readings;
};

FoundCode CodeAt(size_t first, std::string_view text,
                 const LanguageWords& words,
                 const std::vector<QueryPiece>& pieces) {
  FoundCode found;
  std::string code;
  for (size_t i = first; i < pieces.size() && i < first + kMaxPieces; ++i) {
    if (i > first) {
      const uint32_t end = pieces[i - 1].end;
      if (end >= pieces[i].begin ||
          !IsTied(text.substr(end, pieces[i].begin - end))) {
        break;
      }
    }
    code += pieces[i].token.exact;
    std::vector<std::string> readings = KnownReadings(code, i > first, words);
    if (!readings.empty()) found = {i - first + 1, std::move(readings)};
  }
  return found;
}

// "e04" → {"e", "04"}; empty when it is no code.
std::vector<std::string> LettersAndDigits(const std::string& code) {
  if (code.size() > kMaxCodeBytes || !MakeupOf(code).IsCode()) return {};
  std::vector<std::string> runs;
  bool digits = false;
  for (const char32_t c : analyzers::ToUtf32(code)) {
    if (runs.empty() || analyzers::IsDigit(c) != digits) runs.emplace_back();
    digits = analyzers::IsDigit(c);
    analyzers::AppendUtf8(c, &runs.back());
  }
  return runs;
}

}  // namespace

std::vector<JoinedWord> FindCodes(std::string_view text,
                                  const LanguageWords& words,
                                  std::vector<QueryPiece>* pieces) {
  std::vector<JoinedWord> codes;
  for (size_t i = 0; i < pieces->size();) {
    FoundCode found = CodeAt(i, text, words, *pieces);
    if (found.pieces == 0) {
      ++i;
      continue;
    }
    const size_t last = i + found.pieces - 1;
    const uint32_t position = (*pieces)[i].token.position;
    codes.push_back({position,
                     (*pieces)[last].token.position + 1 - position,
                     std::move(found.readings),
                     {}});
    for (; i <= last; ++i) (*pieces)[i].is_known = true;
  }
  return codes;
}

std::string DivideCode(const QueryPiece& piece, LanguageWords& words) {
  const std::vector<std::string> runs = LettersAndDigits(piece.token.exact);
  if (runs.size() < 2) return {};
  const std::string apart = absl::StrJoin(runs, " ");
  const std::vector<QueryPiece> read = words.Read(apart);
  if (read.size() != runs.size()) return {};
  // Of "a 4" only the number would be searched for.
  if (std::any_of(read.begin(), read.end(), [](const QueryPiece& run) {
        return run.token.is_stop || !run.is_known;
      })) {
    return {};
  }
  return words.HaveInARow(apart) ? apart : "";
}

}  // namespace kbsearch::engine
