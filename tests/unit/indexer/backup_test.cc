// Backups: of every form, damaged in every way, restored.
#include "indexer/backup/backup.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <filesystem>
#include <random>
#include <thread>

#include "base/file.h"
#include "engine/generations/generation_files.h"
#include "engine/generations/generations.h"
#include "engine/generations/held_corpus.h"
#include "engine/live/change_log.h"
#include "indexer/backup/backup_target.h"
#include "indexer/backup/restore.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;
using engine::MakeArticle;
using testing::HasSubstr;

struct Text {
  const char* language;
  const char* title;
  const char* query;
};
constexpr Text kTexts[] = {{"el", "Επιστροφή χρημάτων", "επιστροφές"},
                           {"en", "Returning purchases", "returned purchase"},
                           {"fr", "Remboursements", "remboursement"},
                           {"nl", "Terugbetalingen", "terugbetaling"},
                           {"ru", "Возврат денег", "возвраты"}};

class BackupTest : public testing::Test {
 protected:
  BackupTest() : data_(folder_.path() + "/data") {
    std::vector<engine::Article> articles;
    for (const Text& text : kTexts) {
      articles.push_back(
          MakeArticle("a", text.language, text.title, text.title));
      articles.push_back(MakeArticle("b", text.language, "PDF", text.title));
    }
    engine::Build(data_, articles);
    std::vector<engine::Change> changes(2);
    changes[0].article = MakeArticle("c", "en", "Purchases, late", "Late.");
    changes[1].is_delete = true;
    changes[1].article.id = "b";
    EXPECT_TRUE(engine::ChangeLog(data_, "kb").Append(&changes).ok());
    EXPECT_TRUE(WriteFileAtomically(data_ + "/corpora/kb/synonyms.en.json",
                                    "{\"synonyms\":[]}\n")
                    .ok());
  }

  // Everything that a few searches tell.
  static std::string Answers(const std::string& data) {
    const auto library = engine::Library::Open(data, engine::TestRegistry());
    EXPECT_TRUE(library.ok()) << library.status();
    if (!library.ok()) return "";
    std::string text;
    for (const Text& each : kTexts) {
      engine::SearchQuery query;
      query.corpus = "kb";
      query.text = each.query;
      query.languages = {each.language};
      const auto result = (*library)->NewSearcher()->Search(query);
      EXPECT_TRUE(result.ok()) << result.status();
      text += std::to_string(result->generation) + each.language;
      for (const auto& hit : result->hits) {
        text += " " + hit.article_id + " " + std::to_string(hit.score);
      }
      text += "\n";
    }
    return text;
  }

  std::string Path(const std::string& name) const {
    return folder_.path() + "/" + name;
  }
  void BackUp(const std::string& to, const std::string& corpus = "") const {
    const auto done = WriteBackup({data_, corpus, to});
    ASSERT_TRUE(done.ok()) << done.status();
  }
  absl::Status Restore(const std::string& from, const std::string& to,
                       const std::string& corpus = "") const {
    return RestoreBackup({from, to, corpus}).status();
  }
  static std::string Read(const std::string& path) {
    const auto text = ReadFile(path);
    EXPECT_TRUE(text.ok()) << text.status();
    return *text;
  }
  static void Write(const std::string& path, const std::string& bytes) {
    ASSERT_TRUE(WriteFileAtomically(path, bytes).ok());
  }

  const engine::TemporaryFolder folder_;
  const std::string data_;
};

TEST_F(BackupTest, SaysThatWhatItCopiedIsDamaged) {
  const auto sound = WriteBackup({data_, "", Path("sound.tar")});
  ASSERT_TRUE(sound.ok()) << sound.status();
  EXPECT_TRUE(sound->damaged.empty());
  const std::string file =
      engine::GenerationFolder(data_, "kb", 1) + "/fr/public/postlist.glass";
  std::string bytes = Read(file);
  bytes[bytes.size() / 2] ^= 0x20;
  Write(file, bytes);
  const auto damaged = WriteBackup({data_, "", Path("damaged.tar")});
  ASSERT_TRUE(damaged.ok()) << damaged.status();
  ASSERT_EQ(damaged->damaged.size(), 1u);
  EXPECT_THAT(damaged->damaged[0], HasSubstr("fr/public/postlist.glass"));
}

