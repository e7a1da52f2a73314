#include "engine/snippet.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kbsearch::engine {
namespace {

using analyzers::Token;
using analyzers::TokenRole;

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

// The blocks' texts, each ended by a newline, as far as they are looked at.
std::string JoinBlocks(const std::vector<Block>& blocks,
                       std::vector<size_t>* starts) {
  std::string text;
  for (const Block& block : blocks) {
    if (text.size() + block.text.size() > kScannedBytes && !text.empty()) break;
    starts->push_back(text.size());
    text += block.text;
    text += '\n';
  }
  return text;
}

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

// "e-mail" and "l'article" are several tokens but one word to a reader.
bool JoinsWords(char c) { return c == '-' || c == '\''; }

// Widens the window to `limit` bytes: some context before, the rest after,
// ending at token borders.
Window Widen(Window window, const std::string& text,
             const std::vector<Token>& tokens, size_t limit, size_t lead) {
  const size_t line = text.rfind('\n', window.begin);
  const size_t line_start = line == std::string::npos ? 0 : line + 1;
  const size_t wanted_start = window.begin > lead ? window.begin - lead : 0;
  uint32_t begin = window.begin;
  if (wanted_start <= line_start) {
    begin = static_cast<uint32_t>(line_start);
  } else {
    for (const Token& token : tokens) {
      if (token.begin >= wanted_start &&
          !JoinsWords(text[std::max<size_t>(token.begin, 1) - 1])) {
        begin = std::min(token.begin, window.begin);
        break;
      }
    }
  }
  uint32_t end = window.end;
  if (begin + limit >= text.size()) {
    end = static_cast<uint32_t>(text.size());
  } else {
    for (const Token& token : tokens) {
      if (token.end > begin + limit) break;
      if (!JoinsWords(text[token.end])) end = std::max(end, token.end);
    }
    // Take the sentence's full stop along.
    const std::string_view rest = std::string_view(text).substr(end);
    if (!rest.empty() && std::string_view(".!?;:)").find(rest.front()) !=
                             std::string_view::npos) {
      ++end;
    }
  }
  return {begin, end};
}

void AddSpan(std::string_view text, bool highlighted,
             std::vector<Span>* spans) {
  if (text.empty()) return;
  std::string shown(text);
  std::replace(shown.begin(), shown.end(), '\n', ' ');
  spans->push_back({std::move(shown), highlighted});
}

std::vector<Span> CutSpans(const std::string& text, Window window,
                           const std::vector<Mark>& marks) {
  while (window.end > window.begin && text[window.end - 1] == '\n') {
    --window.end;
  }
  std::vector<Span> spans;
  const std::string_view view(text);
  if (window.begin > 0 && text[window.begin - 1] != '\n') {
    AddSpan(kEllipsis, false, &spans);
  }
  uint32_t at = window.begin;
  for (const Mark& mark : marks) {
    if (mark.begin < at || mark.end > window.end) continue;
    AddSpan(view.substr(at, mark.begin - at), false, &spans);
    AddSpan(view.substr(mark.begin, mark.end - mark.begin), true, &spans);
    at = mark.end;
  }
  AddSpan(view.substr(at, window.end - at), false, &spans);
  if (window.end + 1 < text.size()) AddSpan(kEllipsis, false, &spans);
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

Snippet MakeSnippet(const std::vector<Block>& blocks, const QueryTerms& terms,
                    analyzers::Analyzer& analyzer) {
  std::vector<size_t> starts;
  const std::string text = JoinBlocks(blocks, &starts);
  const std::vector<Token> tokens = analyzer.Analyze(text);

  Snippet snippet;
  std::vector<Mark> marks;
  for (const Token& token : tokens) {
    const QueryTerms::Match* match = terms.Find(token);
    if (match == nullptr) continue;
    (match->exact ? snippet.exact_match : snippet.lemma_match) = true;
    marks.push_back({token.begin, token.end, match->word});
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
  window = Widen(window, text, tokens, limit, lead);
  snippet.spans = CutSpans(text, window, marks);
  for (size_t i = 0; i < starts.size() && starts[i] <= window.begin; ++i) {
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
