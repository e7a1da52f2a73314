// What an article counts for in facets, as the value that the index keeps
// beside each document so that counting needs no stored documents.
#ifndef KBSEARCH_ENGINE_INDEX_FACET_RECORD_H_
#define KBSEARCH_ENGINE_INDEX_FACET_RECORD_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/article.h"

namespace kbsearch::engine {

struct FacetRecord {
  ArticleKind kind = ArticleKind::kArticle;
  std::vector<std::string> category;
  std::vector<std::string> tags;
};

std::string EncodeFacetRecord(const Article& article);

// A damaged record gives what could be read.
FacetRecord DecodeFacetRecord(std::string_view bytes);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_FACET_RECORD_H_
