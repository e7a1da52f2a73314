// API messages ↔ the engine's plain values. Requests have passed Validate.
#ifndef KBSEARCH_SERVER_CALLS_CONVERT_H_
#define KBSEARCH_SERVER_CALLS_CONVERT_H_

#include <kbsearch/v1/admin_service.pb.h>
#include <kbsearch/v1/search_service.pb.h>

#include <string>

#include "analyzers/registry.h"
#include "engine/search.h"

namespace kbsearch::server {

// Fill in defaults and coerce sizes. Audience and deadline are the caller's.
engine::SearchQuery ToEngine(const v1::SearchRequest& request,
                             const analyzers::Registry& registry);
engine::AutocompleteQuery ToEngine(const v1::AutocompleteRequest& request,
                                   const analyzers::Registry& registry);

void ToProto(const engine::SearchResult& result, v1::SearchResponse* response);
void ToProto(const engine::Hit& hit, v1::Hit* out);
void ToProto(const engine::AutocompleteResult& result,
             v1::AutocompleteResponse* response);
// Without translations.
void ToProto(const engine::Article& article, v1::Article* out);
// Not checked: engine/index/article_check.h.
engine::Article ToEngine(const v1::Article& article);
void ToProto(const engine::CorpusInfo& info, v1::Corpus* out);
void ToProto(const analyzers::Token& token, const std::string& text,
             v1::AnalyzedToken* out);

}  // namespace kbsearch::server

#endif  // KBSEARCH_SERVER_CALLS_CONVERT_H_
