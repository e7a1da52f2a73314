#include "analyzers/graphemes.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <memory>

namespace kbsearch::analyzers {
namespace {

// The thread's own iterator: it keeps the text that it is at. Null when ICU
// has no data, which leaves code points as the places to cut at.
icu::BreakIterator* Iterator() {
  thread_local const std::unique_ptr<icu::BreakIterator> iterator = [] {
    UErrorCode error = U_ZERO_ERROR;
    auto* made = icu::BreakIterator::createCharacterInstance(
        icu::Locale::getRoot(), error);
    return std::unique_ptr<icu::BreakIterator>(U_SUCCESS(error) ? made
                                                                : nullptr);
  }();
  return iterator.get();
}

bool IsContinuation(std::string_view text, size_t at) {
  return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// Whether the place, inside the text and between two code points, needs no look
// at more of the text: two characters of no special kind are never one (rule
// GB999 of Unicode's UAX #29), and all but a few are of none.
bool IsPlainBoundary(std::string_view text, size_t at) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto is_plain = [](UChar32 c) {
    return c >= 0 && u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK) ==
                         U_GCB_OTHER;
  };
  auto place = static_cast<int32_t>(at);
  UChar32 before = 0;
  U8_PREV(bytes, 0, place, before);
  place = static_cast<int32_t>(at);
  UChar32 after = 0;
  U8_NEXT(bytes, place, static_cast<int32_t>(text.size()), after);
  return is_plain(before) && is_plain(after);
}

// Calls `find` with the iterator set to the text.
template <typename Find>
size_t WithText(std::string_view text, Find&& find) {
  icu::BreakIterator* const iterator = Iterator();
  UErrorCode error = U_ZERO_ERROR;
  UText utext = UTEXT_INITIALIZER;
  utext_openUTF8(&utext, text.data(), static_cast<int64_t>(text.size()),
                 &error);
  iterator->setText(&utext, error);
  const int32_t place = find(*iterator);
  utext_close(&utext);
  return static_cast<size_t>(place);
}

}  // namespace

size_t CutBefore(std::string_view text, size_t at) {
  if (at >= text.size()) return text.size();
  while (at > 0 && IsContinuation(text, at)) --at;
  if (at == 0 || IsPlainBoundary(text, at) || Iterator() == nullptr) return at;
  return WithText(text, [&](icu::BreakIterator& iterator) {
    const auto place = static_cast<int32_t>(at);
    return iterator.isBoundary(place) ? place : iterator.preceding(place);
  });
}

size_t CutAfter(std::string_view text, size_t at) {
  while (at < text.size() && IsContinuation(text, at)) ++at;
  if (at >= text.size()) return text.size();
  if (at == 0 || IsPlainBoundary(text, at) || Iterator() == nullptr) return at;
  return WithText(text, [&](icu::BreakIterator& iterator) {
    const auto place = static_cast<int32_t>(at);
    return iterator.isBoundary(place) ? place : iterator.following(place);
  });
}

}  // namespace kbsearch::analyzers
