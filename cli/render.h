// Shows the server's answers to people.
#ifndef KBSEARCH_CLI_RENDER_H_
#define KBSEARCH_CLI_RENDER_H_

#include <cstdint>
#include <string>

#include "cli/environment.h"
#include "kbsearch/v1/admin_service.pb.h"
#include "kbsearch/v1/search_service.pb.h"

namespace kbsearch::cli {

// Text for a terminal (style.width > 0) or a file; ends in a newline unless
// empty.
// "12. Title [el · faq]" and what belongs to it.
std::string RenderHit(int number, const kbsearch::v1::Hit& hit,
                      const TextStyle& style);
std::string RenderSearch(const kbsearch::v1::SearchResponse& response,
                         const TextStyle& style);
std::string RenderSuggestions(
    const kbsearch::v1::SuggestArticlesResponse& response,
    const TextStyle& style);
std::string RenderRelated(const kbsearch::v1::RelatedArticlesResponse& response,
                          const TextStyle& style);
// A note that the article has no version in the language `wished`; empty when
// it has, or none was wished.
std::string RenderOtherLanguage(const std::string& wished,
                                const std::string& shown,
                                const TextStyle& style);
std::string RenderArticle(const kbsearch::v1::Article& article,
                          const TextStyle& style);
std::string RenderCompletions(
    const kbsearch::v1::AutocompleteResponse& response, const TextStyle& style);
// `now`: seconds since the epoch, to tell ages.
std::string RenderCorpora(const kbsearch::v1::ListCorporaResponse& response,
                          int64_t now, const TextStyle& style);
std::string RenderAnalysis(const kbsearch::v1::AnalyzeTextResponse& response,
                           const TextStyle& style);

// "forum_thread" ↔ ARTICLE_KIND_FORUM_THREAD; "" for unknown kinds.
std::string KindText(kbsearch::v1::ArticleKind kind);
bool ParseKindText(const std::string& text, kbsearch::v1::ArticleKind* kind);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_RENDER_H_
