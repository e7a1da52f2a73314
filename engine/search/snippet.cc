#include "engine/search/snippet.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "analyzers/characters.h"
#include "analyzers/graphemes.h"

namespace kbsearch::engine {
namespace {

using analyzers::CutAfter;
using analyzers::CutBefore;
using analyzers::Token;

constexpr size_t kScannedBytes = 8000;
constexpr size_t kSnippetCharacters = 200;
// Context shown before the first match when there is room.
constexpr size_t kLeadCharacters = 50;
// Each further occurrence of a word beside a first one of another word.
constexpr double kRepeatWorth = 0.1;

constexpr char kEllipsis[] = "…";

// A matching stretch of the text.
struct Mark {
  uint32_t begin;
  uint32_t end;
  size_t word;
};

struct Window {
  uint32_t begin = 0;
  uint32_t end = 0;
};

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The texts of blocks, as far as they are looked at.
struct Passage {
  std::string text;            // each block ended by a newline
  std::vector<size_t> starts;  // of the blocks
  bool complete = true;        // false: the article goes on

  // The block that the byte is in.
  size_t BlockAt(size_t byte) const {
    const auto next = std::upper_bound(starts.begin(), starts.end(), byte);
    return next == starts.begin()
               ? 0
               : static_cast<size_t>(next - starts.begin()) - 1;
  }
};

Passage JoinBlocks(std::span<const Block> blocks) {
  Passage passage;
  for (const Block& block : blocks) {
    const size_t room =
        kScannedBytes - std::min(kScannedBytes, passage.text.size());
    if (block.text.size() > room) passage.complete = false;
    if (block.text.size() > room && !passage.text.empty()) break;
    passage.starts.push_back(passage.text.size());
    passage.text.append(
        block.text, 0,
        std::min(block.text.size(), CutBefore(block.text, room)));
    passage.text += '\n';
    if (!passage.complete) break;
  }
  return passage;
}

// The words of a passage, found block by block when they are needed.
class PassageTokens {
 public:
  PassageTokens(const Passage& passage, analyzers::Analyzer& analyzer)
      : passage_(passage),
        analyzer_(analyzer),
        blocks_(passage.starts.size()) {}

  // Of one block, at their places in the passage.
  // REQUIRES: block < passage.starts.size().
  const std::vector<Token>& Of(size_t block) {
    std::optional<std::vector<Token>>& tokens = blocks_[block];
    if (tokens) return *tokens;
    const size_t begin = passage_.starts[block];
    const size_t end = block + 1 < passage_.starts.size()
                           ? passage_.starts[block + 1]
                           : passage_.text.size();
    tokens = analyzer_.Analyze(
        std::string_view(passage_.text).substr(begin, end - begin));
    for (Token& token : *tokens) {
      token.begin += static_cast<uint32_t>(begin);
      token.end += static_cast<uint32_t>(begin);
    }
    return *tokens;
  }

