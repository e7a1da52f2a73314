// Web and mail addresses and file names as protected tokens.
#ifndef KBSEARCH_ANALYZERS_WEB_ADDRESSES_H_
#define KBSEARCH_ANALYZERS_WEB_ADDRESSES_H_

#include "analyzers/protected_tokens.h"

namespace kbsearch::analyzers {

// "https://www.example.com/help/reset/" → example.com/help/reset;
// parts example.com, example, help, reset. The query string is left out.
bool MatchUrl(const CleanText& text, size_t begin, ProtectedToken* token);

// "john@example.com" → itself; parts john, example.com, example.
bool MatchEmail(const CleanText& text, size_t begin, ProtectedToken* token);

// "example.com", "voorbeeld.nl/retour": a known top-level domain is wanted, as
// "end.Next" is two sentences.
bool MatchHost(const CleanText& text, size_t begin, ProtectedToken* token);

// "node.js", "file_name.txt": a known extension is wanted.
bool MatchFileName(const CleanText& text, size_t begin, ProtectedToken* token);

}  // namespace kbsearch::analyzers

#endif  // KBSEARCH_ANALYZERS_WEB_ADDRESSES_H_
