#include "engine/live/live_index.h"

#include <xapian.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "base/folder_walk.h"
#include "base/version.h"
#include "engine/generations/generations.h"
#include "engine/index/article_ledger.h"
#include "engine/index/article_lookup.h"
#include "engine/index/schema.h"
#include "engine/index/shard_pool.h"
#include "engine/live/live_folder.h"
#include "engine/live/live_note.h"
#include "engine/xapian_call.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Readers keep a consistent view of a revision while the next one is written;
// what a crash leaves is thrown away, so nothing need be synced.
constexpr int kFlags = Xapian::DB_OPEN | Xapian::DB_NO_SYNC;

// A reader of an older revision fails when it is overtaken twice.
constexpr std::chrono::milliseconds kCommitInterval{100};

// Of the folders of small generations.
constexpr std::string_view kChangesPrefix = "changes-";

// The versions of one article, by language; none: it is deleted.
using Versions = std::map<std::string, Article>;

// Files of a Xapian database, as opposed to those beside it.
bool IsDatabaseFile(const fs::path& path) {
  return path.extension() == ".glass" || path.filename() == "iamglass" ||
         path.filename() == "flintlock";
}

absl::Status CopyXapianFiles(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::create_directories(to, error);
  for (auto entry = fs::directory_iterator(from, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (!IsDatabaseFile(entry->path())) continue;
    fs::copy_file(entry->path(), fs::path(to) / entry->path().filename(),
                  error);
    if (error) break;
  }
  if (!error) return absl::OkStatus();
  return ErrnoToStatus(error.value(), absl::StrCat("copy ", from, " to ", to));
}

// The entries of the versions of an article in a ledger.
std::vector<std::pair<std::string, LedgerEntry>> VersionsIn(
    const ArticleLedger& ledger, const std::string& id) {
  std::vector<std::pair<std::string, LedgerEntry>> versions;
  for (auto it = ledger.lower_bound({id, ""});
       it != ledger.end() && it->first.first == id; ++it) {
    versions.emplace_back(it->first.second, it->second);
  }
  return versions;
}

class Index : public LiveIndex {
 public:
  Index(std::shared_ptr<const Snapshot> base, ArticleLedger ledger,
        std::shared_ptr<const LiveFolder> folder,
        std::shared_ptr<const analyzers::Registry> registry)
      : base_(std::move(base)),
        base_ledger_(std::move(ledger)),
        folder_(std::move(folder)),
        registry_(std::move(registry)),
        build_(BuildOf(base_->folder)),
        databases_(base_->databases) {
    for (const LanguageStats& stats : base_->info.languages) {
      base_stats_[stats.language] = stats;
    }
  }

  absl::Status Apply(const std::vector<Change>& changes,
                     const Publish& publish) override {
    return CallXapian("apply changes", [&]() -> absl::Status {
      absl::StatusOr<std::map<std::string, Versions>> wanted = Settle(changes);
      if (!wanted.ok()) return wanted.status();
      absl::StatusOr<std::shared_ptr<const Snapshot>> written = Write(*wanted);
      if (!written.ok()) return written.status();
      return Switch(*wanted, *std::move(written), changes, publish);
    });
  }

  void Keep() override {
    folder_->Keep();
    if (files_ != nullptr) files_->Keep();
  }

  // Takes up what the note says. After an error the object is of no use.
  absl::StatusOr<std::shared_ptr<const Snapshot>> TakeUp(LiveNote note) {
    return CallXapian("take up changes",
                      [&] { return TakeUpNote(std::move(note)); });
  }

 private:
  // What each article concerned consists of after the changes.
  absl::StatusOr<std::map<std::string, Versions>> Settle(
      const std::vector<Change>& changes) {
    std::map<std::string, Versions> wanted;
    for (const Change& change : changes) {
      const std::string& id = change.article.id;
      auto place = wanted.find(id);
      if (place == wanted.end()) {
        absl::StatusOr<Versions> now = Read(id);
        if (!now.ok()) return now.status();
        place = wanted.emplace(id, *std::move(now)).first;
      }
      Versions& versions = place->second;
      if (!change.is_delete) {
        versions[change.article.language] = change.article;
      } else if (change.article.language.empty()) {
        versions.clear();
      } else {
        versions.erase(change.article.language);
      }
    }
    return wanted;
  }

  absl::StatusOr<Versions> Read(const std::string& id) {
    const bool is_moved = moved_.contains(id);
    Versions versions;
    for (const auto& [language, entry] :
         VersionsIn(is_moved ? ledger_ : base_ledger_, id)) {
      const ShardKey shard(language, entry.audience);
      const auto& folders = is_moved ? changes_->databases : base_->databases;
      const auto folder = folders.find(shard);
      if (folder == folders.end()) {
        return absl::DataLossError(
            absl::StrCat("no database ", language, "/",
                         std::string(AudienceName(entry.audience))));
      }
      absl::StatusOr<Article> article =
          ReadStoredArticle(Xapian::Database(folder->second), id, language);
      if (!article.ok()) return article.status();
      versions[language] = *std::move(article);
    }
    return versions;
  }

  // The next small generation.
  absl::StatusOr<std::shared_ptr<const Snapshot>> Write(
      const std::map<std::string, Versions>& wanted) {
    auto files = std::make_shared<DoomedFolder>(absl::StrCat(
        folder_->path(), "/", std::string(kChangesPrefix), ++written_));
    std::error_code error;
    fs::remove_all(files->path(), error);  // of a process that was killed
    fs::create_directories(files->path(), error);
    if (error) {
      return ErrnoToStatus(error.value(),
                           absl::StrCat("make folder ", files->path()));
    }
    ShardPool pool({files->path(), changes_ ? changes_->folder : "", 1},
                   ledger_, *registry_);
    ArticleLedger ledger = ledger_;
    ShardPool::Keys rewritten;
    absl::Status status;
    for (const auto& [id, versions] : wanted) {
      for (const auto& [language, entry] : VersionsIn(ledger_, id)) {
        rewritten.emplace_back(id, language);
        ledger.erase({id, language});
        if (versions.contains(language)) continue;
        status.Update(pool.Delete(id, language));
      }
      for (const auto& [language, article] : versions) {
        ledger[{id, language}] = {"", article.audience, article.entries.size()};
        status.Update(pool.Push(article));
      }
    }
    if (!status.ok()) return status;
    uint64_t parts = 0;
    absl::StatusOr<std::vector<LanguageStats>> stats =
        pool.Finish(rewritten, {}, &parts);
    if (!stats.ok()) return stats.status();
    Manifest manifest;
    manifest.schema_version = kSchemaVersion;
    manifest.generation = base_->info.generation;
    manifest.built_by = absl::StrCat("kbsearch ", kVersion);
    manifest.languages = *std::move(stats);
    status = WriteManifest(files->path(), manifest);
    if (!status.ok()) return status;
    absl::StatusOr<std::shared_ptr<Snapshot>> snapshot =
        LoadSnapshotFolder(files->path(), base_->info.name);
    if (!snapshot.ok()) return snapshot.status();
    status = WriteLedger(files->path(), ledger);
    if (!status.ok()) return status;
    (*snapshot)->files = files;
    next_files_ = std::move(files);
    next_ledger_ = std::move(ledger);
    return std::shared_ptr<const Snapshot>(*std::move(snapshot));
  }

  // Deletes from the copies what has moved, and publishes both together.
  absl::Status Switch(const std::map<std::string, Versions>& wanted,
                      std::shared_ptr<const Snapshot> written,
                      const std::vector<Change>& changes,
                      const Publish& publish) {
    std::set<std::string> moved = moved_;
    std::map<std::string, LanguageStats> base_stats = base_stats_;
    std::set<ShardKey> touched;
    for (const auto& [id, versions] : wanted) {
      if (!moved.insert(id).second) continue;
      SubtractFromBase(id, &base_stats);
      const absl::Status status = DeleteFromBase(id, &touched);
      if (!status.ok()) return status;
    }
    std::this_thread::sleep_until(next_commit_);
    // Stays until the note names the one after it.
    const std::shared_ptr<const DoomedFolder> former = files_;
    std::unique_lock lock(live_->mutex);
    next_commit_ = std::chrono::steady_clock::now() + kCommitInterval;
    for (const ShardKey& shard : touched) writers_.at(shard)->commit();
    ++live_->version;
    moved_ = std::move(moved);
    base_stats_ = std::move(base_stats);
    ledger_ = std::move(next_ledger_);
    files_ = std::move(next_files_);
    changes_ = std::move(written);
    applied_ += changes.size();
    publish(MakeSnapshot());
    lock.unlock();
    WriteNote(changes.back());
    return absl::OkStatus();
  }

  // Without one the next process analyses the changes again.
  void WriteNote(const Change& last) const {
    LiveNote note;
    note.generation = base_->info.generation;
    note.built = build_;
    note.through = last.number;
    note.last_change = FingerprintOf(last);
    note.applied = applied_;
    note.changes = fs::path(files_->path()).filename().string();
    for (const auto& [shard, writer] : writers_) note.copies.push_back(shard);
    note.moved = moved_;
    WriteLiveNote(folder_->path(), note).IgnoreError();
  }

  absl::StatusOr<std::shared_ptr<const Snapshot>> TakeUpNote(LiveNote note) {
    const absl::Status status = TakeUpFiles(note.changes);
    if (!status.ok()) return status;
    for (const ShardKey& shard : note.copies) {
      const std::string copy = CopyOf(shard);
      writers_[shard] =
          std::make_unique<Xapian::WritableDatabase>(copy, kFlags);
      databases_[shard] = copy;
    }
    moved_ = std::move(note.moved);
    for (const std::string& id : moved_) SubtractFromBase(id, &base_stats_);
    applied_ = note.applied;
    return MakeSnapshot();
  }

  // A process that was killed leaves the one before, or one half written.
  void RemoveSmallGenerationsBut(const std::string& name) const {
    std::vector<fs::path> others;
    const auto entries = ListFolder(folder_->path());
    if (!entries.ok()) return;
    for (const fs::directory_entry& entry : *entries) {
      const std::string other = entry.path().filename().string();
      if (other.starts_with(kChangesPrefix) && other != name) {
        others.push_back(entry.path());
      }
    }
    std::error_code ignored;
    for (const fs::path& other : others) fs::remove_all(other, ignored);
  }

  absl::Status TakeUpFiles(const std::string& name) {
    if (!name.starts_with(kChangesPrefix) ||
        !absl::SimpleAtoi(name.substr(kChangesPrefix.size()), &written_)) {
      return absl::DataLossError(name);
    }
    RemoveSmallGenerationsBut(name);
    files_ = std::make_shared<DoomedFolder>(folder_->path() + "/" + name);
    absl::StatusOr<ArticleLedger> ledger = ReadLedger(files_->path());
    if (!ledger.ok()) return ledger.status();
    ledger_ = *std::move(ledger);
    absl::StatusOr<std::shared_ptr<Snapshot>> snapshot =
        LoadSnapshotFolder(files_->path(), base_->info.name);
    if (!snapshot.ok()) return snapshot.status();
    (*snapshot)->files = files_;
    changes_ = *std::move(snapshot);
    return absl::OkStatus();
  }

  // Its articles are counted with the changes.
  void SubtractFromBase(const std::string& id,
                        std::map<std::string, LanguageStats>* sums) const {
    for (const auto& [language, entry] : VersionsIn(base_ledger_, id)) {
      LanguageStats& stats = (*sums)[language];
      --stats.articles;
      if (entry.audience == Audience::kPublic) --stats.public_articles;
      stats.entries -= entry.entries;
    }
  }

  std::string CopyOf(const ShardKey& shard) const {
    return ShardFolder(folder_->path() + "/base", shard.first, shard.second);
  }

  // The article's documents have a term in common, in whichever language's
  // database they are. Not visible before the commit.
  absl::Status DeleteFromBase(const std::string& id,
                              std::set<ShardKey>* touched) {
    const std::string term = BooleanTerm(kArticlePrefix, id);
    for (const auto& [shard, folder] : base_->databases) {
      auto [reader, is_new] = readers_.try_emplace(shard);
      if (is_new) reader->second = Xapian::Database(folder);
      if (!reader->second.term_exists(term)) continue;
      std::unique_ptr<Xapian::WritableDatabase>& writer = writers_[shard];
      if (writer == nullptr) {
        const std::string copy = CopyOf(shard);
        // One that was begun by a process that was killed.
        std::error_code none;
        fs::remove_all(copy, none);
        const absl::Status status = CopyXapianFiles(folder, copy);
        if (!status.ok()) {
          writers_.erase(shard);
          std::error_code ignored;
          fs::remove_all(copy, ignored);
          return status;
        }
        writer = std::make_unique<Xapian::WritableDatabase>(copy, kFlags);
        databases_[shard] = copy;
      }
      writer->delete_document(term);
      touched->insert(shard);
    }
    return absl::OkStatus();
  }

  std::shared_ptr<const Snapshot> MakeSnapshot() const {
    auto snapshot = std::make_shared<Snapshot>(*base_);
    snapshot->databases = databases_;
    snapshot->changes = changes_;
    snapshot->live = live_;
    snapshot->live_version = live_->version;
    snapshot->files = folder_;
    CorpusInfo& info = snapshot->info;
    info.applied_changes = applied_;
    info.changed_articles = moved_.size();
    info.bytes = base_->info.bytes + changes_->info.bytes;
    std::map<std::string, LanguageStats> sums = base_stats_;
    for (const LanguageStats& stats : changes_->info.languages) {
      LanguageStats& sum = sums[stats.language];
      sum.language = stats.language;
      sum.articles += stats.articles;
      sum.public_articles += stats.public_articles;
      sum.entries += stats.entries;
    }
    info.languages.clear();
    for (auto& [language, sum] : sums) info.languages.push_back(sum);
    return snapshot;
  }

  const std::shared_ptr<const Snapshot> base_;
  const ArticleLedger base_ledger_;
  const std::shared_ptr<const LiveFolder> folder_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  const std::string build_;
  const std::shared_ptr<LiveState> live_ = std::make_shared<LiveState>();

  std::set<std::string> moved_;  // ids of articles that are in changes_
  std::map<std::string, LanguageStats> base_stats_;  // without these
  std::map<ShardKey, std::string> databases_;        // the copies, where any
  std::map<ShardKey, Xapian::Database> readers_;     // of the unchanged ones
  std::map<ShardKey, std::unique_ptr<Xapian::WritableDatabase>> writers_;
  std::shared_ptr<const Snapshot> changes_;
  std::shared_ptr<const DoomedFolder> files_;  // of changes_
  ArticleLedger ledger_;                       // of changes_
  // Of what Write has written.
  std::shared_ptr<const DoomedFolder> next_files_;
  ArticleLedger next_ledger_;
  std::chrono::steady_clock::time_point next_commit_{};
  uint64_t written_ = 0;
  uint64_t applied_ = 0;
};

// The log goes on as it did when the note was written: positioned after it.
std::optional<ChangeReader> FindPlace(const std::string& data_dir,
                                      const std::string& corpus,
                                      const LiveNote& note) {
  ChangeReader reader(data_dir, corpus, note.through - 1);
  const absl::StatusOr<std::vector<Change>> changes = reader.Next(1);
  if (!changes.ok() || changes->empty() ||
      FingerprintOf(changes->front()) != note.last_change) {
    return std::nullopt;
  }
  return reader;
}

}  // namespace

