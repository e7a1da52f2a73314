// The text of an article, in whichever markup → blocks.
#ifndef KBSEARCH_INDEXER_READERS_ARTICLE_BODY_H_
#define KBSEARCH_INDEXER_READERS_ARTICLE_BODY_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "engine/article.h"
#include "indexer/reader.h"
#include "indexer/readers/article_fields.h"

namespace kbsearch::indexer {

enum class BodyFormat : uint8_t { kText, kMarkdown, kHtml };
std::optional<BodyFormat> ParseBodyFormat(std::string_view name);

// Appends the blocks (and FAQ entries of HTML) of `body`. A leading heading
// that says the title again is left out; it becomes the title where there is
// none. False: the markup is too complex (nested by the thousand).
bool AppendBody(std::string_view body, BodyFormat format,
                engine::Article* article);

// HTML where the text has tags, else plain text.
BodyFormat GuessBodyFormat(std::string_view body);

// Makes an article of a record's fields and gives it to `sink`; what is wrong
// with it is reported. Not OK only when the sink's Add was not.
absl::Status EmitBody(const SourceFile& file, uint64_t line,
                      ArticleFields fields, const ReaderOptions& options,
                      RecordSink& sink);

// The first heading of level 1 becomes the title when there is none; a first
// block that repeats the title goes.
void TakeTitleFromBlocks(engine::Article* article);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_ARTICLE_BODY_H_
