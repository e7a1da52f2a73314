// The YAML between "---" lines that a Markdown file may begin with.
#ifndef KBSEARCH_INDEXER_READERS_FRONT_MATTER_H_
#define KBSEARCH_INDEXER_READERS_FRONT_MATTER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "indexer/readers/article_fields.h"

namespace kbsearch::indexer {

// Divides `text` into front matter (without its "---" lines, maybe empty) and
// body. InvalidArgument: it begins and does not end.
absl::Status SplitFrontMatter(std::string_view text,
                              std::string_view* front_matter,
                              std::string_view* body);

// Reads the article's fields; keys it does not know belong to other programs.
// InvalidArgument: not YAML, or a field of the wrong type; `line` is then the
// line in the file.
absl::Status ParseFrontMatter(std::string_view front_matter,
                              ArticleFields* fields, uint64_t* line);

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_INDEXER_READERS_FRONT_MATTER_H_
