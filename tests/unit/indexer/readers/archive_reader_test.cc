#include "indexer/readers/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

enum class Packing { kZip, kTarGz };

struct Member {
  std::string name;
  std::string content;
  unsigned type = AE_IFREG;
};

// Packs into memory; the packed bytes are far fewer than `capacity`.
std::string Pack(Packing packing, const std::vector<Member>& members,
                 size_t capacity = 8'000'000) {
  std::string packed(capacity, '\0');
  size_t used = 0;
  archive* writer = archive_write_new();
  if (packing == Packing::kZip) {
    archive_write_set_format_zip(writer);
  } else {
    archive_write_set_format_pax_restricted(writer);
    archive_write_add_filter_gzip(writer);
  }
  archive_write_open_memory(writer, packed.data(), packed.size(), &used);
  for (const Member& member : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_filetype(entry, member.type);
    archive_entry_set_perm(entry, 0644);
    if (member.type == AE_IFLNK) {
      archive_entry_set_symlink(entry, "/etc/passwd");
    } else {
      archive_entry_set_size(entry,
                             static_cast<la_int64_t>(member.content.size()));
    }
    archive_write_header(writer, entry);
    archive_write_data(writer, member.content.data(), member.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  packed.resize(used);
  return packed;
}

TEST(ArchiveReaderTest, ReadsFilesOfEveryFormatAsIfTheyLayInAFolder) {
  for (const Packing packing : {Packing::kZip, Packing::kTarGz}) {
    const CollectingSink sink = ReadBytes(
        Format::kArchive, "a.zip",
        Pack(packing, {{"el/kodikos.txt", "Κωδικός\n\nΑλλάξτε τον σήμερα."},
                       {"./ru/parol.html", "<h1>Пароль</h1><p>Смените.</p>"},
                       {"nl/wachtwoord.md", "# Wachtwoord\n\nWijzig het."},
                       {"fr.jsonl", R"({"id":"mot","language":"fr",)"
                                    R"("title":"Mot","body":"Changez-le."})"},
                       {"en/list.csv", "id,body\npass,Change it.\n"},
                       {".git/x.md", "x"},
                       {"notes.pdf", "x"}}));
    std::vector<std::string> found;
    for (const engine::Article& article : sink.articles) {
      found.push_back(article.language + ":" + article.id);
    }
    EXPECT_THAT(found, ElementsAre("el:kodikos", "ru:parol", "nl:wachtwoord",
                                   "fr:mot", "en:pass"));
    EXPECT_THAT(sink.files.at(0), StartsWith("src/a.zip:el/"));
    EXPECT_THAT(Reasons(sink.items),
                ElementsAre("notice:0 files ending in .pdf skipped"));
  }
}

TEST(ArchiveReaderTest, RefusesLinksAndNamesThatClimb) {
  const CollectingSink sink = ReadBytes(
      Format::kArchive, "a.tgz",
      Pack(Packing::kTarGz,
           {{"../../el/a.txt", "Τίτλος\n\nκείμενο"}, {"b.txt", "", AE_IFLNK}}));
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].id, "a");
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("rejected:0 not a regular file"));
}

TEST(ArchiveReaderTest, StopsABomb) {
  // 300 MB of one letter pack to less than a megabyte.
  std::vector<Member> members;
  for (int i = 0; i < 3; ++i) {
    members.push_back(
        {std::to_string(i) + ".jsonl", std::string(100'000'000, 'x')});
  }
  for (const Packing packing : {Packing::kZip, Packing::kTarGz}) {
    const CollectingSink sink =
        ReadBytes(Format::kArchive, "a.zip", Pack(packing, members));
    EXPECT_THAT(sink.articles, IsEmpty());
    bool told = false;
    for (const ReportItem& item : sink.items) {
      told = told || item.reason == "archive unpacks to too much";
    }
    EXPECT_TRUE(told);
  }
}

TEST(ArchiveReaderTest, ReportsDamage) {
  EXPECT_THAT(Reasons(ReadBytes(Format::kArchive, "a.zip", "no archive").items),
              ElementsAre(testing::HasSubstr("unreadable")));
  std::string cut =
      Pack(Packing::kTarGz, {{"a.txt", "Titre\n\n" + std::string(100'000, 'x')},
                             {"b.txt", "y\n\nz"}});
  cut.resize(cut.size() / 2);
  const CollectingSink sink = ReadBytes(Format::kArchive, "a.tgz", cut);
  EXPECT_THAT(sink.articles, IsEmpty());
  EXPECT_FALSE(sink.items.empty());
}

TEST(ArchiveReaderTest, DoesNotOpenArchivesInArchives) {
  const std::string inner = Pack(Packing::kZip, {{"a.txt", "T\n\nx"}});
  const CollectingSink sink = ReadBytes(
      Format::kArchive, "a.zip", Pack(Packing::kZip, {{"b.zip", inner}}));
  EXPECT_THAT(sink.articles, IsEmpty());
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("notice:0 files ending in .zip skipped"));
}

}  // namespace
}  // namespace kbsearch::indexer
