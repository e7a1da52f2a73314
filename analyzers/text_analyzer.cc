#include "analyzers/text_analyzer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "analyzers/characters.h"
#include "analyzers/explanation.h"
#include "analyzers/homoglyphs.h"

namespace kbsearch::analyzers {
namespace {

constexpr size_t kStretchBytes = 8192;  // stays in the processor's cache
constexpr size_t kMaxStretchBytes = 65536;
// 16,000 words are the vocabulary of some megabytes of help texts.
constexpr size_t kCacheGenerationWords = 32768;
constexpr size_t kMaxJoinedSegments = 5;
constexpr size_t kShortSegment = 3;  // "wi", "fi", "e", "pop"

// The end of the stretch that begins at `begin`: after a line break, else a
// blank, else between two characters.
size_t StretchEnd(std::string_view text, size_t begin) {
  if (text.size() - begin <= kStretchBytes) return text.size();
  const size_t wanted = begin + kStretchBytes;
  const size_t most = std::min(begin + kMaxStretchBytes, text.size());
  const std::string_view window = text.substr(0, most);
  if (const size_t line = window.find('\n', wanted); line != window.npos) {
    return line + 1;
  }
  if (most == text.size()) return most;
  if (const size_t blank = window.rfind(' ');
      blank != window.npos && blank > begin) {
    return blank + 1;
  }
  size_t end = most;
  while (end > begin + 1 && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return end;
}

bool AllDigits(std::u32string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsDigit);
}

}  // namespace

TextAnalyzer::TextAnalyzer(std::unique_ptr<LanguageChain> chain,
                           std::shared_ptr<const void> owner)
    : chain_(std::move(chain)),
      owner_(std::move(owner)),
      segmenter_(chain_->split_apostrophes),
      words_(chain_.get()),
      cache_(kCacheGenerationWords) {}

std::vector<Token> TextAnalyzer::Analyze(std::string_view text) {
  std::vector<Token> tokens;
  // A word and what is added to it take four bytes and more, on the average.
  tokens.reserve(text.size() / 4 + 4);
  next_position_ = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = StretchEnd(text, begin);
    clean_.Assign(text, begin, end);
    const size_t first = tokens.size();
    AnalyzeStretch(text, &tokens);
    for (const auto& rule : chain_->token_rules) {
      rule->Apply(text, first, &tokens);
    }
    begin = end;
  }
  return tokens;
}

void TextAnalyzer::AnalyzeStretch(std::string_view text,
                                  std::vector<Token>* tokens) {
  const std::vector<Segment>& segments = segmenter_.Divide(clean_);
  segment_positions_.assign(segments.size(), 0);
  segment_tokens_.assign(segments.size() + 1, 0);
  size_t hyphen_first = 0;  // first segment of the running hyphen group
  size_t glue_first = 0;
  size_t number_first = 0;
  for (size_t i = 0; i < segments.size(); ++i) {
    const Segment& segment = segments[i];
    segment_positions_[i] = next_position_;
    segment_tokens_[i] = tokens->size();
    if (segment.token != nullptr) {
      EmitProtected(segment, tokens);
    } else {
      EmitWord(text, segment, tokens);
    }
    segment_tokens_[i + 1] = tokens->size();
    if (!segment.after_hyphen) hyphen_first = i;
    if (!segment.glued) glue_first = i;
    if (!ContinuesNumber(segments, i)) number_first = i;
    const bool last = i + 1 == segments.size();
    if (hyphen_first < i && (last || !segments[i + 1].after_hyphen)) {
      EmitJoined(text, hyphen_first, i, tokens);
      EmitShortPairs(text, hyphen_first, i, tokens);
    }
    if (glue_first < i && (last || !segments[i + 1].glued)) {
      EmitGlueReadings(glue_first, i, tokens);
    }
    if (number_first < i && (last || !ContinuesNumber(segments, i + 1))) {
      EmitJoined(text, number_first, i, tokens);
    }
  }
}

bool TextAnalyzer::ContinuesNumber(const std::vector<Segment>& segments,
                                   size_t i) const {
  if (i == 0 || segments[i].token != nullptr) return false;
  const Segment& before = segments[i - 1];
  const Segment& here = segments[i];
  return here.end - here.begin == 3 && before.end - before.begin <= 3 &&
         before.end + 1 == here.begin && clean_[before.end] == U' ' &&
         AllDigits(clean_.Slice(here.begin, here.end)) &&
         AllDigits(clean_.Slice(before.begin, before.end));
}

const WordAnalysis& TextAnalyzer::Analyzed(std::string_view text, size_t begin,
                                           size_t end) {
  const size_t first_byte = clean_.Begin(begin);
  const std::string_view key =
      text.substr(first_byte, clean_.End(end - 1) - first_byte);
  if (const WordAnalysis* known = cache_.Find(key)) return *known;
  std::u32string surface(clean_.Slice(begin, end));
  std::erase_if(surface, [](char32_t c) { return c == U'-' || c == U' '; });
  return cache_.Insert(key, words_.Analyze(surface));
}

void TextAnalyzer::EmitWord(std::string_view text, const Segment& segment,
                            std::vector<Token>* tokens) {
  const WordAnalysis& word = Analyzed(text, segment.begin, segment.end);
  if (word.exact.empty()) return;
  Token& whole = tokens->emplace_back();
  whole.begin = clean_.Begin(segment.begin);
  whole.end = clean_.End(segment.end - 1);
  whole.position = next_position_;
  whole.is_protected = word.is_protected;
  whole.is_stop = word.is_stop;
  whole.is_negation = word.is_negation;
  whole.exact = word.exact;
  whole.lemmas = word.lemmas;
  for (const WordAnalysis::Extra& extra : word.extras) {
    Token& token = tokens->emplace_back();
    token.begin = clean_.Begin(segment.begin + extra.begin);
    token.end = clean_.End(segment.begin + extra.end - 1);
    token.position = next_position_;
    token.role = extra.role;
    token.is_protected = extra.is_protected;
    token.is_stop = extra.is_stop;
    token.exact = extra.exact;
    token.lemmas = extra.lemmas;
  }
  ++next_position_;
}

