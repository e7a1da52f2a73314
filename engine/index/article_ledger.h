// Which articles a generation holds and a digest of each: what a later build
// compares its sources with, to analyse only what has changed. One line an
// article in <generation>/articles.tsv:
//   language, audience, number of FAQ entries, digest (hex), id
#ifndef KBSEARCH_ENGINE_INDEX_ARTICLE_LEDGER_H_
#define KBSEARCH_ENGINE_INDEX_ARTICLE_LEDGER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/article.h"

namespace kbsearch::engine {

inline constexpr std::string_view kLedgerFile = "articles.tsv";

struct LedgerEntry {
  std::string digest;  // of ArticleDigest
  Audience audience = Audience::kPublic;
  uint64_t entries = 0;  // FAQ entries
};

// By (id, language): the versions of an article stand together.
using ArticleLedger =
    std::map<std::pair<std::string, std::string>, LedgerEntry>;

// 128 bits of everything the article says, in hex.
std::string ArticleDigest(const Article& article);

// What turns an article into terms: this program's build (the linker's build
// id) and the contents of the language resources. Generations with equal
// identities hold the same for equal articles. Empty when it cannot be told.
std::string AnalysisIdentity();

absl::Status WriteLedger(const std::string& generation_folder,
                         const ArticleLedger& ledger);
// NotFound: the generation has none. DataLoss: it is damaged.
absl::StatusOr<ArticleLedger> ReadLedger(const std::string& generation_folder);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_ARTICLE_LEDGER_H_
