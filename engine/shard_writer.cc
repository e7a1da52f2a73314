#include "engine/shard_writer.h"

#include <filesystem>
#include <utility>

#include "engine/generations.h"
#include "engine/rescue/shard_rescue.h"
#include "engine/schema.h"
#include "engine/vocabulary.h"

namespace kbsearch::engine {

ShardWriter::ShardWriter(std::string generation_folder, std::string language,
                         const analyzers::Registry& registry)
    : generation_folder_(std::move(generation_folder)),
      analyzer_(registry.NewAnalyzer(language)),
      spelling_(registry.spelling().Of(language)) {
  stats_.language = std::move(language);
}

void ShardWriter::AddArticle(const Article& article) {
  const auto known = entries_of_.find(article.id);
  if (known != entries_of_.end()) Remove(article.id, known->second);
  entries_of_[article.id] = {article.audience, article.entries.size()};
  ++stats_.articles;
  if (article.audience == Audience::kPublic) ++stats_.public_articles;
  stats_.entries += article.entries.size();

  Shard& shard = ShardOf(article.audience);
  for (const IndexDocument& document :
       MakeIndexDocuments(article, *analyzer_, &shard.spellings)) {
    Add(document, &shard);
  }
}

void ShardWriter::AddForeignPart(const ForeignPart& part) {
  Shard& shard = ShardOf(part.article.audience);
  Add(MakeForeignPartDocument(part, *analyzer_, &shard.spellings), &shard);
}

void ShardWriter::Add(const IndexDocument& document, Shard* shard) {
  shard->words->Add(shard->database->add_document(document.document),
                    document.words);
}

absl::Status ShardWriter::Finish() {
  for (const Audience audience : {Audience::kPublic, Audience::kAgent}) {
    Shard& shard = shards_.at(static_cast<size_t>(audience));
    if (shard.database == nullptr) continue;
    for (const auto& [exact, spellings] : shard.spellings) {
      const std::string& best = CommonestSpelling(spellings);
      if (best == exact) continue;  // shown as it is
      shard.database->set_metadata(TextTerm(kDisplayKey, exact), best);
    }
    shard.database->commit();
    const absl::Status written = WriteSideFiles(
        ShardFolder(generation_folder_, stats_.language, audience),
        *shard.database, shard.spellings);
    if (!written.ok()) return written;
    const absl::Status words = shard.words->Finish();
    if (!words.ok()) return words;
    shard.words.reset();
    shard.database->close();
    shard.database.reset();
    shard.spellings.clear();
  }
  return absl::OkStatus();
}

absl::Status ShardWriter::WriteSideFiles(const std::string& folder,
                                         const Xapian::Database& database,
                                         const SpellingCounts& spellings) {
  const absl::Status written =
      WriteVocabulary(database, spellings, VocabularyPath(folder));
  if (!written.ok()) return written;
  const auto vocabulary = ShardVocabulary::Open(VocabularyPath(folder));
  if (!vocabulary.ok()) return vocabulary.status();
  return WriteShardRescue(folder, **vocabulary, spelling_);
}

ShardWriter::Shard& ShardWriter::ShardOf(Audience audience) {
  Shard& shard = shards_.at(static_cast<size_t>(audience));
  if (shard.database == nullptr) {
    const std::string folder =
        ShardFolder(generation_folder_, stats_.language, audience);
    std::filesystem::create_directories(folder);
    // Nobody reads the generation before it is published, and a crash throws it
    // away: changes may be made in place, and are synced once at the end.
    shard.database = std::make_unique<Xapian::WritableDatabase>(
        folder, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS |
                    Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC);
    shard.words = std::make_unique<ForwardWriter>(ForwardIndexPath(folder));
  }
  return shard;
}

void ShardWriter::Remove(const std::string& id, const Known& known) {
  ShardOf(known.audience)
      .database->delete_document(BooleanTerm(kArticlePrefix, id));
  --stats_.articles;
  if (known.audience == Audience::kPublic) --stats_.public_articles;
  stats_.entries -= known.entries;
}

}  // namespace kbsearch::engine
