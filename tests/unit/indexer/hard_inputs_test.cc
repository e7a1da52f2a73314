// Sources that would exhaust memory, hang or crash a careless reader: each ends
// in a line of the report.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "indexer/sources/source_reading.h"
#include "indexer/sources/source_walk.h"
#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Format kFormats[] = {
    Format::kJsonl, Format::kHtml,   Format::kMarkdown,
    Format::kText,  Format::kCsv,    Format::kZendesk,
    Format::kForum, Format::kCanned, Format::kArchive};

// `total` bytes of one pattern, made while they are read.
class EndlessStream : public ByteStream {
 public:
  EndlessStream(std::string pattern, uint64_t total)
      : pattern_(std::move(pattern)), left_(total) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    const size_t count = std::min<uint64_t>(size, left_);
    for (size_t i = 0; i < count; ++i) {
      buffer[i] = pattern_[next_++ % pattern_.size()];
    }
    left_ -= count;
    return count;
  }

 private:
  const std::string pattern_;
  uint64_t left_;
  size_t next_ = 0;
};

CollectingSink ReadEndless(Format format, std::string pattern, uint64_t total) {
  CollectingSink sink;
  const std::unique_ptr<Reader> reader = NewReader(format, TestOptions());
  EXPECT_TRUE(reader
                  ->Read(TestFile("a.txt", format),
                         std::make_unique<EndlessStream>(pattern, total), sink)
                  .ok());
  EXPECT_TRUE(reader->Finish(sink).ok());
  return sink;
}

// Past every bound: 5 MB a document, 50 MB a line, 100 MB of JSON.
void ExpectEndless(const char* pattern) {
  for (const Format format : kFormats) {
    SCOPED_TRACE(FormatName(format));
    const CollectingSink sink = ReadEndless(format, pattern, 120'000'000);
    EXPECT_FALSE(sink.items.empty());
    EXPECT_THAT(sink.articles, IsEmpty());
  }
}

TEST(HardInputsTest, TextWithoutEndEndsInTheReport) {
  ExpectEndless("κείμενο ");
}
TEST(HardInputsTest, ParagraphsWithoutEndEndInTheReport) {
  ExpectEndless("<p>");
}
TEST(HardInputsTest, JsonWithoutEndEndsInTheReport) {
  ExpectEndless("{\"a\":\"");
}
TEST(HardInputsTest, CellsWithoutEndEndInTheReport) { ExpectEndless("\"x\n"); }

TEST(HardInputsTest, NestingOfAHundredThousandLevelsIsNoMatter) {
  const int levels = 100'000;
  const std::pair<const char*, const char*> pairs[] = {
      {"<div>", "</div>"}, {"<b>", "</b>"},  {"<ul><li>", "</li></ul>"},
      {"[", "]"},          {"{\"a\":", "}"}, {"> ", ""},
      {"- ", ""},          {"&amp;", ""},    {"“", "”"}};
  for (const auto& [open, close] : pairs) {
    std::string text;
    for (int i = 0; i < levels; ++i) text += open;
    text += "x";
    for (int i = 0; i < levels; ++i) text += close;
    for (const Format format : kFormats) {
      (void)ReadBytes(format, "a.txt", text);
    }
    (void)ReadBytes(Format::kHtml, "a.html",
                    "<script type='application/ld+json'>" + text + "</script>");
    (void)ReadBytes(Format::kText, "a.txt", "T\n\n{\"@type\": " + text);
  }
}

TEST(HardInputsTest, EntitiesDoNotGrow) {
  // HTML knows no entities but its own: a "billion laughs" page stays itself.
  const CollectingSink sink =
      ReadBytes(Format::kHtml, "a.html",
                "<!DOCTYPE html [<!ENTITY a 'ха'><!ENTITY b '&a;&a;&a;'>]>"
                "<h1>Т</h1><p>&b;&b; &amp;&#1077;</p>");
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_LT(sink.articles[0].blocks.back().text.size(), 40u);
}

class HardFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ =
        fs::path(testing::TempDir()) /
        ("hard_" +
         std::string(
             testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(root_);
    fs::create_directories(root_ / "source");
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& content) {
    std::ofstream(root_ / name) << content;
  }

  // Walks and reads root_/source.
  CollectingSink ReadSource() {
    CollectingSink sink;
    WalkResult found;
    EXPECT_TRUE(WalkSources(
                    {(root_ / "source").string()}, std::nullopt,
                    [&sink](ReportItem item) { sink.Report(std::move(item)); },
                    &found)
                    .ok());
    EXPECT_TRUE(ReadSources(
                    found.files, TestOptions(), sink, [](uint64_t, uint64_t) {},
                    [] { return absl::OkStatus(); })
                    .ok());
    return sink;
  }

  fs::path root_;
};

