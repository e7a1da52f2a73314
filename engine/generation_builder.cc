#include "engine/generation_builder.h"

#include <algorithm>
#include <condition_variable>
#include <ctime>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "base/version.h"
#include "engine/generations.h"
#include "engine/schema.h"
#include "engine/shard_writer.h"
#include "engine/stored_document.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Articles waiting for one language; bounds the memory of a build.
constexpr size_t kQueueLimit = 256;
constexpr size_t kMaxIdBytes = 200;
// Generations kept beside the new one, for rollback.
constexpr size_t kKeptGenerations = 2;

absl::Status ValidateId(const std::string& id) {
  const bool control = std::any_of(id.begin(), id.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (!id.empty() && id.size() <= kMaxIdBytes && !control &&
      PageId(id) == id && id.front() != ' ' &&
      id.back() != ' ') {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "article id \"", id.substr(0, kMaxIdBytes),
      "\": use 1 to 200 bytes without control characters, not ending in "
      "'#' and a number"));
}

// Hands articles to the writers of their languages. Each language is written by
// one thread at a time, different languages in parallel.
class ShardPool {
 public:
  ShardPool(std::string folder, int jobs, const analyzers::Registry& registry)
      : folder_(std::move(folder)), registry_(registry) {
    for (int i = 0; i < jobs; ++i) {
      threads_.emplace_back([this] { Work(); });
    }
  }

  ~ShardPool() { Stop(); }

  // Blocks while the language's queue is full.
  absl::Status Push(Article article) {
    std::unique_lock lock(mutex_);
    Lane& lane = LaneOf(article.language);
    changed_.wait(
        lock, [&] { return lane.queue.size() < kQueueLimit || !status_.ok(); });
    if (!status_.ok()) return status_;
    lane.queue.push_back(std::move(article));
    changed_.notify_all();
    return absl::OkStatus();
  }

  // Waits until all is written, then adds the foreign parts whose articles have
  // no version in the part's language, and closes the databases.
  absl::StatusOr<std::vector<LanguageStats>> Finish(uint64_t* foreign_parts) {
    Stop();
    if (!status_.ok()) return status_;
    const absl::Status added =
        CallXapian("write the index", [&] { *foreign_parts = AddParts(); });
    if (!added.ok()) return added;
    std::vector<LanguageStats> stats;
    for (auto& [language, lane] : lanes_) {
      const absl::Status status =
          CallXapian("commit the index", [&] { return lane.writer->Finish(); });
      if (!status.ok()) return status;
      stats.push_back(lane.writer->stats());
    }
    return stats;
  }

 private:
  struct Lane {
    std::deque<Article> queue;
    bool busy = false;
    std::unique_ptr<ShardWriter> writer;
  };

  using PartsOfArticle = std::map<std::string, std::vector<ForeignPart>>;

  // An article's paragraphs in a language that it has a version in are that
  // version's business: found there, and better.
  uint64_t AddParts() {
    uint64_t added = 0;
    for (const auto& [article, parts] : parts_) {
      for (const ForeignPart& part : parts) {
        ShardWriter& writer = *LaneOf(part.part_language).writer;
        if (writer.HasArticle(part.article.id)) continue;
        writer.AddForeignPart(part);
        ++added;
      }
    }
    return added;
  }

  // REQUIRES: mutex_ is held, or the threads have ended.
  Lane& LaneOf(const std::string& language) {
    Lane& lane = lanes_[language];
    if (lane.writer == nullptr) {
      lane.writer = std::make_unique<ShardWriter>(folder_, language, registry_);
    }
    return lane;
  }

  // The idle lane with the most work. REQUIRES: mutex_ is held.
  Lane* NextLane() {
    Lane* next = nullptr;
    for (auto& [language, lane] : lanes_) {
      if (!lane.busy && !lane.queue.empty() &&
          (next == nullptr || next->queue.size() < lane.queue.size())) {
        next = &lane;
      }
    }
    return next;
  }

  void Work() {
    std::unique_lock lock(mutex_);
    while (true) {
      Lane* lane = nullptr;
      changed_.wait(lock, [&] {
        lane = NextLane();
        return lane != nullptr || stopping_ || !status_.ok();
      });
      if (lane == nullptr || !status_.ok()) return;
      lane->busy = true;
      std::deque<Article> batch = std::exchange(lane->queue, {});
      changed_.notify_all();
      lock.unlock();
      PartsOfArticle parts;
      const absl::Status status = WriteBatch(batch, *lane->writer, &parts);
      lock.lock();
      lane->busy = false;
      // A later version of an article takes the place of the earlier.
      for (auto& [article, found] : parts) parts_[article] = std::move(found);
      if (!status.ok() && status_.ok()) status_ = status;
      changed_.notify_all();
    }
  }

  absl::Status WriteBatch(const std::deque<Article>& batch, ShardWriter& writer,
                          PartsOfArticle* parts) {
    return CallXapian("write the index", [&] {
      for (const Article& article : batch) {
        writer.AddArticle(article);
        (*parts)[article.id + "\n" + article.language] =
            FindForeignParts(article, registry_.identifier());
      }
    });
  }

  // Lets the threads finish the queues.
  void Stop() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  const std::string folder_;
  const analyzers::Registry& registry_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Lane> lanes_;
  PartsOfArticle parts_;  // by article and language
  absl::Status status_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

class Builder : public GenerationBuilder {
 public:
  Builder(const Options& options, uint64_t generation, BuildLock lock,
          std::shared_ptr<const analyzers::Registry> registry)
      : options_(options),
        generation_(generation),
        folder_(GenerationFolder(options.data_dir, options.corpus, generation)),
        registry_(std::move(registry)),
        lock_(std::move(lock)) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    pool_.emplace(folder_, options.jobs > 0 ? options.jobs : std::max(1, cores),
                  *registry_);
  }

