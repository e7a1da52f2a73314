#include "analyzers/fold.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string>
#include <vector>

#include "analyzers/characters.h"

namespace kbsearch::analyzers {
namespace {

constexpr char32_t kTableSize = 0x3000;
constexpr char32_t kBreve = 0x306;
constexpr char32_t kDiaeresis = 0x308;

// Letters that carry no decomposition but that people write otherwise.
std::u32string_view Respelled(char32_t c) {
  switch (c) {
    case U'œ':
      return U"oe";
    case U'æ':
      return U"ae";
    case U'ø':
      return U"o";
    case U'ß':
      return U"ss";
    case U'ĳ':
      return U"ij";
    case U'ς':
      return U"σ";
    case U'ł':
      return U"l";
    case U'đ':
    case U'ð':
      return U"d";
    case U'ħ':
      return U"h";
    case U'ı':
      return U"i";
    case U'þ':
      return U"th";
    case U'ґ':
      return U"г";
    default:
      return {};
  }
}

// й, ї and ў are letters of their own; their marks are no accents.
char32_t ComposedCyrillic(char32_t base, char32_t mark) {
  if (mark == kBreve && base == U'и') return U'й';
  if (mark == kBreve && base == U'у') return U'ў';
  if (mark == kDiaeresis && base == U'і') return U'ї';
  return 0;
}

bool IsDroppedMark(char32_t c) {
  return u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
}

std::u32string FoldSlowly(char32_t c) {
  static const icu::Normalizer2* const nfkd = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKDInstance(status);
  }();
  icu::UnicodeString decomposed;
  if (nfkd == nullptr ||
      !nfkd->getDecomposition(static_cast<UChar32>(c), decomposed)) {
    decomposed.setTo(static_cast<UChar32>(c));
  }
  std::u32string out;
  for (int32_t i = 0; i < decomposed.length();
       i = decomposed.moveIndex32(i, 1)) {
    const auto piece = static_cast<char32_t>(decomposed.char32At(i));
    if (IsDroppedMark(piece)) {
      const char32_t composed =
          out.empty() ? 0 : ComposedCyrillic(out.back(), piece);
      if (composed != 0) out.back() = composed;
      continue;
    }
    if (u_charType(static_cast<UChar32>(piece)) == U_DECIMAL_DIGIT_NUMBER) {
      out.push_back(U'0' + u_charDigitValue(static_cast<UChar32>(piece)));
      continue;
    }
    const auto lower = static_cast<char32_t>(
        u_foldCase(static_cast<UChar32>(piece), U_FOLD_CASE_DEFAULT));
    // ẞ folds to ß one to one here; the respelling does the rest.
    const std::u32string_view respelled = Respelled(lower);
    if (respelled.empty()) {
      out.push_back(lower);
    } else {
      out.append(respelled);
    }
  }
  return out;
}

// Most characters fold to one: `single`. The others are in `several`.
struct FoldTable {
  std::vector<char32_t> single = std::vector<char32_t>(kTableSize, 0);
  std::vector<std::u32string> several = std::vector<std::u32string>(kTableSize);
};

const FoldTable& Table() {
  static const auto* const table = [] {
    auto* filled = new FoldTable;
    for (char32_t c = 0; c < kTableSize; ++c) {
      std::u32string folded = FoldSlowly(c);
      if (folded.size() == 1) {
        filled->single[c] = folded[0];
      } else {
        filled->several[c] = std::move(folded);
      }
    }
    return filled;
  }();
  return *table;
}

const icu::Normalizer2* Nfc() {
  static const icu::Normalizer2* const nfc = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);
  }();
  return nfc;
}

std::string LowerSlowly(std::u32string_view text) {
  const icu::Normalizer2* const nfc = Nfc();
  icu::UnicodeString lower = icu::UnicodeString::fromUTF32(
      reinterpret_cast<const UChar32*>(text.data()),
      static_cast<int32_t>(text.size()));
  lower.toLower(icu::Locale::getRoot());
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString composed = nfc->normalize(lower, status);
  std::string out;
  (U_SUCCESS(status) ? composed : lower).toUTF8String(out);
  return out;
}

// Lower case of the letters whose neighbours do not matter; 0 for marks, which
// may compose with the letter before, and for Σ, which may be a final one.
const std::vector<char32_t>& LowerTable() {
  static const auto* const table = [] {
    auto* filled = new std::vector<char32_t>(kTableSize, 0);
    for (char32_t c = 1; c < kTableSize; ++c) {
      const std::string slow = LowerSlowly(std::u32string_view(&c, 1));
      size_t i = 0;
      const char32_t lower = DecodeUtf8(slow, &i);
      if (c != U'Σ' && i == slow.size() &&
          Nfc()->hasBoundaryBefore(static_cast<UChar32>(lower))) {
        (*filled)[c] = lower;
      }
    }
    return filled;
  }();
  return *table;
}

}  // namespace

void AppendFolded(std::u32string_view text, std::string* out) {
  static const FoldTable& table = Table();
  char32_t last = 0;
  for (const char32_t c : text) {
    const char32_t folded = c < kTableSize ? table.single[c] : 0;
    if (folded != 0) {
      AppendUtf8(folded, out);
      last = folded;
      continue;
    }
    if (const char32_t composed = ComposedCyrillic(last, c); composed != 0) {
      // The text was decomposed: take the bare letter (two bytes) back.
      out->resize(out->size() - 2);
      AppendUtf8(composed, out);
      last = composed;
      continue;
    }
    const std::u32string folded_slowly =
        c < kTableSize ? table.several[c] : FoldSlowly(c);
    for (const char32_t piece : folded_slowly) {
      AppendUtf8(piece, out);
      last = piece;
    }
  }
}

std::string Fold(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  AppendFolded(text, &out);
  return out;
}

std::string Fold(std::string_view utf8) { return Fold(ToUtf32(utf8)); }

std::string Lower(std::u32string_view text) {
  static const std::vector<char32_t>& table = LowerTable();
  std::string quick;
  quick.reserve(text.size() * 2);
  for (const char32_t c : text) {
    const char32_t lower = c < kTableSize ? table[c] : 0;
    if (lower == 0) return LowerSlowly(text);
    AppendUtf8(lower, &quick);
  }
  return quick;
}

std::string Lower(std::string_view utf8) { return Lower(ToUtf32(utf8)); }

}  // namespace kbsearch::analyzers
