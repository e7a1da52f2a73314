// Which articles of a generation were put or deleted one by one, and what the
// sources said of each when they were last read. A later build of the same
// sources must not undo such a change; but when the source has changed since,
// the source is the newer one, and wins. One line an article in
// <generation>/pushed.tsv:
//   language, digest in the sources or "-", "put" or "deleted", id
#ifndef KBSEARCH_ENGINE_GENERATIONS_PUSHED_ARTICLES_H_
#define KBSEARCH_ENGINE_GENERATIONS_PUSHED_ARTICLES_H_

#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kbsearch::engine {

struct PushedArticle {
  std::string source_digest;  // empty: no source has it
  bool is_deleted = false;
};

// By (id, language).
using PushedArticles =
    std::map<std::pair<std::string, std::string>, PushedArticle>;

absl::Status WritePushedArticles(const std::string& generation_folder,
                                 const PushedArticles& articles);
// Empty when the generation has no such file. DataLoss: it is damaged.
absl::StatusOr<PushedArticles> ReadPushedArticles(
    const std::string& generation_folder);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_GENERATIONS_PUSHED_ARTICLES_H_
