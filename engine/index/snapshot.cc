#include "engine/index/snapshot.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/generations/generations.h"

namespace kbsearch::engine {
namespace {

// Puts what `opened` holds into `map`. A shard without such a file (an index of
// an earlier version) does without; a damaged one is an error.
template <typename File>
absl::Status Keep(absl::StatusOr<std::shared_ptr<const File>> opened,
                  const ShardKey& shard,
                  std::map<ShardKey, std::shared_ptr<const File>>* map) {
  if (opened.ok()) {
    (*map)[shard] = *std::move(opened);
  } else if (!absl::IsNotFound(opened.status())) {
    return opened.status();
  }
  return absl::OkStatus();
}

// Opens what a shard has beside its database.
absl::Status OpenShardFiles(const ShardKey& shard, Snapshot* snapshot) {
  const std::string folder =
      ShardFolder(snapshot->folder, shard.first, shard.second);
  absl::Status status = Keep(ForwardIndex::Open(ForwardIndexPath(folder)),
                             shard, &snapshot->forward_indexes);
  if (!status.ok()) return status;
  status = Keep(ShardVocabulary::Open(VocabularyPath(folder)), shard,
                &snapshot->vocabularies);
  const auto vocabulary = snapshot->vocabularies.find(shard);
  if (!status.ok() || vocabulary == snapshot->vocabularies.end()) return status;
  status = Keep(OpenShardRescue(folder, vocabulary->second), shard,
                &snapshot->rescues);
  if (!status.ok()) return status;
  const auto rescue = snapshot->rescues.find(shard);
  return Keep(OpenCompletionShard(
                  folder, vocabulary->second,
                  rescue == snapshot->rescues.end() ? nullptr : rescue->second),
              shard, &snapshot->completions);
}

// A language known by foreign parts only has no articles of its own. One that
// has must have a database: whoever opens it is told that it is missing.
void FindDatabase(const LanguageStats& stats, Audience audience,
                  Snapshot* snapshot) {
  std::string folder = ShardFolder(snapshot->folder, stats.language, audience);
  const uint64_t articles = audience == Audience::kPublic
                                ? stats.public_articles
                                : stats.articles - stats.public_articles;
  std::error_code ignored;
  if (articles == 0 && !std::filesystem::exists(folder, ignored)) return;
  snapshot->databases[{stats.language, audience}] = std::move(folder);
}

}  // namespace

absl::StatusOr<std::shared_ptr<Snapshot>> LoadSnapshotFolder(
    const std::string& folder, const std::string& corpus) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->folder = folder;
  absl::StatusOr<Manifest> manifest = ReadManifest(snapshot->folder);
  if (!manifest.ok()) return manifest.status();
  snapshot->info.name = corpus;
  snapshot->info.generation = manifest->generation;
  snapshot->info.built_at = manifest->built_at;
  snapshot->info.changes_through = manifest->changes_through;
  snapshot->info.bytes = FolderBytes(snapshot->folder);
  snapshot->info.languages = std::move(manifest->languages);
  for (const LanguageStats& stats : snapshot->info.languages) {
    for (const Audience audience : {Audience::kPublic, Audience::kAgent}) {
      FindDatabase(stats, audience, snapshot.get());
      const absl::Status opened =
          OpenShardFiles({stats.language, audience}, snapshot.get());
      if (!opened.ok()) return opened;
    }
  }
  return snapshot;
}

absl::StatusOr<std::shared_ptr<const Snapshot>> LoadSnapshot(
    const std::string& data_dir, const std::string& corpus,
    uint64_t generation) {
  absl::StatusOr<std::shared_ptr<Snapshot>> snapshot = LoadSnapshotFolder(
      GenerationFolder(data_dir, corpus, generation), corpus);
  if (!snapshot.ok()) return snapshot.status();
  (*snapshot)->info.generation = generation;
  return std::shared_ptr<const Snapshot>(*std::move(snapshot));
}

}  // namespace kbsearch::engine
