#include "engine/rescue/language_plan.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "analyzers/characters.h"
#include "engine/rescue/codes.h"
#include "engine/rescue/script_repair.h"
#include "engine/rescue/spelling.h"
#include "engine/rescue/word_splitting.h"

namespace kbsearch::engine {
namespace {

using analyzers::Script;

// A slip of at most this is likelier than glued words.
constexpr double kSmallSlip = 1.0;
// Corrections nearly as likely as the best are searched for as well.
constexpr double kAsLikely = 0.25;
constexpr size_t kMaxAlternatives = 2;
// Capitals of this length and below are names of things, not words.
constexpr size_t kAcronym = 4;
constexpr size_t kMinJoinedPart = 2;
// Bytes of a piece of a code that may as well be a word.
constexpr size_t kLeastWord = 4;

bool IsAcronym(std::string_view text) {
  const std::u32string letters = analyzers::ToUtf32(text);
  return letters.size() <= kAcronym &&
         std::all_of(letters.begin(), letters.end(), analyzers::IsUpper);
}

bool IsWordOfLetters(const std::string& word) {
  const std::u32string letters = analyzers::ToUtf32(word);
  return letters.size() >= kMinJoinedPart &&
         std::all_of(letters.begin(), letters.end(), analyzers::IsLetter);
}

// The property White_Space of Unicode's PropList.txt.
bool IsWhiteSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool IsBlank(std::string_view text) {
  const std::u32string characters = analyzers::ToUtf32(text);
  return !characters.empty() &&
         std::all_of(characters.begin(), characters.end(),
                     [](char32_t c) { return IsWhiteSpace(c); });
}

}  // namespace

std::vector<Chunk> DivideAtBlanks(std::string_view text) {
  std::vector<Chunk> chunks;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const auto begin = static_cast<uint32_t>(at);
    const char32_t c = analyzers::DecodeUtf8(text, &at);
    if (IsWhiteSpace(c)) {
      inside = false;
      continue;
    }
    if (!inside) chunks.push_back({begin, begin});
    inside = true;
    chunks.back().end = static_cast<uint32_t>(at);
  }
  return chunks;
}

std::string_view StageName(FixKind kind) {
  switch (kind) {
    case FixKind::kLayout:
      return "layout";
    case FixKind::kScript:
      return "transliteration";
    case FixKind::kSpelling:
      return "spelling";
    case FixKind::kJoin:
    case FixKind::kSplit:
      break;
  }
  return "compound";
}

LanguagePlan::LanguagePlan(std::string_view text,
                           const std::vector<Chunk>& chunks,
                           LanguageWords words)
    : text_(text),
      chunks_(chunks),
      words_(std::move(words)),
      pieces_(words_.Read(text)),
      lacks_(chunks.size(), false) {
  for (const QueryPiece& piece : pieces_) {
    if (piece.is_known && !piece.token.is_stop) known_.push_back(piece.token);
  }
  codes_ = FindCodes(text_, words_, &pieces_);
  size_t chunk = 0;
  for (const QueryPiece& piece : pieces_) {
    if (piece.is_known) continue;
    while (chunk < chunks.size() && chunks[chunk].end <= piece.begin) ++chunk;
    if (chunk < chunks.size()) lacks_[chunk] = true;
  }
}

std::string_view LanguagePlan::TextOf(const Chunk& chunk) const {
  return text_.substr(chunk.begin, chunk.end - chunk.begin);
}

bool LanguagePlan::Covers(const Fix& fix, size_t chunk) const {
  return fix.begin < chunks_[chunk].end && fix.end > chunks_[chunk].begin;
}

bool LanguagePlan::IsMended(size_t chunk, double max_cost) const {
  return std::any_of(fixes_.begin(), fixes_.end(), [&](const Fix& fix) {
    return fix.is_applied && fix.cost <= max_cost && Covers(fix, chunk);
  });
}

