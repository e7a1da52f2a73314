#include "engine/index/open_corpus.h"

#include <set>
#include <utility>

#include "engine/index/schema.h"

namespace kbsearch::engine {
namespace {

// Articles whose versions are remembered, about 3 MB.
constexpr size_t kMaxVersionsKept = 10'000;

// The generation, then what changed since.
std::vector<const Snapshot*> LayersOf(const Snapshot& snapshot) {
  std::vector<const Snapshot*> layers = {&snapshot};
  if (snapshot.changes != nullptr) layers.push_back(snapshot.changes.get());
  return layers;
}

// What the shards have that the audience may see. An agent's shard is not even
// looked up for the public.
template <typename Part>
std::vector<std::shared_ptr<const Part>> PartsOf(
    const Snapshot& snapshot,
    std::map<ShardKey, std::shared_ptr<const Part>> Snapshot::*files,
    const std::string& language, Audience audience) {
  std::vector<std::shared_ptr<const Part>> parts;
  for (const Audience shard : {Audience::kPublic, Audience::kAgent}) {
    if (shard == Audience::kAgent && audience == Audience::kPublic) continue;
    for (const Snapshot* layer : LayersOf(snapshot)) {
      const auto& all = layer->*files;
      const auto found = all.find({language, shard});
      if (found != all.end()) parts.push_back(found->second);
    }
  }
  return parts;
}

}  // namespace

OpenCorpus::OpenCorpus(std::shared_ptr<const Snapshot> snapshot)
    : snapshot_(std::move(snapshot)) {
  const std::vector<const Snapshot*> layers = LayersOf(*snapshot_);
  std::set<ShardKey> shards;
  for (const Snapshot* layer : layers) {
    for (const auto& [shard, folder] : layer->databases) shards.insert(shard);
  }
  for (const ShardKey& shard : shards) {
    const auto& [language, audience] = shard;
    for (const Snapshot* layer : layers) {
      const auto folder = layer->databases.find(shard);
      if (folder == layer->databases.end()) continue;
      const Xapian::Database database(folder->second);
      all_[language].add_database(database);
      if (audience == Audience::kPublic) {
        public_[language].add_database(database);
      }
      shards_[language].push_back({layer, audience});
    }
  }
}

std::vector<std::string> OpenCorpus::Languages(Audience audience) const {
  std::vector<std::string> languages;
  for (const auto& [language, database] :
       audience == Audience::kPublic ? public_ : all_) {
    languages.push_back(language);
  }
  return languages;
}

Xapian::Database* OpenCorpus::Find(const std::string& language,
                                   Audience audience) {
  auto& databases = audience == Audience::kPublic ? public_ : all_;
  const auto found = databases.find(language);
  return found == databases.end() ? nullptr : &found->second;
}

const std::vector<std::string>& OpenCorpus::VersionsOf(
    const std::string& article_id, Audience audience) {
  const bool is_public = audience == Audience::kPublic;
  Versions& known = is_public ? public_versions_ : all_versions_;
  if (const auto found = known.find(article_id); found != known.end()) {
    return found->second;
  }
  std::vector<std::string> languages;
  for (const auto& [language, database] : is_public ? public_ : all_) {
    if (database.term_exists(DocumentTerm(article_id, language))) {
      languages.push_back(language);
    }
  }
  if (known.size() >= kMaxVersionsKept) known.clear();
  return known.emplace(article_id, std::move(languages)).first->second;
}

std::vector<const ForwardIndex*> OpenCorpus::ForwardIndexes(
    const std::string& language, Audience audience) const {
  std::vector<const ForwardIndex*> indexes;
  const auto shards = shards_.find(language);
  if (shards == shards_.end()) return indexes;
  for (const auto& [layer, shard] : shards->second) {
    if (audience == Audience::kPublic && shard == Audience::kAgent) continue;
    const auto found = layer->forward_indexes.find({language, shard});
    indexes.push_back(
        found == layer->forward_indexes.end() ? nullptr : found->second.get());
  }
  return indexes;
}

Vocabulary OpenCorpus::VocabularyOf(const std::string& language,
                                    Audience audience) const {
  return Vocabulary(
      PartsOf(*snapshot_, &Snapshot::vocabularies, language, audience));
}

std::vector<std::shared_ptr<const ShardRescue>> OpenCorpus::RescueOf(
    const std::string& language, Audience audience) const {
  return PartsOf(*snapshot_, &Snapshot::rescues, language, audience);
}

std::vector<std::shared_ptr<const CompletionShard>> OpenCorpus::CompletionOf(
    const std::string& language, Audience audience) const {
  return PartsOf(*snapshot_, &Snapshot::completions, language, audience);
}

}  // namespace kbsearch::engine