 private:
  const Passage& passage_;
  analyzers::Analyzer& analyzer_;
  std::vector<std::optional<std::vector<Token>>> blocks_;
};

// The stretch of at most `limit` bytes whose marks cover the most query words.
Window BestWindow(const std::vector<Mark>& marks, size_t limit,
                  size_t word_count) {
  Window best;
  double best_score = -1;
  std::vector<bool> seen(word_count);
  for (size_t i = 0; i < marks.size(); ++i) {
    std::fill(seen.begin(), seen.end(), false);
    double score = 0;
    size_t j = i;
    for (; j < marks.size() && marks[j].end - marks[i].begin <= limit; ++j) {
      score += seen[marks[j].word] ? kRepeatWorth : 1.0;
      seen[marks[j].word] = true;
    }
    if (score > best_score) {
      best_score = score;
      const size_t last = std::max(j, i + 1) - 1;
      best = {marks[i].begin, std::max(marks[i].end, marks[last].end)};
    }
  }
  return best;
}

// The place `count` code points after `at`.
size_t Advance(std::string_view text, size_t at, size_t count) {
  for (; count > 0 && at < text.size(); --count) {
    analyzers::DecodeUtf8(text, &at);
  }
  return at;
}

// The code points on both sides of a place, spaces beyond the ends.
struct Surroundings {
  char32_t before = ' ';  // the place
  char32_t second_before = ' ';
  char32_t after = ' ';
  char32_t second_after = ' ';
};

Surroundings Around(std::string_view text, size_t at) {
  const auto step_back = [&](size_t* place) -> char32_t {
    if (*place == 0) return ' ';
    do {
      --*place;
    } while (*place > 0 &&
             (static_cast<unsigned char>(text[*place]) & 0xC0) == 0x80);
    size_t next = *place;
    return analyzers::DecodeUtf8(text, &next);
  };
  const auto step = [&](size_t* place) -> char32_t {
    return *place < text.size() ? analyzers::DecodeUtf8(text, place) : ' ';
  };
  Surroundings around;
  size_t back = at;
  around.before = step_back(&back);
  around.second_before = step_back(&back);
  size_t forth = at;
  around.after = step(&forth);
  around.second_after = step(&forth);
  return around;
}

// "e-mail", "l'article" and "file_name.txt" are several tokens but one word to
// a reader.
bool IsInsideWord(std::string_view text, size_t at) {
  const auto joins = [](char32_t c) {
    return std::u32string_view(U"-'’‐‑\u00AD_./@&").find(c) !=
           std::u32string_view::npos;
  };
  const Surroundings around = Around(text, at);
  const bool word_before = analyzers::IsWordCharacter(around.before);
  const bool word_after = analyzers::IsWordCharacter(around.after);
  return (word_before && word_after) ||
         (joins(around.before) && word_after &&
          analyzers::IsWordCharacter(around.second_before)) ||
         (word_before && joins(around.after) &&
          analyzers::IsWordCharacter(around.second_after));
}

// Where the passage begins: at the line's start or, some characters before the
// first match, at a word's.
size_t BeginOf(const Window& window, const Passage& passage,
               PassageTokens& tokens, size_t lead) {
  const std::string& text = passage.text;
  const size_t line = text.rfind('\n', window.begin);
  const size_t line_start = line == std::string::npos ? 0 : line + 1;
  const size_t wanted = window.begin > lead ? window.begin - lead : 0;
  if (wanted <= line_start) return std::min<size_t>(line_start, window.begin);
  for (const Token& token : tokens.Of(passage.BlockAt(window.begin))) {
    if (token.begin > window.begin) break;
    if (token.begin >= wanted && !IsInsideWord(text, token.begin)) {
      return CutBefore(text, token.begin);
    }
  }
  return CutBefore(text, window.begin);
}

// The end of the last word between `begin` and `limit`; `begin` when there is
// none.
size_t LastWordEnd(size_t begin, size_t limit, const Passage& passage,
                   PassageTokens& tokens) {
  size_t end = begin;
  for (size_t block = passage.BlockAt(limit);; --block) {
    const std::vector<Token>& words = tokens.Of(block);
    for (auto token = words.rbegin(); token != words.rend(); ++token) {
      if (token->end > end && token->end <= limit &&
          !IsInsideWord(passage.text, token->end)) {
        end = token->end;
      }
    }
    if (end > begin || passage.starts[block] <= begin) return end;
  }
}

// Where it ends: behind the last word that has room. A word longer than a
// snippet, and writing without words, end in the middle.
size_t EndOf(size_t begin, const Passage& passage, PassageTokens& tokens) {
  const std::string& text = passage.text;
  const size_t limit = Advance(text, begin, kSnippetCharacters);
  if (limit + 1 >= text.size()) return text.size();
  size_t end = LastWordEnd(begin, limit, passage, tokens);
  if (end - begin < (limit - begin) / 2) {
    end = CutBefore(text, limit);
    return end > begin ? end : CutAfter(text, limit);
  }
  // Take the sentence's full stop along.
  if (std::string_view(".!?;:)").find(text[end]) != std::string_view::npos) {
    ++end;
  }
  return CutAfter(text, end);
}

// Some context before the match, the rest after.
Window Widen(const Window& window, const Passage& passage,
             PassageTokens& tokens, size_t lead) {
  const size_t begin = BeginOf(window, passage, tokens, lead);
  return {static_cast<uint32_t>(begin),
          static_cast<uint32_t>(EndOf(begin, passage, tokens))};
}

// Line breaks and other control characters become spaces.
void AddSpan(std::string_view text, bool highlighted,
             std::vector<Span>* spans) {
  std::string shown;
  shown.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    const bool control = static_cast<unsigned char>(text[i]) < 0x20;
    shown += control ? ' ' : text[i];
  }
  if (!shown.empty()) spans->push_back({std::move(shown), highlighted});
}

// Marks the words of the query, and tells the snippet how they match.
void AddMarks(const std::vector<Token>& tokens, const QueryTerms& terms,
              std::vector<Mark>* marks, Snippet* snippet) {
  for (const Token& token : tokens) {
    const QueryTerms::Match* match = terms.Find(token);
    if (match == nullptr) continue;
    (match->synonym ? snippet->synonym_match
     : match->exact ? snippet->exact_match
                    : snippet->lemma_match) = true;
    marks->push_back({token.begin, token.end, match->word});
  }
}

std::vector<Span> CutSpans(const Passage& passage, Window window,
                           const std::vector<Mark>& marks) {
  const std::string_view view(passage.text);
  while (window.end > window.begin && view[window.end - 1] == '\n') {
    --window.end;
  }
  std::vector<Span> spans;
  if (window.begin > 0 && view[window.begin - 1] != '\n') {
    AddSpan(kEllipsis, false, &spans);
  }
  uint32_t at = window.begin;
  for (const Mark& mark : marks) {
    // Marks widen to whole characters; a word longer than the window is cut.
    const auto begin = static_cast<uint32_t>(CutBefore(view, mark.begin));
    const auto end =
        std::min(window.end, static_cast<uint32_t>(CutAfter(view, mark.end)));
    if (begin < at || begin >= end) continue;
    AddSpan(view.substr(at, begin - at), false, &spans);
    AddSpan(view.substr(begin, end - begin), true, &spans);
    at = end;
  }
  AddSpan(view.substr(at, window.end - at), false, &spans);
  if (window.end + 1 < view.size() || !passage.complete) {
    AddSpan(kEllipsis, false, &spans);
  }
  return spans;
}

}  // namespace

