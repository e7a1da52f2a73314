// The shards of a generation that starts from nothing.
//
// The articles of each language are dealt out, as they come, in lots of half a
// megabyte. A lot becomes a small database of its own (a part), written by one
// thread in one go; at the end the parts of a language are merged in their
// order. So every thread has work whatever the language that comes, the order
// of documents depends on that of the articles only, and what Xapian has not
// yet written stays small enough for the processor's cache: 50,000 postings at
// a time are added in 0.6 of the time that 400,000 take.
#ifndef KBSEARCH_ENGINE_INDEX_FRESH_SHARDS_H_
#define KBSEARCH_ENGINE_INDEX_FRESH_SHARDS_H_

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "analyzers/registry.h"
#include "engine/article.h"
#include "engine/index/index_document.h"
#include "engine/search.h"

namespace kbsearch::engine {

// One caller. A failure of a thread comes out of the next call.
class FreshShards {
 public:
  // Writes into "<folder>/<language>/<audience>", with `jobs` threads
  // (1 to 16).
  FreshShards(std::string folder, int jobs,
              const analyzers::Registry& registry);
  ~FreshShards();

  // Adds the article; one of the same id and language goes. Blocks while the
  // threads have enough to do.
  absl::Status Push(Article article);
  absl::Status Delete(const std::string& id, const std::string& language);

  // Writes what is left and merges. Paragraphs in a language that the article
  // has a version in are not indexed in it: that version is found there.
  absl::StatusOr<std::vector<LanguageStats>> Finish(uint64_t* foreign_parts);

 private:
  struct Lot {
    std::vector<Article> articles;
    std::vector<ForeignPart> foreign;
    size_t bytes = 0;
  };
  struct Held {  // an article
    size_t part;
    Audience audience;
    uint64_t entries;
  };
  struct Language {
    std::string name;
    Lot open;
    size_t parts = 0;  // given to the threads; the open lot's number
    std::unordered_map<std::string, Held> articles;      // by id
    std::map<size_t, std::vector<std::string>> removed;  // ids, by part
    std::array<SpellingCounts, 2> spellings;             // by audience
    std::array<std::vector<std::string>, 2> merging;     // parts' folders
  };
  // A thread's analyzers, which remember words.
  class Worker;
  using Job = std::function<absl::Status(Worker&)>;
  // By article, language and part that the article was in.
  using FoundParts =
      std::map<std::pair<std::pair<std::string, std::string>, size_t>,
               std::vector<ForeignPart>>;

  Language& LanguageOf(const std::string& name);
  void Remove(Language& language, const std::string& id);
  void CloseLot(Language& language);
  void Enqueue(Job job);
  void Work();
  absl::Status Drain();
  absl::Status WriteLot(Language& language, size_t part, const Lot& lot,
                        Worker& worker);
  uint64_t AddForeignParts();
  absl::Status DeleteRemoved();
  absl::Status Merge();
  absl::Status ListParts();
  absl::Status MergeGroups();
  absl::Status FinishShard(Language& language, Audience audience);
  std::string PartName(const Language& language, size_t part) const;

  const std::string folder_;
  const size_t queue_limit_;
  const analyzers::Registry& registry_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Language> languages_;
  FoundParts foreign_;
  std::deque<Job> queue_;
  size_t running_ = 0;
  absl::Status status_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_ENGINE_INDEX_FRESH_SHARDS_H_
