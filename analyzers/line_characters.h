// What of a text that somebody typed does not belong into a line that is shown.
#ifndef KBSEARCH_ANALYZERS_LINE_CHARACTERS_H_
#define KBSEARCH_ANALYZERS_LINE_CHARACTERS_H_

namespace kbsearch::analyzers {

// White space of any kind, or a control character. Thread-safe.
bool IsBlank(char32_t c);

// Shown to nobody, but able to turn a line round or to hide in it: format
// characters (U+202E, U+200B, U+00AD …) and U+FFFD, which stands for invalid
// bytes. The joiners U+200C and U+200D shape words and emoji: they are not.
bool IsInvisible(char32_t c);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_LINE_CHARACTERS_H_
