#include "engine/open_corpus.h"

#include <filesystem>
#include <utility>

#include "engine/generations.h"

namespace kbsearch::engine {
namespace {

// What the shards have that the audience may see. An agent's shard is not even
// looked up for the public.
template <typename Part>
std::vector<std::shared_ptr<const Part>> PartsOf(
    const std::map<ShardKey, std::shared_ptr<const Part>>& all,
    const std::string& language, Audience audience) {
  std::vector<std::shared_ptr<const Part>> parts;
  for (const Audience shard : {Audience::kPublic, Audience::kAgent}) {
    if (shard == Audience::kAgent && audience == Audience::kPublic) continue;
    const auto found = all.find({language, shard});
    if (found != all.end()) parts.push_back(found->second);
  }
  return parts;
}

}  // namespace

OpenCorpus::OpenCorpus(std::shared_ptr<const Snapshot> snapshot)
    : snapshot_(std::move(snapshot)) {
  for (const LanguageStats& stats : snapshot_->info.languages) {
    Xapian::Database all;
    bool any = false;
    for (const Audience audience : {Audience::kPublic, Audience::kAgent}) {
      const std::string folder =
          ShardFolder(snapshot_->folder, stats.language, audience);
      const uint64_t articles = audience == Audience::kPublic
                                    ? stats.public_articles
                                    : stats.articles - stats.public_articles;
      // A language known by foreign parts only has no articles of its own. One
      // that has must open, or throw that its database is missing.
      if (articles == 0 && !std::filesystem::exists(folder)) continue;
      Xapian::Database database(folder);
      all.add_database(database);
      any = true;
      shards_[stats.language].push_back(audience);
      if (audience == Audience::kPublic) {
        public_.emplace(stats.language, std::move(database));
      }
    }
    if (any) all_.emplace(stats.language, std::move(all));
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

std::vector<const ForwardIndex*> OpenCorpus::ForwardIndexes(
    const std::string& language, Audience audience) const {
  std::vector<const ForwardIndex*> indexes;
  const auto shards = shards_.find(language);
  if (shards == shards_.end()) return indexes;
  for (const Audience shard : shards->second) {
    if (audience == Audience::kPublic && shard == Audience::kAgent) continue;
    const auto found = snapshot_->forward_indexes.find({language, shard});
    indexes.push_back(found == snapshot_->forward_indexes.end()
                          ? nullptr
                          : found->second.get());
  }
  return indexes;
}

Vocabulary OpenCorpus::VocabularyOf(const std::string& language,
                                    Audience audience) const {
  return Vocabulary(PartsOf(snapshot_->vocabularies, language, audience));
}

std::vector<std::shared_ptr<const ShardRescue>> OpenCorpus::RescueOf(
    const std::string& language, Audience audience) const {
  return PartsOf(snapshot_->rescues, language, audience);
}

std::vector<std::shared_ptr<const CompletionShard>> OpenCorpus::CompletionOf(
    const std::string& language, Audience audience) const {
  return PartsOf(snapshot_->completions, language, audience);
}

}  // namespace kbsearch::engine
