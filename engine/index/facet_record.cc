#include "engine/index/facet_record.h"

#include "engine/index/record_codec.h"

namespace kbsearch::engine {

std::string EncodeFacetRecord(const Article& article) {
  RecordEncoder out;
  out.Number(static_cast<uint64_t>(article.kind));
  out.List(article.category, [&](const std::string& name) { out.Text(name); });
  out.List(article.tags, [&](const std::string& tag) { out.Text(tag); });
  return out.Take();
}

FacetRecord DecodeFacetRecord(std::string_view bytes) {
  RecordDecoder in(bytes);
  FacetRecord record;
  record.kind = in.Named(ArticleKind::kForumThread);
  in.List([&] { record.category.push_back(in.Text()); });
  in.List([&] { record.tags.push_back(in.Text()); });
  return record;
}

}  // namespace kbsearch::engine
