#include "engine/library.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/index/snapshot.h"
#include "engine/index_searcher.h"
#include "engine/live/live_corpus.h"
#include "engine/rescue/shard_rescue.h"

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
    const std::lock_guard one(refresh_mutex_);
    if (kept_) return absl::UnavailableError("the library is closed");
    absl::StatusOr<std::vector<std::string>> names = ListCorpusNames(data_dir_);
    if (!names.ok()) return names.status();
    absl::Status first_error;
    std::map<std::string, SnapshotPtr> found;
    for (const std::string& name : *names) {
      absl::StatusOr<SnapshotPtr> snapshot = Current(name);
      SetProblem(name, snapshot.status());
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
    for (const auto& [name, snapshot] : Served()) {
      std::error_code ignored;
      if (found.contains(name) ||
          !std::filesystem::exists(snapshot->folder, ignored)) {
        continue;
      }
      // Deleting a corpus takes its generations too: this is a slip.
      const absl::Status lost = absl::DataLossError(absl::StrCat(
          "corpus \"", name, "\": ", CorpusFolder(data_dir_, name),
          "/CURRENT is missing; kbsearch-indexer rollback makes a generation "
          "the live one"));
      SetProblem(name, lost);
      if (first_error.ok()) first_error = lost;
      found[name] = snapshot;
    }
    {
      std::lock_guard lock(mutex_);
      std::erase_if(problems_, [&](const auto& entry) {
        return !found.contains(entry.first) &&
               std::count(names->begin(), names->end(), entry.first) == 0;
      });
    }
    std::erase_if(live_,
                  [&](const auto& e) { return !found.contains(e.first); });
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
  PriorStore* priors() override { return priors_.get(); }

  absl::StatusOr<SnapshotPtr> Find(const std::string& corpus) const override {
    std::lock_guard lock(mutex_);
    const auto found = snapshots_.find(corpus);
    if (found != snapshots_.end()) return found->second;
    const auto problem = problems_.find(corpus);
    if (problem != problems_.end()) return problem->second;
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

  std::map<std::string, absl::Status> ListUnserved() const override {
    std::lock_guard lock(mutex_);
    std::map<std::string, absl::Status> unserved = problems_;
    std::erase_if(unserved, [&](const auto& entry) {
      return snapshots_.contains(entry.first);
    });
    return unserved;
  }

  absl::StatusOr<CorpusInfo> GetCorpus(const std::string& name) const override {
    const auto snapshot = Find(name);
    if (!snapshot.ok()) return snapshot.status();
    return (*snapshot)->info;
  }

  std::unique_ptr<Searcher> NewSearcher() override {
    return NewIndexSearcher(
        std::shared_ptr<const SnapshotSource>(shared_from_this(), this),
        registry_, priors_);
  }

  const analyzers::Registry& registry() const override { return *registry_; }

  absl::StatusOr<uint64_t> AppendChanges(const std::string& corpus,
                                         std::vector<Change> changes) override {
    const auto known = Find(corpus);
    if (!known.ok()) return known.status();
    const absl::Status writable = CheckWritable(data_dir_, corpus);
    if (!writable.ok()) return writable;
    absl::StatusOr<uint64_t> last = LogOf(corpus).Append(&changes);
    const std::lock_guard lock(listener_mutex_);
    if (last.ok() && listener_) listener_();
    return last;
  }

  void SetChangeListener(std::function<void()> listener) override {
    const std::lock_guard lock(listener_mutex_);
    listener_ = std::move(listener);
  }

  absl::Status RollBack(const std::string& corpus,
                        uint64_t generation) override {
    const auto known = Find(corpus);
    if (!known.ok()) return known.status();
    absl::Status status = CheckWritable(data_dir_, corpus);
    if (!status.ok()) return status;
    const absl::StatusOr<uint64_t> live = ReadCurrent(data_dir_, corpus);
    const absl::StatusOr<uint64_t> wanted =
        engine::RollBack(data_dir_, corpus, generation);
    if (!wanted.ok()) return wanted.status();
    status = RefreshGenerations();
    const auto now = Find(corpus);
    if (now.ok() && (*now)->info.generation == *wanted) return absl::OkStatus();
    // It cannot be served: a restart must not begin with it.
    if (live.ok()) WriteCurrent(data_dir_, corpus, *live).IgnoreError();
    RefreshGenerations().IgnoreError();  // clears what is said of the corpus
    return status.ok() ? absl::DataLossError(absl::StrCat(
                             "corpus \"", corpus, "\": generation ", *wanted,
                             " cannot be served"))
                       : status;
  }

  void KeepChanges() override {
    const std::lock_guard one(refresh_mutex_);
    for (auto& [name, live] : live_) live.Keep();
    kept_ = true;
  }

  absl::StatusOr<CorpusState> GetState(const std::string& corpus) override {
    const auto snapshot = Find(corpus);
    if (!snapshot.ok()) return snapshot.status();
    const CorpusInfo& info = (*snapshot)->info;
    const uint64_t applied = info.changes_through + info.applied_changes;
    CorpusState state;
    const auto last = LogOf(corpus).LastNumber(applied);
    if (last.ok()) state.pending_changes = *last - std::min(*last, applied);
    for (const uint64_t number : ListGenerations(data_dir_, corpus)) {
      std::error_code ignored;
      if (number != info.generation &&
          std::filesystem::exists(
              GenerationFolder(data_dir_, corpus, number) + "/manifest.json",
              ignored)) {
        state.earlier_generations.insert(state.earlier_generations.begin(),
                                         number);
      }
    }
    std::lock_guard lock(mutex_);
    const auto problem = problems_.find(corpus);
    if (problem != problems_.end()) {
      state.problem = std::string(problem->second.message());
    } else {
      // Databases are read when somebody searches; an operator is told before.
      state.problem =
          std::string(CheckFilesAreThere((*snapshot)->folder).message());
    }
    return state;
  }

  // Not OK: there are corpora, and none can be served.
  absl::Status CheckServed(absl::Status refreshed) const {
    return ListCorpora().empty() ? refreshed : absl::OkStatus();
  }

  void Clean() const {
    const auto names = ListCorpusNames(data_dir_);
    if (!names.ok()) return;
    for (const std::string& name : *names) {
      RemoveAbandonedLiveFolders(data_dir_, name);
    }
  }

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
      if (found != next.end() &&
          found->second->info.generation != snapshot->info.generation) {
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

  // The live generation with the changes of the log.
  absl::StatusOr<SnapshotPtr> Current(const std::string& name) {
    LiveCorpus& live =
        live_.try_emplace(name, data_dir_, name, registry_).first->second;
    return live.Refresh([&](SnapshotPtr snapshot) {
      std::lock_guard lock(mutex_);
      SnapshotPtr& known = snapshots_[name];
      if (known != nullptr &&
          known->info.generation != snapshot->info.generation) {
        former_[name].push_front({known, Clock::now() + kPinnedFor});
      }
      known = std::move(snapshot);
    });
  }

  std::map<std::string, SnapshotPtr> Served() const {
    std::lock_guard lock(mutex_);
    return snapshots_;
  }

  void SetProblem(const std::string& name, const absl::Status& status) {
    std::lock_guard lock(mutex_);
    if (status.ok()) {
      problems_.erase(name);
    } else {
      problems_[name] = status;
    }
  }

  ChangeLog& LogOf(const std::string& corpus) {
    std::lock_guard lock(mutex_);
    return *logs_
                .try_emplace(corpus,
                             std::make_unique<ChangeLog>(data_dir_, corpus))
                .first->second;
  }

  const std::string data_dir_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  RuleStore rules_;
  const std::shared_ptr<PriorStore> priors_ = std::make_shared<PriorStore>();
  std::mutex listener_mutex_;
  std::function<void()> listener_;  // guarded by listener_mutex_
  std::mutex refresh_mutex_;
  std::map<std::string, LiveCorpus> live_;  // guarded by refresh_mutex_
  bool kept_ = false;                       // guarded by refresh_mutex_
  mutable std::mutex mutex_;                // guards what follows
  std::map<std::string, SnapshotPtr> snapshots_;
  std::map<std::string, absl::Status> problems_;
  std::map<std::string, std::unique_ptr<ChangeLog>> logs_;
  std::map<std::string, std::deque<Former>> former_;  // the latest first
};

}  // namespace

absl::StatusOr<uint64_t> Library::AppendChanges(
    const std::string& /*corpus*/, std::vector<Change> /*changes*/) {
  return absl::UnimplementedError("this library cannot be changed");
}

absl::Status Library::RollBack(const std::string& /*corpus*/,
                               uint64_t /*generation*/) {
  return absl::UnimplementedError("this library cannot be changed");
}

absl::StatusOr<CorpusState> Library::GetState(const std::string& corpus) {
  const absl::StatusOr<CorpusInfo> info = GetCorpus(corpus);
  if (!info.ok()) return info.status();
  return CorpusState();
}

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
  const absl::Status status =
      library->CheckServed(library->RefreshGenerations());
  // What others left and was of no use.
  library->Clean();
  if (!status.ok()) return status;
  // A slip in an operator's file must not keep the articles from their readers;
  // the next Refresh names it again.
  library->RefreshRules().IgnoreError();
  return library;
}

}  // namespace kbsearch::engine
