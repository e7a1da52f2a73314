// The fields of an article as a record or front matter writes them, checked
// and brought into an engine::Article in one place for all formats.
#ifndef KBSEARCH_INDEXER_READERS_ARTICLE_FIELDS_H_
#define KBSEARCH_INDEXER_READERS_ARTICLE_FIELDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/article.h"
#include "indexer/reader.h"

namespace kbsearch::indexer {

// As written; nothing is checked. A field that is absent or null is empty.
struct ArticleFields {
  std::string id;
  std::string language;
  std::string title;
  std::string body;
  std::string body_format;
  std::string url;
  std::string kind;
  std::string audience;
  std::string updated_at;
  std::vector<std::string> category;
  std::vector<std::string> tags;
};

// All of the article but its blocks and entries. Nothing when the record must
// be rejected; the reason is then in `sink`, as is a date that is none (told
// as repaired: the article goes without it).
std::optional<engine::Article> MakeArticle(ArticleFields fields,
                                           const SourceFile& file,
                                           uint64_t line,
                                           const ReaderOptions& options,
                                           RecordSink& sink);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_ARTICLE_FIELDS_H_
