// What an article must have to be indexed, whichever way it comes in.
#ifndef KBSEARCH_ENGINE_INDEX_ARTICLE_CHECK_H_
#define KBSEARCH_ENGINE_INDEX_ARTICLE_CHECK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/article.h"

namespace kbsearch::engine {

// InvalidArgument with the rule: 1 to 200 bytes without control characters or
// outer spaces, not ending in '#' and a number.
absl::Status CheckArticleId(const std::string& id);

// Checks the article's id and text and makes its language one of the
// registry's: the code it names, or the one that its text is in; true: the
// language was detected. InvalidArgument names the article, what is wrong and
// what to do.
absl::StatusOr<bool> CheckArticle(const analyzers::Registry& registry,
                                  Article* article);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_ARTICLE_CHECK_H_
