// An article as `export` writes it, a line of the exchange format whose text is
// in parts: nothing is lost, and nothing read into it when it comes back.
//   {"id":"reset","language":"el","title":"…","kind":"faq","audience":"public",
//    "blocks":[{"kind":"heading","level":2,"text":"…","anchor":"a","weight":1}],
//    "entries":[{"question":"…","answer":"…","anchor":""}]}
// Empty fields, level 0 and weight 1 are left out.
#ifndef KBSEARCH_INDEXER_READERS_EXPORTED_TEXT_H_
#define KBSEARCH_INDEXER_READERS_EXPORTED_TEXT_H_

#include <string>
#include <string_view>

#include "engine/article.h"

namespace kbsearch::indexer {

// Without a line end.
std::string WriteExportedArticle(const engine::Article& article);

// Fills in blocks and entries; the other fields are those of the exchange
// format. What is wrong, for a report; empty: nothing.
std::string ReadExportedText(std::string_view line, engine::Article* article);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_EXPORTED_TEXT_H_
