// The databases of one generation, opened by one thread.
#ifndef KBSEARCH_ENGINE_INDEX_OPEN_CORPUS_H_
#define KBSEARCH_ENGINE_INDEX_OPEN_CORPUS_H_

#include <xapian.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/article.h"
#include "engine/index/snapshot.h"
#include "engine/index/vocabulary.h"
#include "engine/rescue/shard_rescue.h"

namespace kbsearch::engine {

// A document of a database joined from shards.
struct ShardDocument {
  size_t shard = 0;       // index of the shard
  uint32_t document = 0;  // in the shard's own database
};

// Xapian numbers the documents of joined databases in turns.
inline ShardDocument PlaceOf(uint32_t document, size_t shards) {
  const auto count = static_cast<uint32_t>(shards);
  return {(document - 1) % count, (document - 1) / count + 1};
}

// Xapian's Database is not thread-safe: one OpenCorpus a thread.
class OpenCorpus {
 public:
  // Throws Xapian errors. REQUIRES: where the snapshot's databases change,
  // its LiveState is held shared and has its version.
  explicit OpenCorpus(std::shared_ptr<const Snapshot> snapshot);

  const Snapshot& snapshot() const { return *snapshot_; }

  // Codes of the languages with anything to find for the audience, sorted.
  std::vector<std::string> Languages(Audience audience) const;

  // What the audience may see in a language: for kPublic the public database
  // alone, so that nothing internal can be reached; for kAgent both as one.
  // Null when there is nothing.
  Xapian::Database* Find(const std::string& language, Audience audience);

  // The languages that the article has a version in that the audience may see,
  // sorted. Valid until the next call; throws Xapian errors.
  const std::vector<std::string>& VersionsOf(const std::string& article_id,
                                             Audience audience);

  // The forward indexes of the shards that Find joins, in their order; null for
  // a shard that has none.
  std::vector<const ForwardIndex*> ForwardIndexes(const std::string& language,
                                                  Audience audience) const;

  // The words of what Find gives, under the same rule. Empty when they are not
  // known: then the database's own terms tell (Xapian::Database::term_exists).
  Vocabulary VocabularyOf(const std::string& language, Audience audience) const;

  // What is known for mending queries, a part a shard, under the same rule.
  std::vector<std::shared_ptr<const ShardRescue>> RescueOf(
      const std::string& language, Audience audience) const;

  // What input is completed from, a part a shard, under the same rule.
  std::vector<std::shared_ptr<const CompletionShard>> CompletionOf(
      const std::string& language, Audience audience) const;

 private:
  std::shared_ptr<const Snapshot> snapshot_;
  std::map<std::string, Xapian::Database> public_;
  std::map<std::string, Xapian::Database> all_;
  // The shards that all_ joins, the public ones first: whose they are, and of
  // which audience.
  struct Part {
    const Snapshot* layer;
    Audience audience;
  };
  std::map<std::string, std::vector<Part>> shards_;
  // The answers of VersionsOf, by article: each takes a look-up in every
  // language, and a search asks for ten. They hold as long as this object does,
  // as an open database stays what it was when it was opened.
  using Versions = absl::flat_hash_map<std::string, std::vector<std::string>>;
  Versions public_versions_;
  Versions all_versions_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_OPEN_CORPUS_H_
