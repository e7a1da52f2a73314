// Synonyms as plain text, the way search engines' synonym files look:
//
//   # what customers say => what we say
//   σπασμένο, χαλασμένο => ελαττωματικό      one-way
//   laptop, notebook                          two-way
//
// A line is an entry; words are parted by commas; "#" at the beginning makes a
// remark. A comma or backslash inside a word is written "\," or "\\".
#ifndef KBSEARCH_CLI_SYNONYM_TEXT_H_
#define KBSEARCH_CLI_SYNONYM_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "kbsearch/v1/admin_service.pb.h"

namespace kbsearch::cli {

struct SynonymText {
  std::vector<kbsearch::v1::Synonym> synonyms;
  std::vector<int> lines;           // of each synonym, from 1
  std::vector<std::string> errors;  // "line 3: …; …", with the remedy
};

// REQUIRES: UTF-8 or bytes that a server will refuse. A leading byte order mark
// and Windows line ends are ignored.
SynonymText ParseSynonymText(std::string_view text);

// One line an entry, each ended by a newline.
template <class Synonyms>
std::string FormatSynonymText(const Synonyms& synonyms);
std::string FormatSynonymLine(const kbsearch::v1::Synonym& synonym);

template <class Synonyms>
std::string FormatSynonymText(const Synonyms& synonyms) {
  std::string text;
  for (const auto& synonym : synonyms) text += FormatSynonymLine(synonym);
  return text;
}

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_SYNONYM_TEXT_H_
