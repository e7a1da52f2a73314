// Every article of a corpus as it stands: the live generation with the changes
// of the log.
#ifndef KBSEARCH_ENGINE_INDEX_ALL_ARTICLES_H_
#define KBSEARCH_ENGINE_INDEX_ALL_ARTICLES_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "engine/article.h"

namespace kbsearch::engine {

// Gives them to `each` by id and language, until it is not OK. Memory: the list
// of ids, and the articles that the log changed. NotFound: no such corpus;
// DataLoss: what cannot be read.
absl::Status ForEachArticle(
    const std::string& data_dir, const std::string& corpus,
    const std::function<absl::Status(const Article&)>& each);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_ALL_ARTICLES_H_
