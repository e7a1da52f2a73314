// Writes the two databases (public, agent) of one language, or of one part of a
// language, of a new generation.
#ifndef KBSEARCH_ENGINE_INDEX_SHARD_WRITER_H_
#define KBSEARCH_ENGINE_INDEX_SHARD_WRITER_H_

#include <xapian.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/article.h"
#include "engine/index/article_ledger.h"
#include "engine/index/index_document.h"
#include "engine/ranking/forward_writer.h"
#include "engine/search.h"

namespace kbsearch::engine {

// One thread at a time. Methods throw Xapian errors; the caller ends them with
// CallXapian.
class ShardWriter {
 public:
  struct Options {
    std::string folder;  // "<folder>/<language>/<audience>" is written; of a
                         // part "<folder>-<audience>": folders take time
    std::string base_folder;  // a generation's whose databases are copied and
                              // changed; empty: none
    std::string language;
    bool is_part = false;
  };

  // Folders are made, or copied, when the first change comes. REQUIRES: the
  // registry knows the language and outlives the writer.
  ShardWriter(Options options, const analyzers::Registry& registry);
  // With an analyzer of the language that outlives the writer, and that others
  // use before and after: it remembers words.
  ShardWriter(Options options, const analyzers::Registry& registry,
              analyzers::Analyzer& analyzer);

  // An article that the base holds.
  void AddKnown(const std::string& id, const LedgerEntry& entry);

  // Adds the article; one of the same id (and language) added before goes.
  void AddArticle(const Article& article);
  void Delete(const std::string& id);

  // The part takes the place of one of the same article and language.
  void AddForeignPart(const ForeignPart& part);
  void DeleteForeignPart(const std::string& id, const std::string& language);

  bool HasArticle(const std::string& id) const {
    return entries_of_.count(id) != 0;
  }
  // An article that the base holds, as it was stored. NotFound, DataLoss.
  absl::StatusOr<Article> ReadBaseArticle(const std::string& id,
                                          Audience audience) const;

  // Commits, writes the side files (vocabulary, rescue, forward index) and
  // closes; statistics are final afterwards. Where nothing has changed the
  // base's databases are copied.
  absl::Status Finish();
  // The same of a part that is to be merged: without the side files that are
  // made of the whole, whose counted spellings are given out.
  absl::Status FinishPart(std::array<SpellingCounts, 2>* spellings);

  const LanguageStats& stats() const { return stats_; }

 private:
  struct Shard {
    std::unique_ptr<Xapian::WritableDatabase> database;
    std::unique_ptr<ForwardWriter> words;  // of the documents added
    SpellingCounts spellings;  // the base's, if any, and those added
    uint64_t postings = 0;     // since the last commit
  };
  struct Known {
    Audience audience;
    uint64_t entries;
  };

  std::string FolderOf(Audience audience) const;
  std::string BaseFolderOf(Audience audience) const;  // empty: there is none
  Shard& ShardOf(Audience audience);
  static void Add(const IndexDocument& document, Shard& shard);
  absl::Status CopyBase(Audience audience) const;
  absl::Status WriteWords(Audience audience, const Xapian::Database& database);
  void Remove(const std::string& id, const Known& known);

  const Options options_;
  const std::unique_ptr<analyzers::Analyzer> own_analyzer_;
  analyzers::Analyzer& analyzer_;
  const analyzers::LanguageSpelling& spelling_;
  std::array<Shard, 2> shards_;
  std::unordered_map<std::string, Known> entries_of_;  // by article id
  LanguageStats stats_;
};

// Where the documents of a part with that audience are.
std::string PartFolder(const std::string& folder, Audience audience);

// Merges the databases and forward indexes of `parts`, part after part, into
// those of `folder`, which is made. The parts go. Throws Xapian errors.
absl::Status MergeDatabases(const std::vector<std::string>& parts,
                            const std::string& folder);
// The side files of a merged database: first the vocabulary, then in any order
// what is made of it. The analyzer is the language's.
absl::Status WriteShardVocabulary(const std::string& folder,
                                  const SpellingCounts& spellings);
absl::Status WriteShardRescueFiles(const std::string& folder,
                                   const analyzers::LanguageSpelling& spelling);
absl::Status WriteShardTitles(const std::string& folder,
                              analyzers::Analyzer& analyzer);

// Deletes articles from a database written by FinishPart, whose forward index
// keeps them. Throws Xapian errors.
void DeleteArticles(const std::string& shard_folder,
                    const std::vector<std::string>& ids);

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_SHARD_WRITER_H_
