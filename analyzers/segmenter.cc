#include "analyzers/segmenter.h"

#include <unicode/unistr.h>

#include "analyzers/characters.h"
#include "analyzers/homoglyphs.h"

namespace kbsearch::analyzers {
namespace {

// The Greek pronoun ό,τι, one word with a comma in it; its end, or 0.
size_t MatchGreekWhatever(const CleanText& text, size_t begin, size_t end) {
  const std::u32string_view head = text.Slice(begin, end);
  if (text[end] != U',' ||
      (head != U"ό" && head != U"ο" && head != U"Ό" && head != U"Ο")) {
    return 0;
  }
  const char32_t tau = text[end + 1];
  const char32_t iota = text[end + 2];
  const bool matches = (tau == U'τ' || tau == U'Τ') &&
                       (iota == U'ι' || iota == U'Ι' || iota == U'ί') &&
                       !IsWordCharacter(text[end + 3]);
  return matches ? end + 3 : 0;
}

// Marks and letters common to all scripts stay with the letter before.
Script ScriptAt(const CleanText& text, size_t i, Script before) {
  const CharClass kind = ClassOf(text[i]);
  return kind.kind == CharKind::kLetter && kind.script != Script::kNone
             ? kind.script
             : before;
}

// Where the script changes inside [begin, end).
std::vector<size_t> ScriptBorders(const CleanText& text, size_t begin,
                                  size_t end) {
  std::vector<size_t> borders;
  Script script = Script::kNone;
  for (size_t i = begin; i < end; ++i) {
    const Script here = ScriptAt(text, i, script);
    if (script != Script::kNone && here != script) borders.push_back(i);
    script = here;
  }
  return borders;
}

// "όπωςportal" is two words written together; "oзон" is one word with a
// letter of the wrong alphabet. Two runs of two letters or more are two words,
// unless the word reads as one script: then it may be either, and both are
// tried by its homoglyph readings.
bool IsGlue(const CleanText& text, size_t begin, size_t end,
            const std::vector<size_t>& borders) {
  if (HomoglyphReadings(text.Slice(begin, end)).empty()) return true;
  return borders.size() == 1 && borders[0] - begin >= 2 &&
         end - borders[0] >= 2;
}

}  // namespace

const std::vector<Segment>& Segmenter::Divide(const CleanText& text) {
  text_ = &text;
  segments_.clear();
  tokens_used_ = 0;
  size_t field_end = 0;
  hints_ = 0;
  for (size_t i = 0; i < text.size();) {
    const char32_t c = text[i];
    if (c <= U' ') {
      ++i;
      continue;
    }
    if (i >= field_end) hints_ = ProtectedTokenHints(text, i, &field_end);
    const CharKind kind = ClassOf(c).kind;
    const bool word = kind == CharKind::kLetter || kind == CharKind::kDigit;
    if (hints_ != 0 && (word || c == U'.' || c == U'№') &&
        (i == 0 || !IsWordCharacter(text[i - 1]))) {
      if (const size_t end = AddProtected(i); end > i) {
        i = end;
        continue;
      }
    }
    if (word) {
      i = AddWord(i);
    } else if (kind == CharKind::kComplex) {
      i = AddComplexRun(i);
    } else {
      ++i;
    }
  }
  return segments_;
}

size_t Segmenter::AddProtected(size_t begin) {
  if (tokens_used_ == tokens_.size()) {
    tokens_.push_back(std::make_unique<ProtectedToken>());
  }
  ProtectedToken* const token = tokens_[tokens_used_].get();
  if (!MatchProtectedToken(*text_, begin, hints_, token)) return begin;
  ++tokens_used_;
  Add(begin, token->end, false);
  segments_.back().token = token;
  return token->end;
}

size_t Segmenter::AddWord(size_t begin) {
  const CleanText& text = *text_;
  size_t end = begin;
  bool has_apostrophe = false;
  Script script = Script::kNone;
  bool mixed = false;
  while (true) {
    const CharClass kind = ClassOf(text[end]);
    if (kind.kind == CharKind::kLetter) {
      if (kind.script != Script::kNone && kind.script != script) {
        mixed = mixed || script != Script::kNone;
        script = kind.script;
      }
    } else if (kind.kind == CharKind::kDigit || kind.kind == CharKind::kMark) {
      // goes with any script
    } else if (text[end] == U'\'' && end > begin && IsLetter(text[end + 1])) {
      has_apostrophe = true;
    } else {
      break;
    }
    ++end;
  }
  if (text[end] == U',') {
    if (const size_t pronoun_end = MatchGreekWhatever(text, begin, end)) {
      end = pronoun_end;
    }
  }
  if (has_apostrophe) {
    for (const WordPiece& piece : split_apostrophes_(text.Slice(begin, end))) {
      AddPiece(begin + piece.begin, begin + piece.end);
    }
  } else if (mixed) {
    AddPiece(begin, end);
  } else {
    Add(begin, end, false);
  }
  return end;
}

void Segmenter::AddPiece(size_t begin, size_t end) {
  const std::vector<size_t> borders = ScriptBorders(*text_, begin, end);
  if (borders.empty() || !IsGlue(*text_, begin, end, borders)) {
    Add(begin, end, false);
    return;
  }
  size_t start = begin;
  for (const size_t border : borders) {
    Add(start, border, start != begin);
    start = border;
  }
  Add(start, end, true);
}

size_t Segmenter::AddComplexRun(size_t begin) {
  const CleanText& text = *text_;
  size_t end = begin;
  while (ClassOf(text[end]).kind == CharKind::kComplex) ++end;
  if (complex_words_ == nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    complex_words_.reset(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) complex_words_.reset();
  }
  if (complex_words_ == nullptr) {  // ICU without its data
    Add(begin, end, false);
    return end;
  }
  const std::u32string_view run = text.Slice(begin, end);
  const icu::UnicodeString utf16 = icu::UnicodeString::fromUTF32(
      reinterpret_cast<const UChar32*>(run.data()),
      static_cast<int32_t>(run.size()));
  complex_words_->setText(utf16);
  int32_t from = complex_words_->first();
  size_t start = begin;
  for (int32_t to = complex_words_->next(); to != icu::BreakIterator::DONE;
       to = complex_words_->next()) {
    const size_t stop = start + utf16.countChar32(from, to - from);
    Add(start, stop, false);
    start = stop;
    from = to;
  }
  return end;
}

bool Segmenter::FollowsHyphen(size_t begin) const {
  return begin > 0 && (*text_)[begin - 1] == U'-' && !segments_.empty() &&
         segments_.back().end + 1 == begin;
}

void Segmenter::Add(size_t begin, size_t end, bool glued) {
  Segment segment;
  segment.begin = begin;
  segment.end = end;
  segment.glued = glued;
  segment.after_hyphen = FollowsHyphen(begin);
  segments_.push_back(segment);
}

}  // namespace kbsearch::analyzers
