#include "indexer/text/lenient_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "indexer/text/plain_text.h"

namespace kbsearch::indexer {
namespace {

// Every mark that stands for '"', as UTF-8.
constexpr std::string_view kQuotes[] = {
    "\"",      "“",       "”",       "„",       "‟",      "«",
    "»",       "″",       "＂",      "&quot;",  "&#34;",  "&ldquo;",
    "&rdquo;", "&laquo;", "&raquo;", "&#8220;", "&#8221;"};

class Repair {
 public:
  explicit Repair(std::string_view text) : text_(text) {}

  std::string Run() {
    SkipToStart();
    while (position_ < text_.size()) {
      SkipSpaces();
      if (position_ >= text_.size()) break;
      const char c = text_[position_];
      if (QuoteAt(position_) > 0) {
        ReadString();
      } else if (c == '{' || c == '[') {
        Separate();
        out_ += c;
        open_ += c;
        ++Open(c);
        ++position_;
      } else if (c == '}' || c == ']') {
        ++position_;
        Close(c);
        if (open_.empty()) break;  // whatever follows is not part of it
      } else if (c == ',') {
        ++position_;

      } else if (c == ':') {
        ++position_;
        out_ += ':';
      } else {
        ReadWord();
      }
    }
    while (!open_.empty()) Close(open_.back() == '{' ? '}' : ']');
    return std::move(out_);
  }

 private:
  // Comments, CDATA and what else stands before the first bracket.
  void SkipToStart() {
    while (position_ < text_.size() && text_[position_] != '{' &&
           text_[position_] != '[') {
      ++position_;
    }
    if (text_.substr(position_).starts_with("[CDATA[")) {
      position_ += 7;
      SkipToStart();
    }
  }

  // Length of the quotation mark there, or 0.
  size_t QuoteAt(size_t position) const {
    const char c = text_[position];
    // Most characters are plain: look no further.
    if (c != '"' && c != '&' && static_cast<unsigned char>(c) < 0x80) return 0;
    const std::string_view rest = text_.substr(position);
    for (const std::string_view quote : kQuotes) {
      if (rest.starts_with(quote)) return quote.size();
    }
    return 0;
  }

  static size_t SpaceAt(std::string_view rest) {
    if (rest.empty()) return 0;
    if (absl::ascii_isspace(rest[0])) return 1;
    for (const std::string_view space :
         {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "&nbsp;", "<br>", "<br/>",
          "<br />", "<p>", "</p>"}) {
      if (rest.starts_with(space)) return space.size();
    }
    return 0;
  }

  size_t AfterSpaces(size_t position) const {
    while (position < text_.size()) {
      const size_t space = SpaceAt(text_.substr(position));
      if (space == 0) break;
      position += space;
    }
    return position;
  }

  void SkipSpaces() { position_ = AfterSpaces(position_); }

  // Writes the comma that belongs before a value, if any.
  void Separate() {
    if (!out_.empty() && out_.back() != '{' && out_.back() != '[' &&
        out_.back() != ':') {
      out_ += ',';
    }
  }

  size_t& Open(char bracket) {
    return bracket == '{' ? open_braces_ : open_brackets_;
  }

  void Close(char bracket) {
    if (out_.ends_with(':')) out_ += "null";
    // A bracket of the other kind closes what was left open before it.
    const char wanted = bracket == '}' ? '{' : '[';
    if (Open(wanted) == 0) return;
    while (!open_.empty()) {
      const char last = open_.back();
      open_.pop_back();
      --Open(last);
      out_ += last == '{' ? '}' : ']';
      if (last == wanted) break;
    }
  }

  // Whether a mark that ends at `after` ends the string: JSON goes on there.
  bool EndsString(size_t after) const {
    size_t next = AfterSpaces(after);
    if (next >= text_.size()) return true;
    const char c = text_[next];
    if (c == ':' || c == '}' || c == ']') return c != ':' || in_key_;
    if (c != ',') return false;
    next = AfterSpaces(next + 1);
    if (next >= text_.size()) return true;
    const char following = text_[next];
    if (following == '}' || following == ']' || following == '{' ||
        following == '[') {
      return true;
    }
    const size_t quote = QuoteAt(next);
    if (quote == 0) return false;
    // In an object a key comes: a mark, a short word, a mark and a colon.
    return open_.empty() || open_.back() == '[' || KeyBegins(next + quote);
  }

