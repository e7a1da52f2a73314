#include "analyzers/word_analysis.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "analyzers/characters.h"
#include "analyzers/fold.h"
#include "analyzers/homoglyphs.h"

namespace kbsearch::analyzers {
namespace {

constexpr size_t kMaxWordLetters = 64;  // longer ones are data, not words

struct Makeup {
  bool letters = false;
  bool digits = false;
  int digit_borders = 0;  // changes between letters and digits
};

Makeup MakeupOf(std::u32string_view word) {
  Makeup makeup;
  bool last_digit = false;
  bool first = true;
  for (const char32_t c : word) {
    const bool digit = IsDigit(c);
    if (!digit && !IsLetter(c)) continue;
    (digit ? makeup.digits : makeup.letters) = true;
    if (!first && digit != last_digit) ++makeup.digit_borders;
    last_digit = digit;
    first = false;
  }
  return makeup;
}

// Where a part of "facturePDF", "getUserName", "Office365", "HTTPServer"
// begins. A single first letter ("iPhone") and a plural s ("PDFs") do not cut.
bool BeginsPart(std::u32string_view word, size_t i) {
  const char32_t before = word[i - 1];
  const char32_t here = word[i];
  if (IsDigit(before) != IsDigit(here)) return !IsMark(here) && !IsMark(before);
  if (IsLower(before) && IsUpper(here)) return i > 1;
  const bool next_lower = i + 1 < word.size() && IsLower(word[i + 1]);
  const bool plural = next_lower && i + 2 == word.size() && word[i + 1] == U's';
  return IsUpper(before) && IsUpper(here) && next_lower && !plural;
}

// FNV-1a, 64 bits: stable over programs and versions, as terms are stored.
uint64_t StableHash(std::string_view bytes) {
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<uint8_t>(c)) * 1099511628211ULL;
  }
  return hash;
}

}  // namespace

void ClipTerm(std::string* term) {
  if (term->size() <= kMaxTermBytes) return;
  const uint64_t hash = StableHash(*term);
  size_t cut = kMaxTermBytes - 17;
  while (cut > 0 && (static_cast<uint8_t>((*term)[cut]) & 0xC0) == 0x80) --cut;
  term->resize(cut);
  absl::StrAppend(term, "~", absl::Hex(hash, absl::kZeroPad16));
}

WordAnalysis WordAnalyzer::Analyze(std::u32string_view surface) {
  WordAnalysis out;
  AppendFolded(surface, &out.exact);
  // Inner signs of a word: "aujourd'hui", "ό,τι".
  std::erase_if(out.exact, [](char c) { return c == '\'' || c == ','; });
  if (out.exact.empty()) return out;
  const Makeup makeup = MakeupOf(surface);
  out.is_protected = makeup.digits || surface.size() > kMaxWordLetters;
  if (surface.size() > kMaxWordLetters) {
    ClipTerm(&out.exact);
    return out;
  }
  out.is_stop = chain_.stop_words->Contains(out.exact);
  out.is_negation = chain_.stop_words->IsNegation(out.exact);
  if (!out.is_protected) out.lemmas = LemmasOf(surface, out.exact);
  // More than three changes ("a3f9c2e1") is a key, whose parts mean nothing.
  if (makeup.letters && makeup.digit_borders <= 3) {
    AddCaseAndDigitParts(surface, &out);
  }
  if (!out.is_stop && makeup.letters) AddHomoglyphVariants(surface, &out);
  if (!out.is_protected && !out.is_stop && out.extras.empty()) {
    AddCompoundParts(surface, &out);
  }
  return out;
}

Lemmas WordAnalyzer::LemmasOf(std::u32string_view surface,
                              std::string_view folded) {
  found_.clear();
  chain_.lemmatizer->Lemmatize({surface, folded}, &found_);
  for (std::string& lemma : found_) ClipTerm(&lemma);
  std::ranges::sort(found_);
  const auto end = std::unique(found_.begin(), found_.end());
  return Lemmas(std::move_iterator(found_.begin()), std::move_iterator(end));
}

void WordAnalyzer::AddPart(std::u32string_view surface, size_t begin,
                           size_t end, WordAnalysis* out) {
  const std::u32string_view part = surface.substr(begin, end - begin);
  WordAnalysis::Extra extra;
  extra.begin = static_cast<uint32_t>(begin);
  extra.end = static_cast<uint32_t>(end);
  extra.exact = Fold(part);
  if (extra.exact.empty() || extra.exact == out->exact) return;
  extra.is_protected = IsDigit(part.front());
  extra.is_stop = chain_.stop_words->Contains(extra.exact);
  if (!extra.is_protected) extra.lemmas = LemmasOf(part, extra.exact);
  out->extras.push_back(std::move(extra));
}

void WordAnalyzer::AddCaseAndDigitParts(std::u32string_view surface,
                                        WordAnalysis* out) {
  std::vector<size_t> borders;
  for (size_t i = 1; i < surface.size(); ++i) {
    if (BeginsPart(surface, i)) borders.push_back(i);
  }
  if (borders.empty()) return;
  borders.push_back(surface.size());
  size_t start = 0;
  for (const size_t border : borders) {
    // A lone letter says nothing; a lone digit may be a version.
    if (border - start > 1 || IsDigit(surface[start])) {
      AddPart(surface, start, border, out);
    }
    start = border;
  }
}

void WordAnalyzer::AddHomoglyphVariants(std::u32string_view surface,
                                        WordAnalysis* out) {
  for (const std::u32string& reading : HomoglyphReadings(surface)) {
    WordAnalysis::Extra extra;
    extra.end = static_cast<uint32_t>(surface.size());
    extra.role = TokenRole::kVariant;
    extra.exact = Fold(reading);
    extra.lemmas = LemmasOf(reading, extra.exact);
    out->extras.push_back(std::move(extra));
  }
}

void WordAnalyzer::AddCompoundParts(std::u32string_view surface,
                                    WordAnalysis* out) {
  if (chain_.compounds == nullptr) return;
  const auto parts =
      chain_.compounds->Split({surface, out->exact}, out->lemmas);
  if (parts.empty()) return;
  const std::u32string folded = ToUtf32(out->exact);
  // Where folding changed the length (ĳ → ij), a part shows the whole word.
  const bool aligned = folded.size() == surface.size();
  for (const CompoundSplitter::Part& part : parts) {
    const std::u32string_view letters =
        std::u32string_view(folded).substr(part.begin, part.end - part.begin);
    WordAnalysis::Extra extra;
    extra.begin = aligned ? part.begin : 0;
    extra.end = aligned ? part.end : static_cast<uint32_t>(surface.size());
    extra.exact = ToUtf8(letters);
    extra.lemmas = LemmasOf(letters, extra.exact);
    out->extras.push_back(std::move(extra));
  }
}

}  // namespace kbsearch::analyzers
