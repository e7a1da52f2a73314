#include "engine/generation_builder.h"

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
#include "engine/article_ledger.h"
#include "engine/generations.h"
#include "engine/schema.h"
#include "engine/shard_pool.h"
#include "engine/shard_writer.h"
#include "engine/stored_document.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxIdBytes = 200;
// Generations kept beside the new one, for rollback.
constexpr size_t kKeptGenerations = 2;

absl::Status ValidateId(const std::string& id) {
  const bool control = std::any_of(id.begin(), id.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (!id.empty() && id.size() <= kMaxIdBytes && !control && PageId(id) == id &&
      id.front() != ' ' && id.back() != ' ') {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "article id \"", id.substr(0, kMaxIdBytes),
      "\": use 1 to 200 bytes without control characters, not ending in "
      "'#' and a number"));
}

// What is known of an article in this build.
struct BuildEntry {
  LedgerEntry entry;
  bool seen = false;     // in the sources
  bool in_base = false;  // the previous generation holds it
  bool pushed = false;   // given to the writers
};

class Builder : public GenerationBuilder {
 public:
  Builder(const Options& options, uint64_t generation, BuildLock lock,
          std::shared_ptr<const analyzers::Registry> registry)
      : options_(options),
        generation_(generation),
        folder_(GenerationFolder(options.data_dir, options.corpus, generation)),
        registry_(std::move(registry)),
        lock_(std::move(lock)),
        identity_(AnalysisIdentity()) {
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
    absl::Status status = ValidateId(article.id);
    if (!status.ok()) return status;
    Added added;
    status = Detect(&article, &added);
    if (!status.ok()) return status;
    added.language = article.language;
    BuildEntry& known = articles_[{article.id, article.language}];
    added.replaced = std::exchange(known.seen, true);
    LedgerEntry entry{ArticleDigest(article), article.audience,
                      article.entries.size()};
    added.unchanged = (known.pushed || (known.in_base && base_is_current_)) &&
                      known.entry.digest == entry.digest;
    if (added.unchanged) return added;
    known.entry = std::move(entry);
    known.pushed = true;
    if (!options_.dry_run) status = pool_->Push(std::move(article));
    // A failed writer is not this article's fault.
    if (absl::IsInvalidArgument(status)) {
      return absl::InternalError(status.message());
    }
    if (!status.ok()) return status;
    return added;
  }

  absl::StatusOr<Stats> Publish() override {
    Stats stats;
    stats.pruned = options_.prune;
    Count(&stats);
    if (options_.dry_run || IsUnchanged(stats)) return Unpublished(stats);
    absl::Status status = SettleVanished();
    if (!status.ok()) return status;
    ShardPool::Keys rewritten;
    ShardPool::Keys reconsidered;
    CompareWithBase(&rewritten, &reconsidered);
    absl::StatusOr<std::vector<LanguageStats>> languages =
        pool_->Finish(rewritten, reconsidered, &stats.foreign_parts);
    if (!languages.ok()) return languages.status();
    status = WriteGeneration(*languages);
    if (!status.ok()) return status;
    published_ = true;
    RemoveOldGenerations();
    Sum(*std::move(languages), &stats);
    stats.generation = generation_;
    stats.published = true;
    stats.bytes = FolderBytes(folder_);
    return stats;
  }

 private:
  // The live generation, if it can be started from.
  void ReadBase() {
    const absl::StatusOr<uint64_t> current =
        ReadCurrent(options_.data_dir, options_.corpus);
    if (!current.ok()) return;
    const std::string folder =
        GenerationFolder(options_.data_dir, options_.corpus, *current);
    absl::StatusOr<Manifest> manifest = ReadManifest(folder);
    absl::StatusOr<ArticleLedger> ledger = ReadLedger(folder);
    if (!manifest.ok() || !ledger.ok())
      return;  // of another schema, or damaged
    base_folder_ = folder;
    base_manifest_ = *std::move(manifest);
    base_ = *std::move(ledger);
    base_is_current_ = !options_.reanalyze && !identity_.empty() &&
                       base_manifest_.analysis == identity_;
    for (const auto& [key, entry] : base_) {
      BuildEntry& known = articles_[key];
      known.entry = entry;
      known.in_base = true;
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
    return base_is_current_ && stats.added == 0 && stats.changed == 0 &&
           (stats.vanished.empty() || !options_.prune);
  }

  // The live generation stays.
  Stats Unpublished(Stats stats) const {
    Sum(base_manifest_.languages, &stats);
    stats.generation = base_manifest_.generation;
    if (!base_folder_.empty()) stats.bytes = FolderBytes(base_folder_);
    return stats;
  }

  // Articles that the sources no longer hold are deleted, or taken over from
  // the previous generation.
  absl::Status SettleVanished() {
    absl::Status status;
    for (auto known = articles_.begin();
         known != articles_.end() && status.ok();) {
      const auto& [id, language] = known->first;
      if (known->second.seen) {
        ++known;
      } else if (options_.prune) {
        if (base_is_current_) status = pool_->Delete(id, language);
        known = articles_.erase(known);
      } else {
        if (!base_is_current_) status = TakeOver(id, language, &known->second);
        ++known;
      }
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
    if (!read.ok()) return read;
    if (!article.ok()) return article.status();
    known->pushed = true;
    return pool_->Push(*std::move(article));
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
    ArticleLedger ledger;
    for (auto& [key, known] : articles_) ledger[key] = known.entry;
    absl::Status status = WriteLedger(folder_, ledger);
    if (status.ok()) status = WriteManifest(folder_, manifest);
    if (status.ok()) status = SyncTree(folder_);
    if (status.ok()) {
      status = WriteCurrent(options_.data_dir, options_.corpus, generation_);
    }
    return status;
  }

  static void Sum(std::vector<LanguageStats> languages, Stats* stats) {
    for (const LanguageStats& language : languages) {
      stats->articles += language.articles;
      stats->entries += language.entries;
    }
    stats->languages = std::move(languages);
  }

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
  const std::string identity_;  // how this program analyses
  std::string base_folder_;     // of the live generation, or empty
  Manifest base_manifest_;
  ArticleLedger base_;            // what it holds
  bool base_is_current_ = false;  // and it was analysed as we analyse
  std::map<std::pair<std::string, std::string>, BuildEntry>
      articles_;  // by id and language: of the base and of the sources
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
