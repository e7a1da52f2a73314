#include "engine/library.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/generations.h"
#include "engine/index_searcher.h"
#include "engine/rescue/shard_rescue.h"
#include "engine/snapshot.h"

namespace kbsearch::engine {
namespace {

using SnapshotPtr = std::shared_ptr<const Snapshot>;
using Clock = std::chrono::steady_clock;

// How long, and how many, generations are kept for later pages of searches that
// began before the switch. Articles withdrawn by a rebuild are gone from the
// first page at once, from later ones after this.
constexpr std::chrono::minutes kPinnedFor{15};
constexpr size_t kMaxFormer = 2;

class FolderLibrary : public Library,
                      public SnapshotSource,
                      public std::enable_shared_from_this<FolderLibrary> {
 public:
  FolderLibrary(std::string data_dir,
                std::shared_ptr<const analyzers::Registry> registry)
      : data_dir_(std::move(data_dir)),
        registry_(std::move(registry)),
        rules_(data_dir_, registry_) {}

  absl::Status Refresh() override {
    absl::Status generations = RefreshGenerations();
    absl::Status rules = RefreshRules();
    return generations.ok() ? rules : generations;
  }

  absl::Status RefreshGenerations() {
    absl::StatusOr<std::vector<std::string>> names = ListCorpusNames(data_dir_);
    if (!names.ok()) return names.status();
    absl::Status first_error;
    std::map<std::string, SnapshotPtr> found;
    for (const std::string& name : *names) {
      absl::StatusOr<SnapshotPtr> snapshot = Current(name);
      if (snapshot.ok()) {
        found[name] = *std::move(snapshot);
        continue;
      }
      if (first_error.ok()) {
        first_error =
            absl::Status(snapshot.status().code(),
                         absl::StrCat("corpus \"", name,
                                      "\": ", snapshot.status().message()));
      }
      const auto last_good = Find(name);
      if (last_good.ok()) found[name] = *last_good;
    }
    std::lock_guard lock(mutex_);
    KeepFormer(found);
    snapshots_ = std::move(found);
    return first_error;
  }

  absl::Status RefreshRules() {
    std::vector<std::string> names;
    for (const CorpusInfo& corpus : ListCorpora()) names.push_back(corpus.name);
    return rules_.Refresh(names);
  }

  std::shared_ptr<const CorpusRules> Rules(
      const std::string& corpus) const override {
    return rules_.Find(corpus);
  }

  RuleStore& rules() override { return rules_; }

  absl::StatusOr<SnapshotPtr> Find(const std::string& corpus) const override {
    std::lock_guard lock(mutex_);
    const auto found = snapshots_.find(corpus);
    if (found != snapshots_.end()) return found->second;
    return absl::NotFoundError(absl::StrCat("no corpus \"", corpus, "\""));
  }

  SnapshotPtr FindGeneration(const std::string& corpus,
                             uint64_t generation) const override {
    std::lock_guard lock(mutex_);
    const auto live = snapshots_.find(corpus);
    if (live == snapshots_.end()) return nullptr;
    if (live->second->info.generation == generation) return live->second;
    const auto former = former_.find(corpus);
    if (former == former_.end()) return nullptr;
    for (const Former& each : former->second) {
      if (each.snapshot->info.generation == generation) return each.snapshot;
    }
    return nullptr;
  }

  std::vector<CorpusInfo> ListCorpora() const override {
    std::lock_guard lock(mutex_);
    std::vector<CorpusInfo> corpora;
    for (const auto& [name, snapshot] : snapshots_) {
      corpora.push_back(snapshot->info);
    }
    return corpora;
  }

  absl::StatusOr<CorpusInfo> GetCorpus(const std::string& name) const override {
    const auto snapshot = Find(name);
    if (!snapshot.ok()) return snapshot.status();
    return (*snapshot)->info;
  }

  std::unique_ptr<Searcher> NewSearcher() override {
    return NewIndexSearcher(
        std::shared_ptr<const SnapshotSource>(shared_from_this(), this),
        registry_);
  }

  const analyzers::Registry& registry() const override { return *registry_; }

 private:
  struct Former {
    SnapshotPtr snapshot;
    Clock::time_point until;
  };

  // Moves the generations that `next` replaces to the former ones, and drops
  // those that are over. REQUIRES: mutex_ is held.
  void KeepFormer(const std::map<std::string, SnapshotPtr>& next) {
    const Clock::time_point now = Clock::now();
    for (const auto& [name, snapshot] : snapshots_) {
      const auto found = next.find(name);
      if (found != next.end() && found->second != snapshot) {
        former_[name].push_front({snapshot, now + kPinnedFor});
      }
    }
    for (auto& [name, former] : former_) {
      std::erase_if(former, [&](const Former& each) {
        std::error_code ignored;
        return each.until < now || next.count(name) == 0 ||
               !std::filesystem::exists(each.snapshot->folder, ignored);
      });
      if (former.size() > kMaxFormer) former.resize(kMaxFormer);
    }
    std::erase_if(former_,
                  [](const auto& entry) { return entry.second.empty(); });
  }

  // The live generation, loaded again only when its number has changed.
  absl::StatusOr<SnapshotPtr> Current(const std::string& name) const {
    const absl::StatusOr<uint64_t> generation = ReadCurrent(data_dir_, name);
    if (!generation.ok()) return generation.status();
    const auto known = Find(name);
    if (known.ok() && (*known)->info.generation == *generation) return *known;
    return LoadSnapshot(data_dir_, name, *generation);
  }

  const std::string data_dir_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  RuleStore rules_;
  mutable std::mutex mutex_;
  std::map<std::string, SnapshotPtr> snapshots_;
  std::map<std::string, std::deque<Former>> former_;  // the latest first
};

}  // namespace

absl::StatusOr<std::shared_ptr<Library>> Library::Open(
    const std::string& data_dir,
    std::shared_ptr<const analyzers::Registry> registry) {
  std::error_code error;
  if (!std::filesystem::is_directory(data_dir, error)) {
    return absl::NotFoundError(
        absl::StrCat("no data folder ", data_dir,
                     "; make one with: kbsearch-indexer build --data ",
                     data_dir, " --corpus NAME --source PATH"));
  }
  auto library = std::make_shared<FolderLibrary>(data_dir, std::move(registry));
  const absl::Status status = library->RefreshGenerations();
  if (!status.ok()) return status;
  // A slip in an operator's file must not keep the articles from their readers;
  // the next Refresh names it again.
  library->RefreshRules().IgnoreError();
  return library;
}

}  // namespace kbsearch::engine
