// Files of a data folder with any bytes in them: they are refused by name, or
// what is read of them holds.
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/match.h"
#include "engine/completion/title_index.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/generations/pushed_articles.h"
#include "engine/index/article_ledger.h"
#include "engine/index/vocabulary.h"
#include "engine/live/change_log.h"
#include "engine/query/phrase.h"
#include "engine/query/query_words.h"
#include "engine/ranking/document_match.h"
#include "engine/ranking/forward_index.h"
#include "engine/rescue/delete_index.h"
#include "engine/rescue/sound_index.h"
#include "tests/fuzz/engine/engine_targets.h"
#include "tests/fuzz/fuzz_target.h"

namespace kbsearch::fuzz {
namespace {

namespace fs = std::filesystem;
using Bytes = std::string_view;

constexpr char kCorpus[] = "kb";

void RequireNamed(const absl::Status& status, std::string_view name) {
  Require(status.ok() ||
              absl::StrContains(status.message(),
                                absl::string_view(name.data(), name.size())),
          "an error names the file");
}

// Writes the file and gives its path.
std::string Put(const std::string& name, Bytes bytes) {
  const std::string path = TemporaryFolder() + "/" + name;
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  return path;
}

// Side files are made of a vocabulary: its size is a number before their bytes.
size_t TakeSize(Bytes* bytes) {
  if (bytes->empty()) return 0;
  const auto size = static_cast<unsigned char>(bytes->front());
  bytes->remove_prefix(1);
  return size;
}

void FuzzManifest(Bytes bytes) {
  Put("manifest.json", bytes);
  const auto manifest = engine::ReadManifest(TemporaryFolder());
  RequireNamed(manifest.status(), "manifest");
}

void FuzzCurrent(Bytes bytes) {
  const std::string data = TemporaryFolder() + "/current";
  fs::create_directories(engine::CorpusFolder(data, kCorpus));
  Put("current/corpora/kb/CURRENT", bytes);
  RequireNamed(engine::ReadCurrent(data, kCorpus).status(), "CURRENT");
}

void FuzzLedger(Bytes bytes) {
  Put("articles.tsv", bytes);
  const auto ledger = engine::ReadLedger(TemporaryFolder());
  RequireNamed(ledger.status(), "articles.tsv");
  if (!ledger.ok()) return;
  Require(engine::WriteLedger(TemporaryFolder(), *ledger).ok(),
          "it is written");
  const auto again = engine::ReadLedger(TemporaryFolder());
  Require(again.ok() && again->size() == ledger->size(),
          "a ledger says the same again");
}

void FuzzPushed(Bytes bytes) {
  Put("pushed.tsv", bytes);
  const auto pushed = engine::ReadPushedArticles(TemporaryFolder());
  RequireNamed(pushed.status(), "pushed.tsv");
  if (!pushed.ok()) return;
  Require(engine::WritePushedArticles(TemporaryFolder(), *pushed).ok(),
          "it is written");
  const auto again = engine::ReadPushedArticles(TemporaryFolder());
  Require(again.ok() && again->size() == pushed->size(),
          "pushed articles say the same again");
}

void FuzzChecksums(Bytes bytes) {
  Put("checksums.tsv", bytes);
  (void)engine::CheckFilesAreThere(TemporaryFolder());
}

// Changes are read up to the damage, and more can be appended where the log
// ends.
void FuzzChangeLog(Bytes bytes) {
  const std::string data = TemporaryFolder() + "/log";
  const std::string folder = engine::ChangesFolder(data, kCorpus);
  fs::remove_all(folder);
  fs::create_directories(folder);
  Put("log/corpora/kb/changes/00000000000000000001.log", bytes);
  engine::ChangeReader reader(data, kCorpus, 0);
  uint64_t last = 0;
  while (true) {
    const auto changes = reader.Next(3);
    RequireNamed(changes.status(), ".log");
    if (!changes.ok() || changes->empty()) break;
    for (const engine::Change& change : *changes) {
      Require(change.number > last, "changes are in order");
      last = change.number;
    }
  }
  std::vector<engine::Change> more(1);
  more[0].is_delete = true;
  more[0].article.id = "a";
  const auto number = engine::ChangeLog(data, kCorpus).Append(&more);
  RequireNamed(number.status(), ".log");
  if (!number.ok()) return;
  const auto found = engine::ChangeReader(data, kCorpus, *number - 1).Next(9);
  Require(found.ok() && found->size() == 1 && found->front().number == *number,
          "what was appended is read");
}

void FuzzVocabulary(Bytes bytes) {
  const auto shard =
      engine::ShardVocabulary::Open(Put("vocabulary.bin", bytes));
  if (bytes.empty()) return;
  RequireNamed(shard.status(), "vocabulary.bin");
  if (!shard.ok()) return;
  size_t letters = 0;
  for (size_t id = 0; id < (*shard)->size(); ++id) {
    const engine::VocabularyWord word = (*shard)->at(id);
    for (const char c : word.word) letters += static_cast<unsigned char>(c);
    for (const char c : word.display) letters += static_cast<unsigned char>(c);
    letters += (*shard)->usefulness(id);
  }
  const engine::Vocabulary vocabulary({*shard, *shard});
  (void)vocabulary.Find("printer");
  (void)vocabulary.Complete("p", 5);
  Require(letters != 1, "every byte was read");
}

void FuzzTitles(Bytes bytes) {
  const size_t words = TakeSize(&bytes);
  const auto index = engine::TitleIndex::Open(Put("titles.bin", bytes), words);
  RequireNamed(index.status(), "titles.bin");
  if (!index.ok()) return;
  const engine::TitleIndex& titles = **index;
  size_t read = 0;
  for (uint32_t title = 0; title < titles.size(); ++title) {
    const engine::TitleWords found = titles.words(title);
    for (size_t i = 0; i < found.size(); ++i) {
      read += titles.text(title)
                  .substr(found.begins[i], found.ends[i] - found.begins[i])
                  .size();
      Require(found.ids[i] < words, "words are the vocabulary's");
    }
    read +=
        titles.hit_id(title).size() + (found.size() > 0 ? found.marks[0] : 0);
  }
  for (size_t word = 0; word < words; ++word) {
    for (const uint32_t title : titles.TitlesWith(word, words)) {
      Require(title < titles.size(), "titles are there");
    }
  }
  (void)titles.WordsOfLemma("printer");
  Require(read != 1, "every byte was read");
}

void FuzzForward(Bytes bytes) {
  const auto index = engine::ForwardIndex::Open(Put("forward.bin", bytes));
  if (bytes.empty()) return;
  RequireNamed(index.status(), "forward.bin");
  if (!index.ok()) return;
  static auto* const analyzer = SharedRegistry()->NewAnalyzer("en").release();
  static const auto* const query = new engine::QueryWords(
      engine::AnalyzeQuery("printer paper wi-fi", *analyzer));
  static const auto* const phrase =
      new engine::Phrase(engine::MakePhrase("printer paper", *analyzer));
  engine::QueryMatcher matcher(*query, **index);
  const engine::PhraseMatcher phrases(*phrase, **index);
  engine::DocumentMatch match;
  for (const uint32_t document : (*index)->documents()) {
    matcher.Match((*index)->Find(document), &match);
    for (const engine::Occurrence& occurrence : match.occurrences) {
      Require(occurrence.block < match.blocks.size(), "the block is there");
      Require(occurrence.word < query->words.size(), "the word is there");
    }
    (void)phrases.StandsIn((*index)->Find(document), false);
  }
  (void)(*index)->TermsOfWords();
}

void FuzzSounds(Bytes bytes) {
  const size_t words = TakeSize(&bytes);
  const auto index = engine::SoundIndex::Open(Put("sounds.bin", bytes), words);
  RequireNamed(index.status(), "sounds.bin");
  if (!index.ok()) return;
  std::vector<uint32_t> ids;
  (*index)->Find("printer", &ids);
  (*index)->FindBeginning("p", 50, &ids);
  (*index)->FindForms("printer", *SharedRegistry()->spelling().Of("nl").sounds,
                      &ids);
  for (const uint32_t id : ids) Require(id < words, "the word is there");
}

void FuzzDeletes(Bytes bytes) {
  const size_t words = TakeSize(&bytes);
  const auto index =
      engine::DeleteIndex::Open(Put("deletes.bin", bytes), words);
  RequireNamed(index.status(), "deletes.bin");
  if (!index.ok()) return;
  for (const uint32_t id : (*index)->Find(U"printr")) {
    Require(id < words, "the word is there");
  }
}

}  // namespace

const std::string& TemporaryFolder() {
  static const std::string path = [] {
    std::string pattern =
        (fs::temp_directory_path() / "kbsearch-fuzz-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      std::cerr << "cannot make the folder " << pattern << "\n";
      std::exit(2);
    }
    return pattern;
  }();
  static const bool removes = std::atexit([] {
                                std::error_code ignored;
                                fs::remove_all(TemporaryFolder(), ignored);
                              }) == 0;
  (void)removes;
  return path;
}

std::vector<Target> FileTargets() {
  return {
      {"file.manifest", FuzzManifest},     {"file.current", FuzzCurrent},
      {"file.ledger", FuzzLedger},         {"file.pushed", FuzzPushed},
      {"file.checksums", FuzzChecksums},   {"file.change_log", FuzzChangeLog},
      {"file.vocabulary", FuzzVocabulary}, {"file.titles", FuzzTitles},
      {"file.forward", FuzzForward},       {"file.sounds", FuzzSounds},
      {"file.deletes", FuzzDeletes}};
}

}  // namespace kbsearch::fuzz
