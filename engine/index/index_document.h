// An article → the documents it is found by, with their terms.
//
// An article of one language gives a page and one document for each FAQ entry.
// Its paragraphs in another language give a foreign part, which goes to the
// index of that language and leads back to the article.
#ifndef KBSEARCH_ENGINE_INDEX_INDEX_DOCUMENT_H_
#define KBSEARCH_ENGINE_INDEX_INDEX_DOCUMENT_H_

#include <xapian.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/analyzer.h"
#include "analyzers/language_identifier.h"
#include "engine/index/spelling_counts.h"
#include "engine/index/stored_document.h"
#include "engine/ranking/forward_writer.h"

namespace kbsearch::engine {

// A document to be added to a shard, and its words for the forward index.
struct IndexDocument {
  Xapian::Document document;
  ForwardDocument words;
};

// The page and the entries of `article`, analysed by the analyzer of its
// language. Counts spellings into `spellings` unless it is null.
// Throws Xapian errors.
std::vector<IndexDocument> MakeIndexDocuments(const Article& article,
                                              analyzers::Analyzer& analyzer,
                                              SpellingCounts* spellings);

// Paragraphs of `article` that are not in its own language, one Article for
// each language, holding these paragraphs only (its `language` stays the
// article's; `part_language` is theirs).
struct ForeignPart {
  std::string part_language;
  Article article;
};
std::vector<ForeignPart> FindForeignParts(
    const Article& article, const analyzers::LanguageIdentifier& identifier);

IndexDocument MakeForeignPartDocument(const ForeignPart& part,
                                      analyzers::Analyzer& analyzer,
                                      SpellingCounts* spellings);

// Text of all blocks and entries, each ended by a newline.
std::string PlainText(const Article& article);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_INDEX_DOCUMENT_H_