void TextAnalyzer::EmitProtected(const Segment& segment,
                                 std::vector<Token>* tokens) {
  const ProtectedToken& protected_token = *segment.token;
  Token& whole = tokens->emplace_back();
  whole.begin = clean_.Begin(segment.begin);
  whole.end = clean_.End(segment.end - 1);
  whole.position = next_position_;
  whole.is_protected = true;
  whole.is_stop = protected_token.is_stop;
  whole.exact = protected_token.exact;
  ClipTerm(&whole.exact);
  for (const ProtectedToken::Part& part : protected_token.parts) {
    Token& token = tokens->emplace_back();
    token.begin = clean_.Begin(part.begin);
    token.end = clean_.End(part.end - 1);
    token.position = next_position_;
    token.role = part.role;
    token.is_protected = !part.is_word;
    token.exact = part.exact;
    if (part.is_word) {
      token.is_stop = chain_->stop_words->Contains(part.exact);
      token.lemmas =
          words_.LemmasOf(clean_.Slice(part.begin, part.end), part.exact);
    }
    ClipTerm(&token.exact);
  }
  ++next_position_;
}

void TextAnalyzer::EmitJoined(std::string_view text, size_t first, size_t last,
                              std::vector<Token>* tokens) {
  const std::vector<Segment>& segments = segmenter_.segments();
  if (last - first >= kMaxJoinedSegments) return;
  for (size_t i = first; i <= last; ++i) {
    if (segments[i].token != nullptr) return;
  }
  const WordAnalysis& joined =
      Analyzed(text, segments[first].begin, segments[last].end);
  if (joined.exact.empty()) return;
  Token token;
  token.role = TokenRole::kJoined;
  token.is_protected = joined.is_protected;
  // "est-ce" says no more than "est" and "ce" do.
  bool all_stop = true;
  for (size_t i = first; i <= last; ++i) {
    all_stop = all_stop && segment_tokens_[i] < tokens->size() &&
               (*tokens)[segment_tokens_[i]].is_stop;
  }
  token.is_stop = joined.is_stop || all_stop;
  token.exact = joined.exact;
  token.lemmas = joined.lemmas;
  InsertOver(first, last, std::move(token), tokens);
}

// In "wi-fi-netwerk" and "pop-up-venster" two of three belong together:
// "wifi", "popup".
void TextAnalyzer::EmitShortPairs(std::string_view text, size_t first,
                                  size_t last, std::vector<Token>* tokens) {
  if (last - first < 2 || last - first >= kMaxJoinedSegments) return;
  const std::vector<Segment>& segments = segmenter_.segments();
  const auto is_short = [](const Segment& segment) {
    return segment.end - segment.begin <= kShortSegment;
  };
  for (size_t i = first; i < last; ++i) {
    const bool pair = is_short(segments[i]) || is_short(segments[i + 1]);
    if (!pair) continue;
    EmitJoined(text, i, i + 1, tokens);
    ++i;
  }
}

void TextAnalyzer::EmitGlueReadings(size_t first, size_t last,
                                    std::vector<Token>* tokens) {
  const std::vector<Segment>& segments = segmenter_.segments();
  const std::u32string_view whole =
      clean_.Slice(segments[first].begin, segments[last].end);
  for (const std::u32string& reading : HomoglyphReadings(whole)) {
    WordAnalysis analysis = words_.Analyze(reading);
    if (analysis.exact.empty()) continue;
    Token token;
    token.role = TokenRole::kVariant;
    token.exact = std::move(analysis.exact);
    token.lemmas = std::move(analysis.lemmas);
    InsertOver(first, last, std::move(token), tokens);
  }
}

void TextAnalyzer::InsertOver(size_t first, size_t last, Token token,
                              std::vector<Token>* tokens) {
  const std::vector<Segment>& segments = segmenter_.segments();
  token.begin = clean_.Begin(segments[first].begin);
  token.end = clean_.End(segments[last].end - 1);
  token.position = segment_positions_[first];
  const bool at_end = segment_tokens_[last + 1] == tokens->size();
  token.span =
      (at_end ? next_position_ : segment_positions_[last + 1]) - token.position;
  const size_t place = segment_tokens_[first + 1];
  tokens->insert(tokens->begin() + static_cast<std::ptrdiff_t>(place),
                 std::move(token));
  // Of the segments read so far; what follows is not known yet.
  for (size_t i = first + 1;
       i < segment_tokens_.size() && segment_tokens_[i] >= place; ++i) {
    ++segment_tokens_[i];
  }
}

std::vector<AnalysisStep> TextAnalyzer::Explain(std::string_view text) {
  clean_.Assign(text, 0, text.size());
  std::string clean = ToUtf8(clean_.text());
  std::string segments;
  for (const Segment& segment : segmenter_.Divide(clean_)) {
    absl::StrAppend(&segments, segments.empty() ? "" : " | ",
                    ToUtf8(clean_.Slice(segment.begin, segment.end)));
  }
  std::vector<AnalysisStep> steps = {{"clean", std::move(clean)},
                                     {"segment", std::move(segments)}};
  AppendTokenSteps(Analyze(text), &steps);
  steps.push_back({"chain", absl::StrJoin(chain_->part_names, " → ")});
  return steps;
}

}  // namespace kbsearch::analyzers
