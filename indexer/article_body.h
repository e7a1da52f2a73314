// The text of an article, in whichever markup → blocks.
#ifndef KBSEARCH_INDEXER_ARTICLE_BODY_H_
#define KBSEARCH_INDEXER_ARTICLE_BODY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/article.h"

namespace kbsearch::indexer {

enum class BodyFormat : uint8_t { kText, kMarkdown, kHtml };
std::optional<BodyFormat> ParseBodyFormat(std::string_view name);

// Appends the blocks (and FAQ entries of HTML) of `body`. A leading heading
// that says the title again is left out; it becomes the title where there is
// none. False: the markup is too complex (nested by the thousand).
bool AppendBody(std::string_view body, BodyFormat format,
                engine::Article* article);

// The first heading of level 1 becomes the title when there is none; a first
// block that repeats the title goes.
void TakeTitleFromBlocks(engine::Article* article);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_ARTICLE_BODY_H_
