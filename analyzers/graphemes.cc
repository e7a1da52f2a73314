#include "analyzers/graphemes.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

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
  if (at == 0 || Iterator() == nullptr) return at;
  return WithText(text, [&](icu::BreakIterator& iterator) {
    const auto place = static_cast<int32_t>(at);
    return iterator.isBoundary(place) ? place : iterator.preceding(place);
  });
}

size_t CutAfter(std::string_view text, size_t at) {
  while (at < text.size() && IsContinuation(text, at)) ++at;
  if (at >= text.size()) return text.size();
  if (at == 0 || Iterator() == nullptr) return at;
  return WithText(text, [&](icu::BreakIterator& iterator) {
    const auto place = static_cast<int32_t>(at);
    return iterator.isBoundary(place) ? place : iterator.following(place);
  });
}

}  // namespace kbsearch::analyzers