TEST_F(HardFilesTest, LinksThatLeadOutOrRoundAreReported) {
  Write("source/a.txt", "Titel\n\ntekst");
  Write("secret.txt", "Geheim\n\ntekst");
  fs::create_symlink("../secret.txt", root_ / "source/out.txt");
  fs::create_symlink("..", root_ / "source/up");
  fs::create_symlink(".", root_ / "source/self");
  fs::create_symlink("loop.txt", root_ / "source/loop.txt");
  const CollectingSink sink = ReadSource();
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].title, "Titel");
  std::vector<std::string> reasons = Reasons(sink.items);
  EXPECT_THAT(reasons, testing::UnorderedElementsAre(
                           "rejected:0 link out of the source folder",
                           "rejected:0 link out of the source folder",
                           "notice:0 link to a folder not followed",
                           "rejected:0 broken link"));
}

TEST_F(HardFilesTest, SpecialFilesAreReportedAndNotWaitedFor) {
  ASSERT_EQ(::mkfifo((root_ / "source/pipe.txt").c_str(), 0600), 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = (root_ / "source/s.txt").string();
  if (path.size() < sizeof(address.sun_path)) {
    path.copy(address.sun_path, path.size());
    ASSERT_EQ(
        ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)),
        0);
  }
  fs::create_symlink("/dev/zero", root_ / "source/zero.txt");
  const CollectingSink sink = ReadSource();
  ::close(socket);
  EXPECT_THAT(sink.articles, IsEmpty());
  EXPECT_THAT(Reasons(sink.items), Contains("rejected:0 not a regular file"));
  EXPECT_THAT(Reasons(sink.items),
              Contains("rejected:0 link out of the source folder"));
}

TEST_F(HardFilesTest, UnreadableFilesAreReported) {
  Write("source/a.txt", "Τίτλος\n\nκείμενο");
  Write("source/b.txt", "x");
  fs::permissions(root_ / "source/b.txt", fs::perms::none);
  if (::access((root_ / "source/b.txt").c_str(), R_OK) == 0) {
    GTEST_SKIP() << "this user may read everything";
  }
  const CollectingSink sink = ReadSource();
  EXPECT_THAT(sink.articles, SizeIs(1));
  EXPECT_THAT(Reasons(sink.items), ElementsAre("rejected:0 unreadable file"));
}

TEST_F(HardFilesTest, FilesThatVanishOrChangeTheirSizeAreReported) {
  Write("source/a.txt", "Titre\n\n" + std::string(10'000, 'x'));
  Write("source/b.txt", "Titre\n\ntexte");
  Write("source/c.txt", "Titre\n\ntexte");
  CollectingSink sink;
  WalkResult found;
  ASSERT_TRUE(WalkSources(
                  {(root_ / "source").string()}, std::nullopt,
                  [](ReportItem) {}, &found)
                  .ok());
  fs::resize_file(root_ / "source/a.txt", 100);
  fs::remove(root_ / "source/b.txt");
  Write("source/c.txt", "Titre\n\ntexte qui vient de changer");
  ASSERT_TRUE(ReadSources(
                  found.files, TestOptions(), sink, [](uint64_t, uint64_t) {},
                  [] { return absl::OkStatus(); })
                  .ok());
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("notice:0 file became shorter while it was read",
                          "rejected:0 unreadable file",
                          "notice:0 file became longer while it was read"));
}

TEST_F(HardFilesTest, ManyFilesKeepTheirOrderWhateverTheThreads) {
  for (int i = 100; i < 300; ++i) {
    Write("source/" + std::to_string(i) + ".txt",
          "Титул\n\nтекст " + std::to_string(i));
  }
  const CollectingSink sink = ReadSource();
  ASSERT_THAT(sink.articles, SizeIs(200));
  for (size_t i = 0; i < 200; ++i) {
    EXPECT_EQ(sink.articles[i].id, std::to_string(100 + i));
  }
}

}  // namespace
}  // namespace kbsearch::indexer