  bool KeyBegins(size_t position) const {
    constexpr size_t kLongestKey = 60;
    const size_t end = std::min(text_.size(), position + kLongestKey);
    for (; position < end; ++position) {
      const size_t quote = QuoteAt(position);
      if (quote == 0) continue;
      const size_t next = AfterSpaces(position + quote);
      return next < text_.size() && text_[next] == ':';
    }
    return end == text_.size();
  }

  void ReadString() {
    in_key_ = !open_.empty() && open_.back() == '{' && !out_.ends_with(':');
    const size_t quote = QuoteAt(position_);
    const bool guillemet = text_.substr(position_).starts_with("«");
    position_ += quote;
    std::string value;
    bool has_escapes = false;
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (c == '\\' && position_ + 1 < text_.size()) {
        has_escapes = true;
        AppendEscape(&value);
        continue;
      }
      const size_t mark = QuoteAt(position_);
      if (mark > 0 && EndsString(position_ + mark)) {
        position_ += mark;
        break;
      }
      AppendCharacter(mark, &value);
    }
    Separate();
    if ((guillemet || in_key_) && !has_escapes) value = CollapseSpaces(value);
    out_ += '"';
    out_ += value;
    out_ += '"';
  }

  void AppendEscape(std::string* value) {
    const char next = text_[position_ + 1];
    constexpr std::string_view kEscapes = "\"\\/bfnrt";
    const bool unicode = next == 'u' && position_ + 6 <= text_.size() &&
                         absl::ascii_isxdigit(text_[position_ + 2]) &&
                         absl::ascii_isxdigit(text_[position_ + 3]) &&
                         absl::ascii_isxdigit(text_[position_ + 4]) &&
                         absl::ascii_isxdigit(text_[position_ + 5]);
    if (kEscapes.find(next) != std::string_view::npos || unicode) {
      value->append(text_.substr(position_, 2));
      position_ += 2;
    } else {
      value->append("\\\\");
      ++position_;
    }
  }

  void AppendCharacter(size_t mark, std::string* value) {
    const char c = text_[position_];
    if (mark == 1) {
      value->append("\\\"");
    } else if (c == '\n') {
      value->append("\\n");
    } else if (static_cast<unsigned char>(c) < 0x20) {
      *value += ' ';
    } else {
      *value += c;
    }
    ++position_;
  }

  // true, null, a number, or a word without its marks.
  void ReadWord() {
    const size_t begin = position_;
    while (position_ < text_.size() &&
           std::string_view("{}[]:,").find(text_[position_]) ==
               std::string_view::npos &&
           QuoteAt(position_) == 0) {
      ++position_;
    }
    const std::string word =
        CollapseSpaces(text_.substr(begin, position_ - begin));
    if (word.empty() || word.starts_with("//") || word.starts_with("/*")) {
      return;
    }
    Separate();
    const bool is_key =
        !open_.empty() && open_.back() == '{' && !out_.ends_with(':');
    const bool literal = word == "true" || word == "false" || word == "null" ||
                         nlohmann::json::accept(word);
    out_ += literal && !is_key
                ? word
                : nlohmann::json(word).dump(
                      -1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  const std::string_view text_;
  size_t position_ = 0;
  std::string out_;
  std::string open_;  // the brackets we are in
  size_t open_braces_ = 0;
  size_t open_brackets_ = 0;
  bool in_key_ = false;
};

}  // namespace

std::string RepairJson(std::string_view text) { return Repair(text).Run(); }

nlohmann::json ParseLenientJson(std::string_view text, bool* repaired) {
  *repaired = false;
  nlohmann::json tree = nlohmann::json::parse(text, nullptr,
                                              /*allow_exceptions=*/false,
                                              /*ignore_comments=*/true);
  if (!tree.is_discarded()) return tree;
  tree = nlohmann::json::parse(RepairJson(text), nullptr,
                               /*allow_exceptions=*/false);
  *repaired = !tree.is_discarded();
  return tree;
}

}  // namespace kbsearch::indexer