QueryTerms::QueryTerms(const QueryWords& query) {
  for (const QueryWord& word : query.words) {
    for (const std::string& term : word.exact) {
      exact_.emplace(term, Match{word_count_, true});
    }
    for (const std::string& term : word.lemmas) {
      lemmas_.emplace(term, Match{word_count_, false});
    }
    for (const std::vector<std::string>& part : word.parts) {
      for (const std::string& term : part) {
        lemmas_.emplace(term, Match{word_count_, false});
      }
    }
    ++word_count_;
  }
  for (const JoinedWord& word : query.joined) {
    for (const std::string& term : word.exact) {
      exact_.emplace(term, Match{word_count_, true});
    }
    for (const std::string& term : word.lemmas) {
      lemmas_.emplace(term, Match{word_count_, false});
    }
    ++word_count_;
  }
  for (const AlternativeWords& alternative : query.alternatives) {
    for (const QueryWord& word : alternative.words) {
      const std::vector<std::string>& terms =
          word.lemmas.empty() ? word.exact : word.lemmas;
      auto& known = word.lemmas.empty() ? exact_ : lemmas_;
      for (const std::string& term : terms) {
        known.emplace(term, Match{word_count_, false, true});
      }
      ++word_count_;
    }
  }
}

const QueryTerms::Match* QueryTerms::Find(const Token& token) const {
  if (const auto found = exact_.find(token.exact); found != exact_.end()) {
    return &found->second;
  }
  for (const std::string& lemma : token.lemmas) {
    if (const auto found = lemmas_.find(lemma); found != lemmas_.end()) {
      return &found->second;
    }
  }
  return nullptr;
}

Snippet MakeSnippet(std::span<const Block> blocks, const QueryTerms& terms,
                    analyzers::Analyzer& analyzer,
                    const std::vector<bool>& holders) {
  const Passage passage = JoinBlocks(blocks);
  const std::string& text = passage.text;
  PassageTokens tokens(passage, analyzer);

  Snippet snippet;
  std::vector<Mark> marks;
  for (size_t block = 0; block < passage.starts.size(); ++block) {
    if (block < holders.size() && !holders[block]) continue;
    AddMarks(tokens.Of(block), terms, &marks, &snippet);
  }
  // Of parts and wholes that overlap, the one that begins first and is longest.
  std::stable_sort(
      marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
      });
  const size_t characters = std::max<size_t>(1, CountCharacters(text));
  const size_t limit = kSnippetCharacters * text.size() / characters;
  const size_t lead = kLeadCharacters * text.size() / characters;
  Window window = BestWindow(marks, limit, terms.word_count());
  window = Widen(window, passage, tokens, lead);
  snippet.spans = CutSpans(passage, window, marks);
  for (size_t i = 0;
       i < passage.starts.size() && passage.starts[i] <= window.begin; ++i) {
    if (!blocks[i].anchor.empty()) snippet.anchor = blocks[i].anchor;
  }
  return snippet;
}

bool Matches(std::string_view text, const QueryTerms& terms,
             analyzers::Analyzer& analyzer) {
  const std::vector<Token> tokens = analyzer.Analyze(text);
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    return terms.Find(token) != nullptr;
  });
}

}  // namespace kbsearch::engine
