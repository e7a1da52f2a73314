#include "engine/query/query_syntax.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "analyzers/characters.h"

namespace kbsearch::engine {
namespace {

using analyzers::CharKind;
using analyzers::ClassOf;
using analyzers::DecodeUtf8;

// More words than these outside of the marks are prose, in which quotation
// marks quote and hyphens join.
constexpr size_t kMaxOutsideWords = 8;
// Marks beyond these, and in longer texts, are ordinary writing: nobody types
// as much into a search box.
constexpr size_t kMaxClauses = 10;
constexpr size_t kMaxBytes = 1000;

// Letters of an excluded word; a shorter one is a command's flag or a dash
// without its space.
constexpr size_t kMinExcluded = 3;

constexpr std::string_view kTitleMark = "title:";
constexpr std::u32string_view kDoubleQuotes = U"\"“”„‟";
constexpr std::u32string_view kSentenceEnds = U".?!…;\u037E";
constexpr std::u32string_view kOpeningBrackets = U"([{";
constexpr std::u32string_view kAfterPhrase = U".,;:!?…)]}\u037E";

bool Holds(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

bool IsSpace(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool IsLetter(char32_t c) {
  const CharKind kind = ClassOf(c).kind;
  return kind == CharKind::kLetter || kind == CharKind::kComplex;
}

bool IsWordCharacter(char32_t c) {
  return analyzers::IsWordCharacter(c) || ClassOf(c).kind == CharKind::kComplex;
}

class Parser {
 public:
  Parser(std::string_view typed, const FunctionWordTest& is_function_word)
      : typed_(typed),
        text_(analyzers::ToUtf32(typed)),
        is_function_word_(is_function_word) {}

  ParsedQuery Parse() {
    while (at_ < text_.size()) {
      if (parsed_.clauses.size() < kMaxClauses && ReadClause()) continue;
      outside_ += text_[at_];
      words_ += text_[at_++];
    }
    // Nothing but exclusions asks for nothing.
    if (parsed_.clauses.empty() || !HasWord(words_) || IsProse()) {
      return {std::string(typed_), {}};
    }
    parsed_.words = analyzers::ToUtf8(words_);
    return std::move(parsed_);
  }

 private:
  // Reads a clause if there is one here; else moves nothing.
  bool ReadClause() {
    if (at_ > 0 && !IsSpace(text_[at_ - 1]) &&
        !Holds(kOpeningBrackets, text_[at_ - 1])) {
      return false;
    }
    QueryClause clause;
    size_t begin = at_;
    if (text_[begin] == '-') {
      clause.is_excluded = true;
      ++begin;
    }
    if (StartsTitleMark(begin)) {
      clause.in_title = true;
      begin += kTitleMark.size();
    }
    std::pair<size_t, size_t> body;
    size_t end = 0;
    if (FindPhrase(begin, &body, &end)) {
      clause.is_phrase = true;
    } else if (!(clause.is_excluded || clause.in_title) ||
               !FindWord(begin, &end)) {
      return false;
    } else {
      body = {begin, end};
    }
    const std::u32string_view text =
        std::u32string_view(text_).substr(body.first, body.second - body.first);
    if (!HasWord(text) || (clause.is_excluded && !MayExclude(clause, text))) {
      return false;
    }
    clause.text = analyzers::ToUtf8(text);
    if (!clause.is_excluded) words_.append(U" ").append(text).append(U" ");
    parsed_.clauses.push_back(std::move(clause));
    at_ = end;
    return true;
  }

  bool StartsTitleMark(size_t at) const {
    if (text_.size() - at < kTitleMark.size()) return false;
    return std::equal(kTitleMark.begin(), kTitleMark.end(),
                      text_.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char mark, char32_t c) {
                        return c == static_cast<char32_t>(mark) ||
                               (c >= 'A' && c <= 'Z' &&
                                c - 'A' + 'a' == static_cast<char32_t>(mark));
                      });
  }

  // A quoted stretch: what is inside, and where the text goes on.
  bool FindPhrase(size_t at, std::pair<size_t, size_t>* body,
                  size_t* end) const {
    if (at >= text_.size()) return false;
    const bool angle = text_[at] == U'«';
    if (!angle && !Holds(kDoubleQuotes, text_[at])) return false;
    const auto closes = [&](char32_t c) {
      return angle ? c == U'»' : Holds(kDoubleQuotes, c);
    };
    for (size_t i = at + 1; i < text_.size(); ++i) {
      if (!closes(text_[i])) continue;
      const bool at_end = i + 1 == text_.size() || IsSpace(text_[i + 1]) ||
                          Holds(kAfterPhrase, text_[i + 1]);
      // A typewriter's mark between spaces may be one of inches.
      const bool loose = text_[i] == '"' && text_[at] == '"' &&
                         (IsSpace(text_[i - 1]) || IsSpace(text_[at + 1]));
      if (!at_end || loose) continue;
      *body = {at + 1, i};
      *end = i + 1;
      return true;
    }
    return false;
  }

  // Letters or digits up to the next space.
  bool FindWord(size_t at, size_t* end) const {
    size_t i = at;
    while (i < text_.size() && !IsSpace(text_[i])) ++i;
    if (i == at || !IsWordCharacter(text_[at])) return false;
    *end = i;
    return std::none_of(
        text_.begin() + static_cast<std::ptrdiff_t>(at),
        text_.begin() + static_cast<std::ptrdiff_t>(i), [](char32_t c) {
          return Holds(kDoubleQuotes, c) || c == U'«' || c == U'»';
        });
  }

  // "-5", "-rf", "bestandsnaam en -type", "принтер -не печатает" and "-so-" are
  // no exclusions.
  bool MayExclude(const QueryClause& clause, std::u32string_view text) const {
    if (clause.is_phrase) return true;
    if (at_ > 0 && !IsSpace(text_[at_ - 1])) return false;
    if (!IsLetter(text.front()) || text.size() < kMinExcluded ||
        text.back() == '-') {
      return false;
    }
    return !is_function_word_(analyzers::ToUtf8(text)) &&
           !is_function_word_(WordBefore());
  }

  std::string WordBefore() const {
    size_t end = at_;
    while (end > 0 && IsSpace(text_[end - 1])) --end;
    size_t begin = end;
    while (begin > 0 && !IsSpace(text_[begin - 1])) --begin;
    return analyzers::ToUtf8(
        std::u32string_view(text_).substr(begin, end - begin));
  }

  static bool HasWord(std::u32string_view text) {
    return std::any_of(text.begin(), text.end(), IsWordCharacter);
  }

  // A pasted text or a written sentence.
  bool IsProse() const {
    if (text_.find_first_of(U"\n\r\u2028\u2029") != std::u32string::npos) {
      return true;
    }
    size_t count = 0;
    bool in_word = false;
    for (const char32_t c : outside_) {
      if (IsSpace(c)) in_word = false;
      if (!in_word && IsWordCharacter(c)) {
        in_word = true;
        ++count;
      }
    }
    size_t end = text_.size();
    while (end > 0 && IsSpace(text_[end - 1])) --end;
    return count > kMaxOutsideWords ||
           (count > 0 && Holds(kSentenceEnds, text_[end - 1]));
  }

  const std::string_view typed_;
  const std::u32string text_;
  const FunctionWordTest& is_function_word_;
  size_t at_ = 0;
  std::u32string words_;    // outside and wanted
  std::u32string outside_;  // of all marks
  ParsedQuery parsed_;
};

}  // namespace

ParsedQuery ParseQuery(std::string_view typed,
                       const FunctionWordTest& is_function_word) {
  // Most queries have no mark; they are not looked at twice.
  if (typed.size() > kMaxBytes ||
      (typed.find_first_of("\"-:") == std::string_view::npos &&
       typed.find("\xC2\xAB") == std::string_view::npos &&
       typed.find("\xE2\x80") == std::string_view::npos)) {
    return {std::string(typed), {}};
  }
  return Parser(typed, is_function_word).Parse();
}

}  // namespace kbsearch::engine