bool LanguagePlan::IsOnlyCodes() const {
  return !codes_.empty() &&
         std::all_of(pieces_.begin(), pieces_.end(), [&](const auto& piece) {
           // "étape 2" is French, though a page has the name "etape2".
           if (piece.token.exact.size() >= kLeastWord &&
               words_.IsDictionaryWord(piece.token.exact)) {
             return false;
           }
           return std::any_of(
               codes_.begin(), codes_.end(), [&](const JoinedWord& code) {
                 return piece.token.position >= code.position &&
                        piece.token.position < code.position + code.span;
               });
         });
}

void LanguagePlan::Mend(size_t chunk, const analyzers::SpellingRules& rules) {
  if (IsMended(chunk)) return;
  const Script own = words_.spelling().script;
  if (ScriptOf(TextOf(chunks_[chunk])) != own) {
    if (MendLayout(chunk, rules) || MendScript(chunk)) return;
    MendWords(chunk);
    return;
  }
  MendWords(chunk);
  const auto slip =
      std::find_if(fixes_.begin(), fixes_.end(),
                   [&](const Fix& fix) { return Covers(fix, chunk); });
  if (slip != fixes_.end() && slip->is_applied && slip->cost < kSmallSlip) {
    return;
  }
  // Layout and names are surer than a wild misspelling.
  std::vector<Fix> slips = fixes_;
  std::erase_if(fixes_, [&](const Fix& fix) { return Covers(fix, chunk); });
  if (!MendLayout(chunk, rules) && !MendScript(chunk)) {
    fixes_ = std::move(slips);
  }
}

void LanguagePlan::MendLetters(size_t chunk,
                               const analyzers::SpellingRules& rules) {
  if (IsMended(chunk)) return;
  if (!MendLayout(chunk, rules)) MendScript(chunk);
}

bool LanguagePlan::MendLayout(size_t chunk,
                              const analyzers::SpellingRules& rules) {
  std::optional<Repair> repair =
      RepairLayout(TextOf(chunks_[chunk]), rules, words_);
  if (!repair) return false;
  fixes_.push_back({chunks_[chunk].begin,
                    chunks_[chunk].end,
                    FixKind::kLayout,
                    std::move(repair->text),
                    {}});
  return true;
}

bool LanguagePlan::MendScript(size_t chunk) {
  std::optional<Repair> repair = RepairScript(TextOf(chunks_[chunk]), words_);
  if (!repair) return false;
  fixes_.push_back({chunks_[chunk].begin, chunks_[chunk].end, FixKind::kScript,
                    std::move(repair->text), std::move(repair->alternatives)});
  return true;
}

void LanguagePlan::MendWords(size_t chunk) {
  for (const QueryPiece& piece : pieces_) {
    if (!piece.is_known && piece.begin < chunks_[chunk].end &&
        piece.end > chunks_[chunk].begin) {
      MendWord(piece);
    }
  }
}

void LanguagePlan::MendWord(const QueryPiece& piece) {
  const std::string_view written =
      text_.substr(piece.begin, piece.end - piece.begin);
  Fix fix;
  fix.begin = piece.begin;
  fix.end = piece.end;
  if (piece.token.is_protected) {
    fix.kind = FixKind::kSplit;
    fix.to = DivideCode(piece, words_);
    if (!fix.to.empty()) fixes_.push_back(std::move(fix));
    return;
  }
  if (IsAcronym(written)) return;
  const std::vector<Correction> corrections =
      FindCorrections(piece.token, words_, known_);
  if (corrections.empty() || !corrections.front().is_sure ||
      corrections.front().cost > kSmallSlip) {
    const std::vector<std::string> parts = SplitGlued(piece.token, words_);
    if (!parts.empty()) {
      fix.kind = FixKind::kSplit;
      fix.to = absl::StrJoin(parts, " ");
      fix.is_applied = !words_.IsDictionaryWord(piece.token.exact);
      fixes_.push_back(std::move(fix));
      return;
    }
  }
  if (corrections.empty()) return;
  const Correction& best = corrections.front();
  fix.to = best.display;
  fix.cost = best.cost;
  fix.score = best.score;
  fix.is_applied = best.is_sure;
  for (size_t i = 1; i < corrections.size() && i <= kMaxAlternatives; ++i) {
    if (corrections[i].score >= best.score - kAsLikely) {
      fix.alternatives.push_back(corrections[i].display);
    }
  }
  fixes_.push_back(std::move(fix));
}

