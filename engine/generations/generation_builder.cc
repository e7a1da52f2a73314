#include "engine/generations/generation_builder.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "base/version.h"
#include "engine/generations/build_entries.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/generations/pushed_articles.h"
#include "engine/index/article_check.h"
#include "engine/index/article_ledger.h"
#include "engine/index/schema.h"
#include "engine/index/shard_pool.h"
#include "engine/index/shard_writer.h"
#include "engine/index/stored_document.h"
#include "engine/live/change_log.h"
#include "engine/live/live_index.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Changes of the log taken in at once.
constexpr size_t kChangeBatch = 1000;

class Builder : public GenerationBuilder {
 public:
  Builder(const Options& options, uint64_t generation, BuildLock lock,
          std::shared_ptr<const analyzers::Registry> registry)
      : options_(options),
        generation_(generation),
        folder_(GenerationFolder(options.data_dir, options.corpus, generation)),
        registry_(std::move(registry)),
        lock_(std::move(lock)),
        identity_(AnalysisIdentity()),
        changes_(options.data_dir, options.corpus, 0) {
    ReadBase();
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    ShardPool::Options pool;
    pool.folder = folder_;
    if (base_is_current_) pool.base_folder = base_folder_;
    pool.jobs = options.jobs > 0 ? options.jobs : std::max(1, cores);
    pool_.emplace(std::move(pool), base_, *registry_);
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

  std::string scratch_folder() const override { return folder_; }

  absl::StatusOr<Added> Add(Article article) override {
    const absl::StatusOr<bool> detected = CheckArticle(*registry_, &article);
    if (!detected.ok()) return detected.status();
    Added added;
    added.detected = *detected;
    added.language = article.language;
    if (IsOverruled(article)) {
      added.unchanged = true;
      return added;
    }
    BuildEntry& known = articles_[{article.id, article.language}];
    added.replaced = std::exchange(known.seen, true);
    LedgerEntry entry{ArticleDigest(article), article.audience,
                      article.entries.size()};
    added.unchanged = (known.pushed || (known.in_base && base_is_current_)) &&
                      known.entry.digest == entry.digest;
    if (added.unchanged) return added;
    known.entry = std::move(entry);
    known.pushed = true;
    const absl::Status status = Push(std::move(article));
    if (!status.ok()) return status;
    return added;
  }

  absl::Status BeginSources(const BuildSources& sources,
                            uint64_t bytes) override {
    sources_ = sources;
    return CheckDiskSpace(options_.data_dir, FolderBytes(base_folder_), bytes);
  }

  absl::Status TakeChanges() override {
    while (true) {
      absl::StatusOr<std::vector<Change>> changes = changes_.Next(kChangeBatch);
      if (!changes.ok()) return changes.status();
      if (changes->empty()) return absl::OkStatus();
      for (Change& change : *changes) {
        const absl::Status status = change.is_delete
                                        ? Delete(change.article)
                                        : Put(std::move(change.article));
        if (!status.ok()) return status;
      }
      has_changes_ = true;
    }
  }

  absl::StatusOr<std::optional<Stats>> Unchanged(uint64_t articles) override {
    const absl::Status status = TakeChanges();
    if (!status.ok()) return status;
    if (!base_is_current_ || has_changes_ || !pushed_.empty() ||
        base_.size() != articles) {
      return std::nullopt;
    }
    for (auto& [key, known] : articles_) known.seen = true;
    Stats stats;
    stats.pruned = options_.prune;
    Count(&stats);
    return Unpublished(std::move(stats));
  }

  std::string live_folder() const override { return base_folder_; }

  absl::StatusOr<Stats> Publish() override {
    Stats stats;
    stats.pruned = options_.prune;
    stats.damage = std::string(base_damage_.message());
    // What came while the sources were read.
    absl::Status status = TakeChanges();
    if (!status.ok()) return status;
    Count(&stats);
    if (options_.dry_run || IsUnchanged(stats)) return Unpublished(stats);
    status = SettleUnwritten();
    if (!status.ok()) return status;
    ShardPool::Keys rewritten;
    ShardPool::Keys reconsidered;
    CompareWithBase(&rewritten, &reconsidered);
    absl::StatusOr<std::vector<LanguageStats>> languages =
        pool_->Finish(rewritten, reconsidered, &stats.foreign_parts);
    if (!languages.ok()) return languages.status();
    status = CheckCounts(articles_, *languages);
    if (status.ok()) status = WriteGeneration(*languages);
    if (status.ok() && options_.before_switch) {
      status = options_.before_switch(generation_);
    }
    if (status.ok()) {
      status = WriteCurrent(options_.data_dir, options_.corpus, generation_);
    }
    if (!status.ok()) return status;
    published_ = true;
    RemoveOldGenerations(options_.data_dir, options_.corpus, options_.keep);
    Sum(*std::move(languages), &stats);
    stats.generation = generation_;
    stats.published = true;
    stats.bytes = FolderBytes(folder_);
    return stats;
  }

 private:
  absl::Status Push(Article article) {
    if (options_.dry_run) return absl::OkStatus();
    const absl::Status status = pool_->Push(std::move(article));
    // A failed writer is not this article's fault.
    if (absl::IsInvalidArgument(status)) {
      return absl::InternalError(status.message());
    }
    return status;
  }

  // A change of the log that the source does not know of stands, as long as the
  // source says what it said before.
  bool IsOverruled(const Article& article) {
    const auto pushed = pushed_.find({article.id, article.language});
    if (pushed == pushed_.end()) return false;
    if (pushed->second.source_digest != ArticleDigest(article)) {
      pushed_.erase(pushed);
      return false;
    }
    const auto known = articles_.find({article.id, article.language});
    if (known != articles_.end()) known->second.seen = true;
    return true;
  }

  // The note that an article is changed beside the sources.
  PushedArticle& Note(const std::pair<std::string, std::string>& key) {
    const auto [pushed, is_new] = pushed_.try_emplace(key);
    const auto known = articles_.find(key);
    if (is_new && known != articles_.end()) {
      pushed->second.source_digest = known->second.entry.digest;
    }
    return pushed->second;
  }

  absl::Status Put(Article article) {
    const std::pair key(article.id, article.language);
    PushedArticle& pushed = Note(key);
    pushed.is_deleted = false;
    BuildEntry& known = articles_[key];
    if (pushed.source_digest.empty()) known.seen = true;  // no source has it
    LedgerEntry entry{ArticleDigest(article), article.audience,
                      article.entries.size()};
    if ((known.pushed || (known.in_base && base_is_current_)) &&
        known.entry.digest == entry.digest) {
      return absl::OkStatus();
    }
    known.entry = std::move(entry);
    known.pushed = true;
    return Push(std::move(article));
  }

  // Without a language: every version.
  absl::Status Delete(const Article& which) {
    auto known = articles_.lower_bound({which.id, which.language});
    while (known != articles_.end() && known->first.first == which.id &&
           (which.language.empty() || known->first.second == which.language)) {
      const auto key = known->first;
      Note(key).is_deleted = true;
      if (pushed_[key].source_digest.empty()) pushed_.erase(key);
      const bool is_written =
          known->second.pushed || (known->second.in_base && base_is_current_);
      known = articles_.erase(known);
      if (!is_written || options_.dry_run) continue;
      const absl::Status status = pool_->Delete(key.first, key.second);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  // The live generation, if it can be started from.
  void ReadBase() {
    const absl::StatusOr<uint64_t> current =
        ReadCurrent(options_.data_dir, options_.corpus);
    if (!current.ok()) return;
    const std::string folder =
        GenerationFolder(options_.data_dir, options_.corpus, *current);
    absl::StatusOr<Manifest> manifest = ReadManifest(folder);
    absl::StatusOr<ArticleLedger> ledger = ReadLedger(folder);
    if (!manifest.ok()) return;  // of another schema, or damaged
    base_folder_ = folder;
    base_manifest_ = *std::move(manifest);
    // What a damaged file lost must not be missing from the next generation.
    base_damage_ = CheckFileContents(folder);
    base_damage_.Update(ledger.status());
    if (ledger.ok() && CheckFileContents(folder, kLedgerFile).ok()) {
      base_ = *std::move(ledger);
    }
    absl::StatusOr<PushedArticles> pushed = ReadPushedArticles(folder);
    if (pushed.ok()) pushed_ = *std::move(pushed);
    sources_ = base_manifest_.sources;
    changes_ = ChangeReader(options_.data_dir, options_.corpus,
                            base_manifest_.changes_through);
    base_is_current_ = base_damage_.ok() && !options_.reanalyze &&
                       !identity_.empty() &&
                       base_manifest_.analysis == identity_;
    for (const auto& [key, entry] : base_) {
      BuildEntry& known = articles_[key];
      known.entry = entry;
      known.in_base = true;
      const auto note = pushed_.find(key);
      // No source has it, so no source can take it away.
      known.seen = note != pushed_.end() && note->second.source_digest.empty();
    }
    // Without a list of articles these are the ones known to be in it.
    for (const auto& [key, note] : pushed_) {
      if (base_.empty() && !note.is_deleted) {
        articles_[key].in_base = articles_[key].seen = true;
      }
    }
  }

  void Count(Stats* stats) const {
    for (const auto& [key, known] : articles_) {
      if (!known.seen) {
        stats->vanished.push_back(key);
      } else if (!known.in_base) {
        ++stats->added;
      } else {
        const auto old = base_.find(key);
        const bool same =
            old != base_.end() && old->second.digest == known.entry.digest;
        ++(same ? stats->unchanged : stats->changed);
      }
    }
  }

  bool IsUnchanged(const Stats& stats) const {
    return base_is_current_ && !has_changes_ && stats.added == 0 &&
           stats.changed == 0 && (stats.vanished.empty() || !options_.prune);
  }

  // The live generation stays.
  Stats Unpublished(Stats stats) const {
    Sum(base_manifest_.languages, &stats);
    stats.generation = base_manifest_.generation;
    if (!base_folder_.empty()) stats.bytes = FolderBytes(base_folder_);
    return stats;
  }

  // Articles that the sources no longer hold are deleted, if that is wanted.
  // What nobody has given anew (these, and what was put beside the sources) is
  // taken over from the previous generation.
  absl::Status SettleUnwritten() {
    absl::Status status;
    for (auto known = articles_.begin();
         known != articles_.end() && status.ok();) {
      const auto& [id, language] = known->first;
      if (!known->second.seen && options_.prune) {
        if (base_is_current_) status = pool_->Delete(id, language);
        known = articles_.erase(known);
        continue;
      }
      if (!base_is_current_ && !known->second.pushed) {
        status = TakeOver(id, language, &known->second);
      }
      ++known;
    }
    return status;
  }

  absl::Status TakeOver(const std::string& id, const std::string& language,
                        BuildEntry* known) {
    absl::StatusOr<Article> article = absl::NotFoundError(id);
    const absl::Status read = CallXapian("read the previous index", [&] {
      article = ShardWriter({folder_, base_folder_, language}, *registry_)
                    .ReadBaseArticle(id, known->entry.audience);
    });
    if (article.ok() && ArticleDigest(*article) != known->entry.digest) {
      article = absl::DataLossError("its text is not the one that was indexed");
    }
    if (!read.ok() || !article.ok()) {
      return CannotTakeOver(id, language, read.ok() ? article.status() : read);
    }
    known->pushed = true;
    return pool_->Push(*std::move(article));
  }

  absl::Status CannotTakeOver(const std::string& id,
                              const std::string& language,
                              const absl::Status& cause) const {
    return absl::DataLossError(absl::StrCat(
        "article \"", id, "\" (", language,
        "): no source gives it, and the live generation ",
        base_manifest_.generation, " cannot: ", cause.message(),
        base_damage_.ok() ? "" : "; ", base_damage_.message(),
        "; nothing was published. Roll back to an earlier generation or "
        "restore "
        "a backup, or give the article anew (upsert) or delete it"));
  }

  // See ShardPool::Finish.
  void CompareWithBase(ShardPool::Keys* rewritten,
                       ShardPool::Keys* reconsidered) const {
    if (!base_is_current_) return;
    std::set<std::string> other_languages;  // ids of which a version came, went
    for (const auto& [key, known] : articles_) {
      if (known.pushed && known.in_base) rewritten->push_back(key);
      if (!known.in_base) other_languages.insert(key.first);
    }
    for (const auto& [key, entry] : base_) {
      if (articles_.contains(key)) continue;
      rewritten->push_back(key);
      other_languages.insert(key.first);
    }
    for (const auto& [key, known] : articles_) {
      if (!known.pushed && other_languages.contains(key.first)) {
        reconsidered->push_back(key);
        rewritten->push_back(key);  // its parts are made anew
      }
    }
  }

  absl::Status WriteGeneration(const std::vector<LanguageStats>& languages) {
    Manifest manifest;
    manifest.schema_version = kSchemaVersion;
    manifest.generation = generation_;
    manifest.built_at = std::time(nullptr);
    manifest.built_by = absl::StrCat("kbsearch ", kVersion);
    manifest.analysis = identity_;
    manifest.languages = languages;
    manifest.changes_through = changes_.number();
    manifest.sources = sources_;
    ArticleLedger ledger;
    for (auto& [key, known] : articles_) ledger[key] = known.entry;
    absl::Status status = WriteLedger(folder_, ledger);
    if (status.ok()) status = WritePushedArticles(folder_, pushed_);
    if (status.ok()) status = WriteChecksums(folder_);
    if (status.ok()) status = SyncTree(folder_);
    // Last: a generation with a manifest is whole.
    if (status.ok()) status = WriteManifest(folder_, manifest);
    return status;
  }

  static void Sum(std::vector<LanguageStats> languages, Stats* stats) {
    for (const LanguageStats& language : languages) {
      stats->articles += language.articles;
      stats->entries += language.entries;
    }
    stats->languages = std::move(languages);
  }

  const Options options_;
  const uint64_t generation_;
  const std::string folder_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  BuildLock lock_;
  const std::string identity_;  // how this program analyses
  std::string base_folder_;     // of the live generation, or empty
  Manifest base_manifest_;
  absl::Status base_damage_;      // DataLoss: nothing is taken from its files
  ArticleLedger base_;            // what it holds
  bool base_is_current_ = false;  // and it was analysed as we analyse
  BuildEntries articles_;         // of the base and of the sources
  PushedArticles pushed_;
  BuildSources sources_;
  ChangeReader changes_;      // after those that the base was built with
  bool has_changes_ = false;  // it gave any
  std::optional<ShardPool> pool_;
  bool published_ = false;
};

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
  RemoveUnfinishedGenerations(options.data_dir, options.corpus);
  RemoveAbandonedLiveFolders(options.data_dir, options.corpus);
  const std::vector<uint64_t> known =
      ListGenerations(options.data_dir, options.corpus);
  const uint64_t generation = known.empty() ? 1 : known.back() + 1;
  const std::string folder =
      GenerationFolder(options.data_dir, options.corpus, generation);
  if (!fs::create_directory(folder, error)) {
    if (error) {
      return ErrnoToStatus(error.value(), absl::StrCat("make ", folder));
    }
    // The builder would remove it if the build failed.
    return absl::FailedPreconditionError(absl::StrCat(
        folder, " is there, but ", corpus_folder,
        "/generations could not be listed: nothing was built; look at the "
        "disk and the folder's permissions"));
  }
  auto builder = std::make_unique<Builder>(
      options, generation, *std::move(lock), std::move(registry));
  // What has been changed so far comes before the sources, so that a source
  // that has changed since wins.
  status = builder->TakeChanges();
  if (!status.ok()) return status;
  return builder;
}

}  // namespace kbsearch::engine
