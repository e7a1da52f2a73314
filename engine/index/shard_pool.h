// The writers of a generation, run by several threads.
#ifndef KBSEARCH_ENGINE_INDEX_SHARD_POOL_H_
#define KBSEARCH_ENGINE_INDEX_SHARD_POOL_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/article.h"
#include "engine/index/article_ledger.h"
#include "engine/index/fresh_shards.h"
#include "engine/index/shard_writer.h"
#include "engine/search.h"

namespace kbsearch::engine {

// One caller pushes. Without a base everything goes to FreshShards. With a base
// each language is a copy of the base's databases that is changed in place, by
// one thread at a time.
class ShardPool {
 public:
  struct Options {
    std::string folder;       // of the new generation
    std::string base_folder;  // of the generation to start from, or empty
    int jobs = 1;
  };

  // `base` is what the base holds.
  ShardPool(Options options, const ArticleLedger& base,
            const analyzers::Registry& registry);
  ~ShardPool();

  // Adds the article; one of the same id and language goes. Blocks while its
  // language's queue is full. Not OK: a writer failed, and the build with it.
  absl::Status Push(Article article);
  absl::Status Delete(const std::string& id, const std::string& language);

  // Waits until all is written, then sets right the foreign parts: an article's
  // paragraphs in a language that it has a version in are that version's
  // business, found there, and better. `rewritten` are the articles of the base
  // that were pushed again or deleted, `reconsidered` those that were not while
  // the article's languages changed. Closes the databases.
  using Keys =
      std::vector<std::pair<std::string, std::string>>;  // id, language
  absl::StatusOr<std::vector<LanguageStats>> Finish(const Keys& rewritten,
                                                    const Keys& reconsidered,
                                                    uint64_t* foreign_parts);

 private:
  struct Operation {
    Article article;  // only id and language where it is to be deleted
    bool remove = false;
  };
  struct Language {
    std::deque<Operation> queue;
    bool busy = false;
    std::unique_ptr<ShardWriter> writer;
  };
  using PartsOfArticle = std::map<std::string, std::vector<ForeignPart>>;

  Language& LanguageOf(const std::string& language);
  absl::Status Enqueue(Language& language, Operation operation);
  Language* NextLanguage();
  void Work();
  absl::Status Write(std::deque<Operation>& batch, ShardWriter& writer,
                     PartsOfArticle* parts);
  void Stop();
  void SettleParts(const Keys& rewritten, const Keys& reconsidered);
  bool HasArticle(const std::string& language, const std::string& id);
  uint64_t AddParts();

  const Options options_;
  const ArticleLedger& base_;
  const analyzers::Registry& registry_;
  const std::unique_ptr<FreshShards> fresh_;  // null: there is a base
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Language> languages_;
  PartsOfArticle parts_;           // by article and language
  std::set<std::string> deleted_;  // articles, by the same key
  absl::Status status_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_SHARD_POOL_H_
