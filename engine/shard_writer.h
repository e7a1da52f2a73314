// Writes the two databases (public, agent) of one language of a new generation.
#ifndef KBSEARCH_ENGINE_SHARD_WRITER_H_
#define KBSEARCH_ENGINE_SHARD_WRITER_H_

#include <xapian.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"
#include "analyzers/registry.h"
#include "engine/article.h"
#include "engine/index_document.h"
#include "engine/ranking/forward_writer.h"
#include "engine/search.h"

namespace kbsearch::engine {

// One thread at a time. Methods throw Xapian errors; the caller ends them with
// CallXapian.
class ShardWriter {
 public:
  // The folder is made when the first document comes. REQUIRES: the registry
  // knows the language and outlives the writer.
  ShardWriter(std::string generation_folder, std::string language,
              const analyzers::Registry& registry);

  // Adds the article; one of the same id (and language) added before goes.
  void AddArticle(const Article& article);

  void AddForeignPart(const ForeignPart& part);

  bool HasArticle(const std::string& id) const {
    return entries_of_.count(id) != 0;
  }

  // Commits, writes the vocabularies and closes; statistics are final
  // afterwards.
  absl::Status Finish();

  const LanguageStats& stats() const { return stats_; }

 private:
  struct Shard {
    std::unique_ptr<Xapian::WritableDatabase> database;
    std::unique_ptr<ForwardWriter> words;
    SpellingCounts spellings;
  };
  struct Known {
    Audience audience;
    uint64_t entries;
  };

  Shard& ShardOf(Audience audience);
  static void Add(const IndexDocument& document, Shard* shard);
  absl::Status WriteSideFiles(const std::string& folder,
                              const Xapian::Database& database,
                              const SpellingCounts& spellings);
  void Remove(const std::string& id, const Known& known);

  const std::string generation_folder_;
  const std::unique_ptr<analyzers::Analyzer> analyzer_;
  const analyzers::LanguageSpelling& spelling_;
  std::array<Shard, 2> shards_;
  std::unordered_map<std::string, Known> entries_of_;  // by article id
  LanguageStats stats_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_SHARD_WRITER_H_
