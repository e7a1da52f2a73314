#include "cli/text_layout.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace kbsearch::cli {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";
constexpr char kReset[] = "\x1b[0m";

const char* Sequence(Emphasis emphasis) {
  switch (emphasis) {
    case Emphasis::kTitle:
      return "\x1b[1m";
    case Emphasis::kHighlight:
      return "\x1b[1;33m";
    case Emphasis::kFaint:
      return "\x1b[2m";
    case Emphasis::kLink:
      return "\x1b[34m";
    case Emphasis::kLabel:
      return "\x1b[36m";
    case Emphasis::kPlain:
      break;
  }
  return "";
}

int CodePointWidth(UChar32 c) {
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// A word, perhaps of several emphases ("<b>pass</b>words").
struct Word {
  std::vector<StyledText> parts;
  int width = 0;
};

std::vector<Word> SplitWords(std::span<const StyledText> pieces) {
  std::vector<Word> words;
  bool in_word = false;
  for (const StyledText& piece : pieces) {
    const std::string text = Printable(piece.text);
    for (size_t begin = 0; begin < text.size();) {
      if (text[begin] == ' ') {
        in_word = false;
        ++begin;
        continue;
      }
      const size_t end = std::min(text.find(' ', begin), text.size());
      std::string part = text.substr(begin, end - begin);
      if (!in_word) words.push_back({});
      words.back().width += DisplayWidth(part);
      words.back().parts.push_back({std::move(part), piece.emphasis});
      in_word = true;
      begin = end;
    }
  }
  return words;
}

// Collects lines; a colour stays on from one word to the next of the same
// emphasis, and never over the end of a line.
class LineWriter {
 public:
  explicit LineWriter(bool colour) : colour_(colour) {}

  void Space(Emphasis next) {
    if (next != current_) Switch(Emphasis::kPlain);
    out_.push_back(' ');
  }

  void Write(const Word& word) {
    for (const StyledText& part : word.parts) {
      Switch(part.emphasis);
      out_.append(part.text);
    }
  }

  void EndLine() {
    Switch(Emphasis::kPlain);
    out_.push_back('\n');
  }

  void Indent(int columns) { out_.append(columns, ' '); }

  std::string Take() { return std::move(out_); }

 private:
  void Switch(Emphasis next) {
    if (!colour_ || next == current_) return;
    if (current_ != Emphasis::kPlain) out_.append(kReset);
    out_.append(Sequence(next));
    current_ = next;
  }

  const bool colour_;
  Emphasis current_ = Emphasis::kPlain;
  std::string out_;
};

}  // namespace

std::string Printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int64_t>(text.size());
  for (int64_t next = 0; next < size;) {
    const int64_t begin = next;
    UChar32 c = 0;
    U8_NEXT(bytes, next, size, c);
    if (c == '\t' || c == '\n' || c == '\r') {
      result.push_back(' ');
    } else if (c < 0 || u_charType(c) == U_CONTROL_CHAR) {
      result.append(kReplacement);
    } else {
      result.append(text.substr(begin, next - begin));
    }
  }
  return result;
}

int DisplayWidth(std::string_view text) {
  int width = 0;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int64_t>(text.size());
  for (int64_t next = 0; next < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, next, size, c);
    width += c < 0 ? 1 : CodePointWidth(c);
  }
  return width;
}

std::string Layout(std::span<const StyledText> pieces, int indent,
                   const TextStyle& style, int hanging) {
  LineWriter writer(style.colour);
  const std::vector<Word> words = SplitWords(pieces);
  if (words.empty()) return "";
  writer.Indent(indent);
  int column = indent;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && style.width > 0 && column + 1 + words[i].width > style.width) {
      writer.EndLine();
      writer.Indent(indent + hanging);
      column = indent + hanging;
    } else if (i > 0) {
      writer.Space(words[i].parts.front().emphasis);
      ++column;
    }
    writer.Write(words[i]);
    column += words[i].width;
  }
  writer.EndLine();
  return writer.Take();
}

std::string Layout(const StyledText& piece, int indent,
                   const TextStyle& style) {
  return Layout(std::span<const StyledText>(&piece, 1), indent, style);
}

}  // namespace kbsearch::cli