class BackupFormTest : public BackupTest,
                       public testing::WithParamInterface<const char*> {
 protected:
  // An operator's own files; the last is too long for a tar's header, and not
  // in UTF-8.
  static std::vector<std::string> Names() {
    std::string name;
    while (name.size() < 150) name += "Σημειώσεις ";
    return {"Σημειώσεις.txt", "à faire.txt", "заметки.txt", name + "\xe9.txt"};
  }
};

TEST_P(BackupFormTest, WhatIsRestoredAnswersTheSame) {
  const std::string backup = Path(GetParam());
  for (const std::string& name : Names()) {
    Write(data_ + "/corpora/kb/" + name, name);
  }
  BackUp(backup);
  EXPECT_FALSE(fs::exists(backup + ".part"));
  ASSERT_TRUE(Restore(backup, Path("new/data")).ok());
  EXPECT_EQ(Answers(Path("new/data")), Answers(data_));
  const auto verified =
      engine::VerifyGeneration(Path("new/data/corpora/kb/generations/1"));
  ASSERT_TRUE(verified.ok());
  EXPECT_THAT(verified->problems, testing::IsEmpty());
  EXPECT_EQ(Read(Path("new/data/corpora/kb/synonyms.en.json")),
            "{\"synonyms\":[]}\n");
  for (const std::string& name : Names()) {
    EXPECT_EQ(Read(Path("new/data/corpora/kb/" + name)), name);
  }
  // And goes on: numbers of changes are not given twice.
  std::vector<engine::Change> changes(1);
  changes[0].article = MakeArticle("d", "en", "Later purchase", "Later.");
  const auto number =
      engine::ChangeLog(Path("new/data"), "kb").Append(&changes);
  ASSERT_TRUE(number.ok());
  EXPECT_EQ(*number, 3u);
  const absl::Status again = WriteBackup({data_, "", backup}).status();
  EXPECT_EQ(again.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(again.message(), HasSubstr(backup));
}

INSTANTIATE_TEST_SUITE_P(Forms, BackupFormTest,
                         testing::Values("folder", "a.tar", "a.tgz", "a.tar.gz",
                                         "a.tar.zst"));

TEST_F(BackupTest, WhatIsInTheWayIsNamed) {
  BackUp(Path("b.tar"));
  fs::create_directories(Path("used"));
  Write(Path("used/notes.txt"), "mine");
  const absl::Status used = Restore(Path("b.tar"), Path("used"));
  EXPECT_EQ(used.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(used.message(), HasSubstr(Path("used")));
  EXPECT_THAT(used.message(), HasSubstr("notes.txt"));
  // One corpus beside others, once.
  ASSERT_TRUE(Restore(Path("b.tar"), Path("used"), "kb").ok());
  EXPECT_EQ(Answers(Path("used")), Answers(data_));
  const absl::Status twice = Restore(Path("b.tar"), Path("used"), "kb");
  EXPECT_EQ(twice.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(twice.message(), HasSubstr("corpora/kb"));
  EXPECT_EQ(Restore(Path("b.tar"), Path("other"), "none").code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Restore(Path("none.tar"), Path("other")).code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(WriteBackup({data_, "none", Path("c.tar")}).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(WriteBackup({Path("nowhere"), "", Path("c.tar")}).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_FALSE(fs::exists(Path("other")));
  EXPECT_EQ(WriteBackup({data_, "", Path("no/such/c.tar")}).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(BackupTest, ANameThatTheListCannotHoldIsRefused) {
  Write(data_ + "/corpora/kb/a\tb", "x");
  const absl::Status status = WriteBackup({data_, "", Path("b.tar")}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), HasSubstr("corpora/kb/a\tb"));
  EXPECT_FALSE(fs::exists(Path("b.tar")));
}

TEST_F(BackupTest, WhatAKilledRestoreLeftIsNotInTheWay) {
  BackUp(Path("b.tar"));
  fs::create_directories(Path("new/.restore-4711/corpora/kb"));
  Write(Path("new/.restore-4711/corpora/kb/CURRENT"), "1\n");
  const absl::Status status = Restore(Path("b.tar"), Path("new"));
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_FALSE(fs::exists(Path("new/.restore-4711")));
  EXPECT_EQ(Answers(Path("new")), Answers(data_));
}

// The others are backed up, and what is missing is told.
TEST_F(BackupTest, ACorpusThatIsRemovedMeanwhileIsPassedOver) {
  fs::copy(data_ + "/corpora/kb", data_ + "/corpora/old",
           fs::copy_options::recursive);
  // Keeps the backup waiting for the events, after it has listed the corpora.
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((data_ + "/events.sqlite").c_str(), &database),
            SQLITE_OK);
  const auto run = [&](const char* sql) {
    ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK)
        << sql;
  };
  run("CREATE TABLE e(n)");
  run("BEGIN EXCLUSIVE");
  absl::StatusOr<BackupSummary> summary;
  std::thread backup([&] {
    summary = WriteBackup({data_, "", Path("b.tar")});
  });
  while (!fs::exists(Path("b.tar.events.part"))) std::this_thread::yield();
  EXPECT_EQ(fs::status(Path("b.tar.events.part")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  fs::remove_all(data_ + "/corpora/old");
  run("COMMIT");
  sqlite3_close(database);
  backup.join();
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_THAT(summary->removed, testing::ElementsAre("old"));
  ASSERT_EQ(summary->corpora.size(), 1u);
  const absl::Status one = Restore(Path("b.tar"), Path("one"), "old");
  EXPECT_TRUE(absl::IsNotFound(one)) << one;
  EXPECT_THAT(one.message(), HasSubstr("take an earlier backup"));
  ASSERT_TRUE(Restore(Path("b.tar"), Path("new")).ok());
  EXPECT_EQ(Answers(Path("new")), Answers(data_));
  EXPECT_FALSE(fs::exists(Path("new/corpora/old")));
}

// A damaged archive is refused by name, or what was damaged did not matter.
class DamageTest : public BackupTest,
                   public testing::WithParamInterface<const char*> {
 protected:
  // True: it was refused.
  bool Try(const std::string& bytes, const std::string& answers) {
    const std::string damaged = Path(std::string("damaged") + GetParam());
    Write(damaged, bytes);
    const absl::Status status = Restore(damaged, Path("restored"));
    if (status.ok()) {
      EXPECT_EQ(Answers(Path("restored")), answers);
      fs::remove_all(Path("restored"));
      return false;
    }
    EXPECT_TRUE(absl::IsDataLoss(status) ||
                absl::IsFailedPrecondition(status) ||
                absl::IsResourceExhausted(status))
        << status;
    if (!absl::IsResourceExhausted(status)) {
      EXPECT_THAT(status.message(), HasSubstr(damaged));
    }
    EXPECT_FALSE(fs::exists(Path("restored")));
    return true;
  }
};

TEST_P(DamageTest, ATruncatedArchiveIsNamed) {
  const std::string backup = Path(std::string("whole") + GetParam());
  BackUp(backup);
  const std::string whole = Read(backup);
  const std::string answers = Answers(data_);
  for (int i = 0; i < 24; ++i) {
    // The last blocks of a tar are zeros: nothing is lost with them.
    const size_t size = whole.size() * static_cast<size_t>(i) / 24;
    EXPECT_TRUE(Try(whole.substr(0, size), answers)) << size;
  }
}

TEST_P(DamageTest, AFlippedBitIsNamed) {
  const std::string backup = Path(std::string("whole") + GetParam());
  BackUp(backup);
  const std::string whole = Read(backup);
  const std::string answers = Answers(data_);
  std::minstd_rand random(5);
  int refused = 0;
  for (int i = 0; i < 60; ++i) {
    std::string bytes = whole;
    bytes[random() % bytes.size()] ^= static_cast<char>(1 << (random() % 8));
    refused += Try(bytes, answers) ? 1 : 0;
  }
  // Fill bytes between the files of a tar are not looked at.
  EXPECT_GT(refused, 40);
}

INSTANTIATE_TEST_SUITE_P(Archives, DamageTest,
                         testing::Values(".tar", ".tar.gz", ".tar.zst"));

TEST_F(BackupTest, AFolderThatLostOrChangedAFileIsNamed) {
  BackUp(Path("folder"));
  const std::string file =
      Path("folder/corpora/kb/generations/1/el/public/postlist.glass");
  const std::string bytes = Read(file);
  Write(file, bytes + "x");
  absl::Status status = Restore(Path("folder"), Path("restored"));
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr("el/public/postlist.glass holds"));
  fs::remove(file);
  status = Restore(Path("folder"), Path("restored"));
  EXPECT_THAT(status.message(),
              HasSubstr("el/public/postlist.glass is missing"));
  Write(file, bytes);
  Write(Path("folder/corpora/kb/more"), "x");
  status = Restore(Path("folder"), Path("restored"));
  EXPECT_THAT(status.message(), HasSubstr("more does not belong there"));
  fs::remove(Path("folder/corpora/kb/more"));
  EXPECT_TRUE(Restore(Path("folder"), Path("restored")).ok());
}

struct Member {
  std::string name;
  std::string content;
};

void WriteArchive(const std::string& path, const std::vector<Member>& members) {
  archive* const writer = archive_write_new();
  archive_write_set_format_pax_restricted(writer);
  ASSERT_EQ(archive_write_open_filename(writer, path.c_str()), ARCHIVE_OK);
  for (const auto& [name, content] : members) {
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, name == "link" ? AE_IFLNK : AE_IFREG);
    if (name == "link") archive_entry_set_symlink(entry, "/etc/passwd");
    ASSERT_EQ(archive_write_header(writer, entry), ARCHIVE_OK);
    archive_entry_free(entry);
    archive_write_data(writer, content.data(), content.size());
  }
  archive_write_free(writer);
}

// What is written under such a name would be elsewhere.
TEST_F(BackupTest, MembersThatLeadOutOfTheFolderAreRefused) {
  for (const std::string name :
       {"../escaped", "/tmp/escaped", "corpora/../../escaped", "link"}) {
    SCOPED_TRACE(name);
    WriteArchive(Path("strange.tar"), {{name, ""}});
    const absl::Status status = Restore(Path("strange.tar"), Path("restored"));
    EXPECT_TRUE(absl::IsDataLoss(status)) << status;
    EXPECT_THAT(status.message(), HasSubstr("is no file of a backup"));
    EXPECT_FALSE(fs::exists(Path("escaped")));
  }
  Write(Path("text.tar"), "This is no archive.");
  EXPECT_TRUE(absl::IsDataLoss(Restore(Path("text.tar"), Path("restored"))));
}

TEST_F(BackupTest, ArchivesOfOtherMembersAreRefused) {
  const std::string note =
      R"({"format": 1, "corpora": [], "bytes": 0, "made_by": "x"})";
  const std::vector<std::pair<std::vector<Member>, const char*>> cases = {
      {{}, "no backup"},
      {{{"checksums.tsv", ""}}, "no backup"},
      {{{"corpora/kb/CURRENT", "1"}}, "no backup"},
      {{{"backup.json", note}}, "cut off"},
      {{{"backup.json", note}, {"checksums.tsv", ""}}, "does not belong there"},
      {{{"backup.json", note}, {"backup.json", note}}, "backup.json is there"},
      {{{"checksums.tsv", ""}, {"checksums.tsv", ""}},
       "checksums.tsv is there"},
      {{{"backup.json", "{}"}}, "damaged backup.json"}};
  for (const auto& [members, message] : cases) {
    SCOPED_TRACE(message);
    WriteArchive(Path("strange.tar"), members);
    for (const char* const corpus : {"", "kb"}) {
      const absl::Status status =
          Restore(Path("strange.tar"), Path("restored"), corpus);
      EXPECT_FALSE(status.ok());
      if (*corpus != '\0') continue;  // perhaps NotFound
      EXPECT_TRUE(absl::IsDataLoss(status)) << status;
      EXPECT_THAT(status.message(), HasSubstr(message));
    }
    EXPECT_FALSE(fs::exists(Path("restored")));
  }
}

TEST_F(BackupTest, ABackupOfANewerFormatIsRefused) {
  BackUp(Path("folder"));
  std::string note = Read(Path("folder/backup.json"));
  note.replace(note.find("\"format\": 1"), 11, "\"format\": 9");
  Write(Path("folder/backup.json"), note);
  const absl::Status status = Restore(Path("folder"), Path("restored"));
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(status.message(), HasSubstr("backup format 9"));
}

TEST_F(BackupTest, ADamagedCorpusIsNotRestoredAsIfItWereWhole) {
  const std::string file =
      data_ + "/corpora/kb/generations/1/ru/public/postlist.glass";
  std::string bytes = Read(file);
  bytes[bytes.size() / 2] ^= 1;
  Write(file, bytes);
  BackUp(Path("b.tar.zst"));  // copies what there is
  const absl::Status status = Restore(Path("b.tar.zst"), Path("restored"));
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr("ru/public/postlist.glass"));
  EXPECT_THAT(status.message(), HasSubstr("take an earlier backup"));
}

TEST_F(BackupTest, TheEventsGoWithTheWholeFolder) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((data_ + "/events.sqlite").c_str(), &database),
            SQLITE_OK);
  const auto run = [&](const char* sql) {
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK)
        << sql;
  };
  run("PRAGMA journal_mode=wal");
  run("CREATE TABLE e(n)");
  run("INSERT INTO e VALUES(1),(2),(3)");
  run("BEGIN IMMEDIATE; INSERT INTO e VALUES(4)");  // one who is writing
  Write(data_ + "/events.key", "secret");
  BackUp(Path("all.tar"));
  BackUp(Path("one.tar"), "kb");
  run("COMMIT");
  sqlite3_close(database);
  ASSERT_TRUE(Restore(Path("all.tar"), Path("restored")).ok());
  EXPECT_EQ(Read(Path("restored/events.key")), "secret");
  EXPECT_EQ(fs::status(Path("restored/events.key")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_EQ(sqlite3_open(Path("restored/events.sqlite").c_str(), &database),
            SQLITE_OK);
  std::string sum;
  sqlite3_exec(
      database, "SELECT sum(n) FROM e",
      [](void* out, int, char** values, char**) {
        *static_cast<std::string*>(out) = values[0];
        return 0;
      },
      &sum, nullptr);
  sqlite3_close(database);
  EXPECT_EQ(sum, "6");
  ASSERT_TRUE(Restore(Path("one.tar"), Path("one")).ok());
  EXPECT_FALSE(fs::exists(Path("one/events.sqlite")));
}

TEST_F(BackupTest, WhatIsHeldStaysThoughItsGenerationIsRemoved) {
  auto held = engine::HoldCorpus(data_, "kb");
  ASSERT_TRUE(held.ok()) << held.status();
  engine::Build(data_, {MakeArticle("z", "en", "Other", "Other.")});
  engine::RemoveOldGenerations(data_, "kb", 0);
  EXPECT_FALSE(fs::exists(data_ + "/corpora/kb/generations/1"));
  EXPECT_EQ(held->generation, 1u);
  bool has_manifest = false;
  for (const auto& [path, file] : held->files) {
    std::string bytes(file.bytes(), '\0');
    EXPECT_EQ(pread(file.descriptor(), bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
    if (path != "generations/1/manifest.json") continue;
    has_manifest = true;
    EXPECT_THAT(bytes, HasSubstr("\"generation\": 1"));
  }
  EXPECT_TRUE(has_manifest);
}

}  // namespace
}  // namespace kbsearch::indexer
