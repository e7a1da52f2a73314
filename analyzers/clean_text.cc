#include "analyzers/clean_text.h"

#include "analyzers/characters.h"

namespace kbsearch::analyzers {
namespace {

constexpr char32_t kDropped = 0xFFFFFFFF;

// What a character is read as; kDropped for invisible ones.
char32_t CleanCharacter(char32_t c) {
  switch (c) {
    case U'’':
    case U'‘':
    case U'‛':
    case U'′':
    case U'`':
    case U'´':
    case U'＇':
    case 0x02BC:
    case 0x02B9:
    case 0x1FBD:  // koronis, typed for an apostrophe
    case 0x1FBF:
    case 0x0384:  // tonos on its own
      return U'\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212:
    case 0xFE63:
    case 0xFF0D:
      return U'-';
    case 0x00A0:
    case 0x202F:
    case 0x3000:
      return U' ';
    case 0x00AD:
    case 0x034F:
    case 0x2060:
    case 0xFEFF:
      return kDropped;
    default:
      break;
  }
  if (c >= 0x2000 && c <= 0x200A) return U' ';
  if (c >= 0x200B && c <= 0x200F) return kDropped;
  if (c >= 0x202A && c <= 0x202E) return kDropped;
  if (c >= 0x2066 && c <= 0x2069) return kDropped;
  if (c >= 0xFE00 && c <= 0xFE0F) return kDropped;
  return c;
}

// In the ranges of the European alphabets, where no character is changed.
bool IsCleanLetter(char32_t c) {
  return (c >= 0x00C0 && c <= 0x02B8) || (c >= 0x0386 && c <= 0x1FBC);
}

// Spaces that keep the two sides on one line, hence are set inside numbers.
bool IsNumberSpace(char32_t c) {
  return c == 0x00A0 || c == 0x202F || c == 0x2007 || c == 0x2009;
}

// Do exactly three digits begin at byte `i`?
bool ThreeDigitsAt(std::string_view bytes, size_t i) {
  const auto digit = [&](size_t k) {
    return k < bytes.size() && bytes[k] >= '0' && bytes[k] <= '9';
  };
  return digit(i) && digit(i + 1) && digit(i + 2) && !digit(i + 3);
}

}  // namespace

void CleanText::Assign(std::string_view original, size_t begin, size_t end) {
  // A code point takes a byte at least: room for all, cut to size at the end.
  text_.resize(end - begin);
  begin_.resize(end - begin);
  length_.resize(end - begin);
  size_t count = 0;
  const std::string_view bytes = original.substr(0, end);
  for (size_t i = begin; i < end;) {
    const size_t start = i;
    char32_t c = static_cast<uint8_t>(bytes[i]);
    if (c < 0x80) {
      ++i;
      if (c == U'`') c = U'\'';
    } else {
      c = DecodeUtf8(bytes, &i);
      if (!IsCleanLetter(c)) {
        if (IsNumberSpace(c) && count > 0 && IsDigit(text_[count - 1]) &&
            ThreeDigitsAt(bytes, i)) {
          continue;
        }
        c = CleanCharacter(c);
        if (c == kDropped) continue;
      }
    }
    text_[count] = c;
    begin_[count] = static_cast<uint32_t>(start);
    length_[count] = static_cast<uint8_t>(i - start);
    ++count;
  }
  text_.resize(count);
  begin_.resize(count);
  length_.resize(count);
}

}  // namespace kbsearch::analyzers