  ~Builder() override {
    if (published_) return;
    pool_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    // A corpus that has never been published leaves nothing behind.
    if (!ReadCurrent(options_.data_dir, options_.corpus).ok() &&
        ListGenerations(options_.data_dir, options_.corpus).empty()) {
      const fs::path corpus = CorpusFolder(options_.data_dir, options_.corpus);
      fs::remove(corpus / "generations", ignored);
      fs::remove(corpus / "build.lock", ignored);
      // Only when empty: operators may have put their rules there already.
      fs::remove(corpus, ignored);
    }
  }

  absl::StatusOr<Added> Add(Article article) override {
    absl::Status status = ValidateId(article.id);
    if (!status.ok()) return status;
    Added added;
    status = Detect(&article, &added);
    if (!status.ok()) return status;
    added.language = article.language;
    added.replaced = !seen_.insert(article.language + "\n" + article.id).second;
    status = pool_->Push(std::move(article));
    // A failed writer is not this article's fault.
    if (absl::IsInvalidArgument(status)) {
      return absl::InternalError(status.message());
    }
    if (!status.ok()) return status;
    return added;
  }

  absl::StatusOr<Stats> Publish() override {
    Stats stats;
    absl::StatusOr<std::vector<LanguageStats>> languages =
        pool_->Finish(&stats.foreign_parts);
    if (!languages.ok()) return languages.status();
    Manifest manifest;
    manifest.schema_version = kSchemaVersion;
    manifest.generation = generation_;
    manifest.built_at = std::time(nullptr);
    manifest.built_by = absl::StrCat("kbsearch ", kVersion);
    manifest.languages = *languages;
    absl::Status status = WriteManifest(folder_, manifest);
    if (status.ok()) status = SyncTree(folder_);
    if (status.ok()) {
      status = WriteCurrent(options_.data_dir, options_.corpus, generation_);
    }
    if (!status.ok()) return status;
    published_ = true;
    RemoveOldGenerations();
    for (const LanguageStats& language : *languages) {
      stats.articles += language.articles;
      stats.entries += language.entries;
    }
    stats.languages = *std::move(languages);
    stats.generation = generation_;
    stats.bytes = FolderBytes(folder_);
    return stats;
  }

 private:
  absl::Status Detect(Article* article, Added* added) const {
    const std::string text = PlainText(*article);
    if (text.find_first_not_of(" \t\n\r") == std::string::npos) {
      return absl::InvalidArgumentError(absl::StrCat(
          "article \"", article->id, "\": no text; give it a body"));
    }
    if (!article->language.empty()) {
      const std::string code = registry_->Normalize(article->language);
      if (code.empty()) {
        return absl::InvalidArgumentError(
            absl::StrCat("article \"", article->id, "\": unknown language \"",
                         article->language, "\"; leave it out to detect it"));
      }
      article->language = code;
      return absl::OkStatus();
    }
    const std::vector<analyzers::LanguageGuess> guesses =
        registry_->identifier().Identify(article->title + "\n" + text);
    if (guesses.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("article \"", article->id,
                       "\": its language cannot be told; name it in the "
                       "article or with --language"));
    }
    article->language = guesses.front().language;
    added->detected = true;
    return absl::OkStatus();
  }

  void RemoveOldGenerations() const {
    std::vector<uint64_t> old =
        ListGenerations(options_.data_dir, options_.corpus);
    old.erase(std::remove(old.begin(), old.end(), generation_), old.end());
    if (old.size() <= kKeptGenerations) return;
    old.resize(old.size() - kKeptGenerations);
    for (const uint64_t number : old) {
      std::error_code ignored;
      fs::remove_all(
          GenerationFolder(options_.data_dir, options_.corpus, number),
          ignored);
    }
  }

  const Options options_;
  const uint64_t generation_;
  const std::string folder_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  BuildLock lock_;
  std::unordered_set<std::string> seen_;
  std::optional<ShardPool> pool_;
  bool published_ = false;
};

// Removes what builds that died left: generations without a manifest.
void RemoveUnfinished(const std::string& data_dir, const std::string& corpus) {
  for (const uint64_t number : ListGenerations(data_dir, corpus)) {
    const std::string folder = GenerationFolder(data_dir, corpus, number);
    std::error_code ignored;
    if (!fs::exists(folder + "/manifest.json", ignored)) {
      fs::remove_all(folder, ignored);
    }
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<GenerationBuilder>> GenerationBuilder::Create(
    const Options& options,
    std::shared_ptr<const analyzers::Registry> registry) {
  absl::Status status = ValidateCorpusName(options.corpus);
  if (!status.ok()) return status;
  std::error_code error;
  const std::string corpus_folder =
      CorpusFolder(options.data_dir, options.corpus);
  fs::create_directories(corpus_folder + "/generations", error);
  if (error) {
    return ErrnoToStatus(error.value(),
                         absl::StrCat("make folder ", corpus_folder));
  }
  absl::StatusOr<BuildLock> lock =
      BuildLock::Acquire(options.data_dir, options.corpus);
  if (!lock.ok()) return lock.status();
  RemoveUnfinished(options.data_dir, options.corpus);
  const std::vector<uint64_t> known =
      ListGenerations(options.data_dir, options.corpus);
  const uint64_t generation = known.empty() ? 1 : known.back() + 1;
  fs::create_directories(
      GenerationFolder(options.data_dir, options.corpus, generation), error);
  if (error) {
    return ErrnoToStatus(error.value(),
                         absl::StrCat("make a generation in ", corpus_folder));
  }
  return std::make_unique<Builder>(options, generation, *std::move(lock),
                                   std::move(registry));
}

}  // namespace kbsearch::engine
