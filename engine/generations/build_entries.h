// What a build knows of the articles of a corpus.
#ifndef KBSEARCH_ENGINE_GENERATIONS_BUILD_ENTRIES_H_
#define KBSEARCH_ENGINE_GENERATIONS_BUILD_ENTRIES_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/index/article_ledger.h"
#include "engine/search.h"

namespace kbsearch::engine {

// What is known of an article in this build.
struct BuildEntry {
  LedgerEntry entry;
  bool seen = false;     // in the sources
  bool in_base = false;  // the previous generation holds it
  bool pushed = false;   // given to the writers
};

using BuildEntries = std::map<std::pair<std::string, std::string>,
                              BuildEntry>;  // by id and language

// Internal: what is listed is not in the databases; a generation that lacks
// articles must not go live.
absl::Status CheckCounts(const BuildEntries& articles,
                         const std::vector<LanguageStats>& languages);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_GENERATIONS_BUILD_ENTRIES_H_