std::optional<LiveIndex::Resumed> LiveIndex::Resume(
    const std::string& data_dir, std::shared_ptr<const Snapshot> base,
    std::shared_ptr<const analyzers::Registry> registry) {
  const std::string& corpus = base->info.name;
  std::shared_ptr<const LiveFolder> folder;
  LiveNote note;
  const std::string build = BuildOf(base->folder);
  for (const auto& each : LiveFolder::Adopt(data_dir, corpus)) {
    std::optional<LiveNote> found = ReadLiveNote(each->path());
    if (found.has_value() && found->generation == base->info.generation &&
        found->built == build && found->through > base->info.changes_through &&
        found->through > note.through) {
      folder = each;
      note = *std::move(found);
    }
  }
  if (folder == nullptr) return std::nullopt;
  std::optional<ChangeReader> changes = FindPlace(data_dir, corpus, note);
  absl::StatusOr<ArticleLedger> ledger = ReadLedger(base->folder);
  if (!changes.has_value() || !ledger.ok()) return std::nullopt;
  auto index = std::make_unique<Index>(std::move(base), *std::move(ledger),
                                       std::move(folder), std::move(registry));
  absl::StatusOr<std::shared_ptr<const Snapshot>> snapshot =
      index->TakeUp(std::move(note));
  if (!snapshot.ok()) return std::nullopt;
  return Resumed{std::move(index), *std::move(snapshot), *std::move(changes)};
}

absl::StatusOr<std::unique_ptr<LiveIndex>> LiveIndex::Create(
    const std::string& data_dir, std::shared_ptr<const Snapshot> base,
    std::shared_ptr<const analyzers::Registry> registry) {
  absl::StatusOr<ArticleLedger> ledger = ReadLedger(base->folder);
  if (!ledger.ok()) {
    return absl::DataLossError(absl::StrCat(
        "list of articles: ", ledger.status().message(),
        "; build the corpus again with kbsearch-indexer build --reanalyze"));
  }
  absl::StatusOr<std::shared_ptr<const LiveFolder>> folder =
      LiveFolder::Create(data_dir, base->info.name);
  if (!folder.ok()) return folder.status();
  return std::make_unique<Index>(std::move(base), *std::move(ledger),
                                 *std::move(folder), std::move(registry));
}

}  // namespace kbsearch::engine
