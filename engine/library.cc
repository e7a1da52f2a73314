#include "engine/library.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/generations.h"
#include "engine/index_searcher.h"
#include "engine/rescue/shard_rescue.h"
#include "engine/snapshot.h"
#include "engine/vocabulary.h"

namespace kbsearch::engine {
namespace {

using SnapshotPtr = std::shared_ptr<const Snapshot>;

// Opens what a shard has beside its database. A shard without (an index of an
// earlier version) does without; a damaged file is an error.
absl::Status OpenSideFiles(const ShardKey& key,
                           const analyzers::Registry& registry,
                           Snapshot* snapshot) {
  const std::string folder =
      ShardFolder(snapshot->folder, key.first, key.second);
  auto vocabulary = ShardVocabulary::Open(VocabularyPath(folder));
  if (absl::IsNotFound(vocabulary.status())) return absl::OkStatus();
  if (!vocabulary.ok()) return vocabulary.status();
  snapshot->vocabularies[key] = *vocabulary;
  auto rescue = OpenShardRescue(folder, *std::move(vocabulary),
                                registry.spelling().Of(key.first));
  if (absl::IsNotFound(rescue.status())) return absl::OkStatus();
  if (!rescue.ok()) return rescue.status();
  snapshot->rescues[key] = *std::move(rescue);
  return absl::OkStatus();
}

absl::StatusOr<SnapshotPtr> LoadSnapshot(const std::string& data_dir,
                                         const std::string& corpus,
                                         uint64_t generation,
                                         const analyzers::Registry& registry) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->folder = GenerationFolder(data_dir, corpus, generation);
  absl::StatusOr<Manifest> manifest = ReadManifest(snapshot->folder);
  if (!manifest.ok()) return manifest.status();
  snapshot->info.name = corpus;
  snapshot->info.generation = generation;
  snapshot->info.built_at = manifest->built_at;
  snapshot->info.bytes = FolderBytes(snapshot->folder);
  snapshot->info.languages = std::move(manifest->languages);
  for (const LanguageStats& stats : snapshot->info.languages) {
    for (const Audience audience : {Audience::kPublic, Audience::kAgent}) {
      const absl::Status opened = OpenSideFiles({stats.language, audience},
                                                registry, snapshot.get());
      if (!opened.ok()) return opened;
    }
  }
  return SnapshotPtr(std::move(snapshot));
}

class FolderLibrary : public Library,
                      public SnapshotSource,
                      public std::enable_shared_from_this<FolderLibrary> {
 public:
  FolderLibrary(std::string data_dir,
                std::shared_ptr<const analyzers::Registry> registry)
      : data_dir_(std::move(data_dir)), registry_(std::move(registry)) {}

  absl::Status Refresh() override {
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
    snapshots_ = std::move(found);
    return first_error;
  }

  absl::StatusOr<SnapshotPtr> Find(const std::string& corpus) const override {
    std::lock_guard lock(mutex_);
    const auto found = snapshots_.find(corpus);
    if (found != snapshots_.end()) return found->second;
    return absl::NotFoundError(absl::StrCat("no corpus \"", corpus, "\""));
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
  // The live generation, loaded again only when its number has changed.
  absl::StatusOr<SnapshotPtr> Current(const std::string& name) const {
    const absl::StatusOr<uint64_t> generation = ReadCurrent(data_dir_, name);
    if (!generation.ok()) return generation.status();
    const auto known = Find(name);
    if (known.ok() && (*known)->info.generation == *generation) return *known;
    return LoadSnapshot(data_dir_, name, *generation, *registry_);
  }

  const std::string data_dir_;
  const std::shared_ptr<const analyzers::Registry> registry_;
  mutable std::mutex mutex_;
  std::map<std::string, SnapshotPtr> snapshots_;
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
  const absl::Status status = library->Refresh();
  if (!status.ok()) return status;
  return library;
}

}  // namespace kbsearch::engine