std::optional<VocabularyWord> LanguagePlan::JoinedAt(size_t i) const {
  const QueryPiece& one = pieces_[i];
  const QueryPiece& other = pieces_[i + 1];
  if (one.token.is_protected || other.token.is_protected ||
      (one.token.is_stop && other.token.is_stop) ||
      !IsWordOfLetters(one.token.exact) ||
      !IsWordOfLetters(other.token.exact) || one.end > other.begin ||
      !IsBlank(text_.substr(one.end, other.begin - one.end))) {
    return std::nullopt;
  }
  const auto joined =
      words_.vocabulary().Find(one.token.exact + other.token.exact);
  return joined && joined->is_written ? joined : std::nullopt;
}

void LanguagePlan::JoinLost(const std::vector<bool>& lost) {
  const auto is_lost = [&](const QueryPiece& piece) {
    for (size_t i = 0; i < chunks_.size(); ++i) {
      if (lost[i] && piece.begin < chunks_[i].end &&
          piece.end > chunks_[i].begin) {
        return !piece.is_known;
      }
    }
    return false;
  };
  for (size_t i = 0; i + 1 < pieces_.size(); ++i) {
    if (!is_lost(pieces_[i]) && !is_lost(pieces_[i + 1])) continue;
    const auto joined = JoinedAt(i);
    if (!joined) continue;
    fixes_.push_back({pieces_[i].begin,
                      pieces_[i + 1].end,
                      FixKind::kJoin,
                      std::string(joined->display),
                      {}});
    ++i;
  }
}

std::vector<JoinedWord> LanguagePlan::FindJoined() {
  std::vector<JoinedWord> found;
  for (size_t i = 0; i + 1 < pieces_.size(); ++i) {
    const auto joined = JoinedAt(i);
    if (!joined || pieces_[i].token.is_stop || pieces_[i + 1].token.is_stop ||
        words_.Together(pieces_[i].token, {pieces_[i + 1].token}) > 0) {
      continue;
    }
    const std::vector<QueryPiece> read = words_.Read(joined->word);
    if (read.size() != 1) continue;
    found.push_back(
        {pieces_[i].token.position,
         2,
         {read.front().token.exact},
         {read.front().token.lemmas.begin(), read.front().token.lemmas.end()}});
  }
  return found;
}

std::vector<JoinedWord> LanguagePlan::FindCodesOfFixedText() {
  const bool is_fixed =
      std::any_of(fixes_.begin(), fixes_.end(),
                  [](const Fix& fix) { return fix.is_applied; });
  if (!is_fixed) return codes_;
  const std::string fixed = FixedText();
  std::vector<QueryPiece> pieces = words_.Read(fixed);
  return FindCodes(fixed, words_, &pieces);
}

std::string LanguagePlan::FixedText() const {
  std::vector<const Fix*> applied;
  for (const Fix& fix : fixes_) {
    if (fix.is_applied) applied.push_back(&fix);
  }
  std::sort(applied.begin(), applied.end(),
            [](const Fix* a, const Fix* b) { return a->begin < b->begin; });
  std::string text;
  uint32_t at = 0;
  for (const Fix* fix : applied) {
    if (fix->begin < at) continue;
    absl::StrAppend(&text, std::string(text_.substr(at, fix->begin - at)),
                    fix->to);
    at = fix->end;
  }
  absl::StrAppend(&text, std::string(text_.substr(at)));
  return text;
}

}  // namespace kbsearch::engine
