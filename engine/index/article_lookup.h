// Articles by their id.
#ifndef KBSEARCH_ENGINE_INDEX_ARTICLE_LOOKUP_H_
#define KBSEARCH_ENGINE_INDEX_ARTICLE_LOOKUP_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/article.h"
#include "engine/index/open_corpus.h"

namespace kbsearch::engine {

// Languages that the article has a version in that the audience may see,
// sorted. Throws Xapian errors.
std::vector<std::string> AvailableLanguages(const std::string& article_id,
                                            Audience audience,
                                            OpenCorpus& corpus);

// The version in `language` (a registry code, may be empty) if there is one,
// else in the first language of the corpus that has one (PreferenceInCorpus).
// NotFound; throws Xapian errors.
absl::StatusOr<Article> FindArticle(
    const std::string& id, const std::string& language, Audience audience,
    OpenCorpus& corpus, std::vector<std::string>* available_languages);

// The article as one database of its language holds it. DataLoss: it does not,
// or is damaged; throws Xapian errors.
absl::StatusOr<Article> ReadStoredArticle(const Xapian::Database& database,
                                          const std::string& id,
                                          const std::string& language);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_ARTICLE_LOOKUP_H_
