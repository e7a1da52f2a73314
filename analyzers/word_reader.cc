#include "analyzers/word_reader.h"

namespace kbsearch::analyzers {
namespace {

// A shorter word before a full stop may be a part of an abbreviation.
constexpr size_t kSentenceWord = 3;

}  // namespace

bool WordReader::Next() {
  while (end_ < text_.size()) {
    in_name_ = behind_stop_;
    const bool is_word = ReadRun();
    size_t behind = end_;
    behind_stop_ = end_ < text_.size() && DecodeUtf8(text_, &behind) == U'.' &&
                   JoinsName(behind);
    in_name_ = in_name_ || behind_stop_;
    if (is_word) return true;
  }
  return false;
}

bool WordReader::ReadRun() {
  letters_.clear();
  script_ = Script::kNone;
  bool has_digit = false;
  // What parts words is read with the run that follows it.
  bool is_run = false;
  while (end_ < text_.size()) {
    size_t next = end_;
    const char32_t c = DecodeUtf8(text_, &next);
    const CharClass kind = ClassOf(c);
    if (kind.kind == CharKind::kLetter && kind.script != Script::kNone) {
      if (script_ != Script::kNone && kind.script != script_) break;
      if (letters_.empty()) begin_ = end_;
      script_ = kind.script;
      letters_.push_back(c);
      is_run = true;
    } else if (kind.kind == CharKind::kDigit || c == U'@' || c == U'_') {
      has_digit = true;
      is_run = true;
    } else if (kind.kind == CharKind::kMark && !letters_.empty()) {
      letters_.push_back(c);
    } else if (is_run) {
      break;
    }
    end_ = next;
  }
  return !letters_.empty() && !has_digit;
}

bool WordReader::JoinsName(size_t at) const {
  if (letters_.empty() || at >= text_.size()) return false;
  const char32_t next = DecodeUtf8(text_, &at);
  const bool new_sentence = IsUpper(next) && IsLower(letters_.back()) &&
                            letters_.size() >= kSentenceWord;
  return IsLetter(next) && !new_sentence;
}

}  // namespace kbsearch::analyzers
