#include "engine/index/shard_writer.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "engine/completion/title_index.h"
#include "engine/generations/generations.h"
#include "engine/index/document_record.h"
#include "engine/index/schema.h"
#include "engine/index/vocabulary.h"
#include "engine/rescue/shard_rescue.h"

namespace kbsearch::engine {
namespace {

namespace fs = std::filesystem;

// Postings held in memory before they are written. Xapian counts articles
// (10,000), which says nothing of their size; and many writers are open.
constexpr uint64_t kMaxPostings = 400'000;

// Nobody reads the generation before it is published, and a crash throws it
// away: changes may be made in place, and are synced once at the end.
constexpr int kFlags =
    Xapian::DB_BACKEND_GLASS | Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC;

// The words of the documents that a copied shard has been given.
std::string AddedWordsPath(const std::string& folder) {
  return folder + "/forward-added.bin";
}

// Which document numbers are taken.
std::vector<bool> DocumentsOf(const Xapian::Database& database) {
  std::vector<bool> held(database.get_lastdocid() + 1);
  for (auto it = database.postlist_begin(""); it != database.postlist_end("");
       ++it) {
    held[*it] = true;
  }
  return held;
}

// How often each spelling was seen, as far as the vocabulary of a shard tells:
// all the documents of a word with its commonest spelling.
SpellingCounts SpellingsOf(const std::string& shard_folder) {
  SpellingCounts counts;
  const auto vocabulary = ShardVocabulary::Open(VocabularyPath(shard_folder));
  if (!vocabulary.ok()) return counts;
  for (size_t i = 0; i < (*vocabulary)->size(); ++i) {
    const VocabularyWord word = (*vocabulary)->at(i);
    if (!word.is_written) continue;
    counts.Add(word.word, word.display, word.documents);
  }
  return counts;
}

absl::Status WriteSideFiles(const std::string& folder,
                            const SpellingCounts& spellings,
                            const analyzers::LanguageSpelling& spelling,
                            analyzers::Analyzer& analyzer) {
  absl::Status status = WriteShardVocabulary(folder, spellings);
  if (status.ok()) status = WriteShardRescueFiles(folder, spelling);
  if (status.ok()) status = WriteShardTitles(folder, analyzer);
  return status;
}

}  // namespace

ShardWriter::ShardWriter(Options options, const analyzers::Registry& registry)
    : options_(std::move(options)),
      own_analyzer_(registry.NewAnalyzer(options_.language)),
      analyzer_(*own_analyzer_),
      spelling_(registry.spelling().Of(options_.language)) {
  stats_.language = options_.language;
}

ShardWriter::ShardWriter(Options options, const analyzers::Registry& registry,
                         analyzers::Analyzer& analyzer)
    : options_(std::move(options)),
      analyzer_(analyzer),
      spelling_(registry.spelling().Of(options_.language)) {
  stats_.language = options_.language;
}

void ShardWriter::AddKnown(const std::string& id, const LedgerEntry& entry) {
  entries_of_[id] = {entry.audience, entry.entries};
  ++stats_.articles;
  if (entry.audience == Audience::kPublic) ++stats_.public_articles;
  stats_.entries += entry.entries;
}

void ShardWriter::AddArticle(const Article& article) {
  Delete(article.id);
  entries_of_[article.id] = {article.audience, article.entries.size()};
  ++stats_.articles;
  if (article.audience == Audience::kPublic) ++stats_.public_articles;
  stats_.entries += article.entries.size();

  Shard& shard = ShardOf(article.audience);
  for (const IndexDocument& document :
       MakeIndexDocuments(article, analyzer_, &shard.spellings)) {
    Add(document, shard);
  }
}

void ShardWriter::Delete(const std::string& id) {
  const auto known = entries_of_.find(id);
  if (known == entries_of_.end()) return;
  Remove(id, known->second);
  entries_of_.erase(known);
}

void ShardWriter::AddForeignPart(const ForeignPart& part) {
  DeleteForeignPart(part.article.id, part.article.language);
  Shard& shard = ShardOf(part.article.audience);
  Add(MakeForeignPartDocument(part, analyzer_, &shard.spellings), shard);
}

void ShardWriter::DeleteForeignPart(const std::string& id,
                                    const std::string& language) {
  const std::string term = DocumentTerm(id, language);
  for (const Audience audience : {Audience::kPublic, Audience::kAgent}) {
    Shard& shard = shards_.at(static_cast<size_t>(audience));
    const std::string base = BaseFolderOf(audience);
    // A database is not copied for a part that it does not hold.
    if (shard.database == nullptr &&
        (base.empty() || !Xapian::Database(base).term_exists(term))) {
      continue;
    }
    ShardOf(audience).database->delete_document(term);
  }
}

absl::StatusOr<Article> ShardWriter::ReadBaseArticle(const std::string& id,
                                                     Audience audience) const {
  const std::string folder = BaseFolderOf(audience);
  if (folder.empty()) return absl::NotFoundError(id);
  const Xapian::Database base(folder);
  const std::string term = DocumentTerm(id, options_.language);
  const Xapian::PostingIterator found = base.postlist_begin(term);
  if (found == base.postlist_end(term)) return absl::NotFoundError(id);
  absl::StatusOr<StoredDocument> stored = ReadDocumentRecord(base, *found);
  if (!stored.ok()) return stored.status();
  return std::move(stored->article);
}

absl::Status ShardWriter::Finish() {
  for (const Audience audience : {Audience::kPublic, Audience::kAgent}) {
    Shard& shard = shards_.at(static_cast<size_t>(audience));
    if (shard.database == nullptr) {
      const absl::Status copied = CopyBase(audience);
      if (!copied.ok()) return copied;
      continue;
    }
    shard.database->commit();
    absl::Status status = WriteWords(audience, *shard.database);
    if (status.ok()) {
      shard.database->close();
      status = WriteSideFiles(FolderOf(audience), shard.spellings, spelling_,
                              analyzer_);
    }
    if (!status.ok()) return status;
    shard = Shard();
  }
  return absl::OkStatus();
}

absl::Status ShardWriter::FinishPart(std::array<SpellingCounts, 2>* spellings) {
  for (size_t i = 0; i < shards_.size(); ++i) {
    Shard& shard = shards_[i];
    if (shard.database == nullptr) continue;
    shard.database->commit();
    shard.database->close();
    const absl::Status written = shard.words->Finish();
    if (!written.ok()) return written;
    spellings->at(i) = std::move(shard.spellings);
    shard = Shard();
  }
  return absl::OkStatus();
}

absl::Status ShardWriter::CopyBase(Audience audience) const {
  const std::string base = BaseFolderOf(audience);
  if (base.empty()) return absl::OkStatus();
  std::error_code error;
  fs::create_directories(FolderOf(audience), error);
  fs::copy(base, FolderOf(audience), fs::copy_options::recursive, error);
  if (!error) return absl::OkStatus();
  return ErrnoToStatus(error.value(), absl::StrCat("copy ", base));
}

// Closes the forward index: what is left of the base's, then what was added.
absl::Status ShardWriter::WriteWords(Audience audience,
                                     const Xapian::Database& database) {
  Shard& shard = shards_.at(static_cast<size_t>(audience));
  absl::Status status = shard.words->Finish();
  const std::string base = BaseFolderOf(audience);
  if (!status.ok() || base.empty()) return status;
  const std::vector<bool> held = DocumentsOf(database);
  const auto kept = [&held](uint32_t document) {
    return document < held.size() && held[document] ? document : 0;
  };
  const std::string added = AddedWordsPath(FolderOf(audience));
  ForwardWriter whole(ForwardIndexPath(FolderOf(audience)));
  for (const std::string& path : {ForwardIndexPath(base), added}) {
    const auto index = ForwardIndex::Open(path);
    if (!index.ok()) return index.status();
    whole.AddAll(**index, kept);
  }
  std::error_code ignored;
  fs::remove(added, ignored);
  return whole.Finish();
}

std::string PartFolder(const std::string& folder, Audience audience) {
  return absl::StrCat(folder, "-", std::string(AudienceName(audience)));
}

std::string ShardWriter::FolderOf(Audience audience) const {
  if (options_.is_part) return PartFolder(options_.folder, audience);
  return ShardFolder(options_.folder, options_.language, audience);
}

std::string ShardWriter::BaseFolderOf(Audience audience) const {
  if (options_.base_folder.empty()) return "";
  std::string folder =
      ShardFolder(options_.base_folder, options_.language, audience);
  std::error_code ignored;
  return fs::exists(folder, ignored) ? folder : "";
}

ShardWriter::Shard& ShardWriter::ShardOf(Audience audience) {
  Shard& shard = shards_.at(static_cast<size_t>(audience));
  if (shard.database == nullptr) {
    const std::string folder = FolderOf(audience);
    const std::string base = BaseFolderOf(audience);
    fs::create_directories(folder);
    if (!base.empty()) {
      fs::copy(base, folder, fs::copy_options::recursive);
      shard.spellings = SpellingsOf(base);
    }
    shard.database = std::make_unique<Xapian::WritableDatabase>(
        folder, Xapian::DB_CREATE_OR_OPEN | kFlags);
    shard.words = std::make_unique<ForwardWriter>(
        base.empty() ? ForwardIndexPath(folder) : AddedWordsPath(folder));
  }
  return shard;
}

void ShardWriter::Add(const IndexDocument& document, Shard& shard) {
  shard.words->Add(shard.database->add_document(document.document),
                   document.words);
  shard.postings += document.document.termlist_count();
  if (shard.postings > kMaxPostings) {
    shard.database->commit();
    shard.postings = 0;
  }
}

void ShardWriter::Remove(const std::string& id, const Known& known) {
  ShardOf(known.audience)
      .database->delete_document(BooleanTerm(kArticlePrefix, id));
  --stats_.articles;
  if (known.audience == Audience::kPublic) --stats_.public_articles;
  stats_.entries -= known.entries;
}

absl::Status MergeDatabases(const std::vector<std::string>& parts,
                            const std::string& folder) {
  fs::create_directories(fs::path(folder).parent_path());
  if (parts.size() == 1) {
    fs::rename(parts.front(), folder);
    return absl::OkStatus();
  }
  Xapian::Database merged;
  for (const std::string& part : parts) {
    merged.add_database(Xapian::Database(part));
  }
  merged.compact(folder);
  const Xapian::Database database(folder);
  // Merging keeps the order of documents, whatever numbers it gives them.
  ForwardWriter words(ForwardIndexPath(folder));
  Xapian::PostingIterator here = database.postlist_begin("");
  for (const std::string& part : parts) {
    const auto index = ForwardIndex::Open(ForwardIndexPath(part));
    if (!index.ok()) return index.status();
    const std::vector<bool> held = DocumentsOf(Xapian::Database(part));
    words.AddAll(**index, [&](uint32_t document) {
      if (document >= held.size() || !held[document]) return uint32_t{0};
      const uint32_t number = *here;
      ++here;
      return number;
    });
  }
  for (const std::string& part : parts) fs::remove_all(part);
  return words.Finish();
}

absl::Status WriteShardVocabulary(const std::string& folder,
                                  const SpellingCounts& spellings) {
  return WriteVocabulary(Xapian::Database(folder), spellings,
                         VocabularyPath(folder));
}

absl::Status WriteShardRescueFiles(
    const std::string& folder, const analyzers::LanguageSpelling& spelling) {
  const auto vocabulary = ShardVocabulary::Open(VocabularyPath(folder));
  if (!vocabulary.ok()) return vocabulary.status();
  return WriteShardRescue(folder, **vocabulary, spelling);
}

absl::Status WriteShardTitles(const std::string& folder,
                              analyzers::Analyzer& analyzer) {
  const auto vocabulary = ShardVocabulary::Open(VocabularyPath(folder));
  if (!vocabulary.ok()) return vocabulary.status();
  return WriteTitleIndex(Xapian::Database(folder), **vocabulary, analyzer,
                         TitleIndexPath(folder));
}

void DeleteArticles(const std::string& shard_folder,
                    const std::vector<std::string>& ids) {
  Xapian::WritableDatabase database(shard_folder, Xapian::DB_OPEN | kFlags);
  for (const std::string& id : ids) {
    database.delete_document(BooleanTerm(kArticlePrefix, id));
  }
  database.commit();
}

}  // namespace kbsearch::engine
