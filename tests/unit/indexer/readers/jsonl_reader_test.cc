#include "indexer/readers/jsonl_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/collecting_sink.h"
#include "tests/unit/indexer/fixture.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

CollectingSink ReadJsonl(std::string bytes) {
  return ReadBytes(Format::kJsonl, "a.jsonl", std::move(bytes));
}

TEST(JsonlReaderTest, ReadsEveryFieldInEveryLanguage) {
  const CollectingSink sink = ReadJsonl(Fixture("jsonl/good.jsonl"));
  EXPECT_THAT(sink.items, IsEmpty());
  ASSERT_THAT(sink.articles, SizeIs(std::size(kFixtureTexts)));
  for (size_t i = 0; i < sink.articles.size(); ++i) {
    const engine::Article& article = sink.articles[i];
    const FixtureTexts& expected = kFixtureTexts[i];
    EXPECT_EQ(sink.lines[i], i + 1);
    EXPECT_EQ(article.id, "reset-password");
    EXPECT_EQ(article.language, expected.language);
    EXPECT_EQ(article.title, expected.title);
    EXPECT_THAT(Outline(article.blocks),
                ElementsAre(std::string("P ") + expected.intro,
                            std::string("P ") + expected.first_step,
                            std::string("P ") + expected.second_step));
    EXPECT_THAT(article.category, ElementsAre(expected.section));
    EXPECT_THAT(article.tags, SizeIs(2));
    EXPECT_EQ(article.updated_at, 1770105600);
    EXPECT_EQ(article.url, std::string("https://help.shop.example/") +
                               expected.language + "/reset-password");
  }
}

struct BadLine {
  const char* line;
  const char* reason;
};

// Ends with an error of the disk.
class FailingStream : public StringStream {
 public:
  using StringStream::StringStream;
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    absl::StatusOr<size_t> got = StringStream::Read(buffer, size);
    if (got.ok() && *got == 0) return absl::InternalError("disk error");
    return got;
  }
};

TEST(JsonlReaderTest, AReadErrorTellsTheLine) {
  // One that fills a batch, so that the error comes at the start of another.
  const std::string line = R"({"id":"a","language":"en","body":")" +
                           std::string(2'500'000, 'x') + "\"}\n";
  std::string bytes;
  for (uint64_t lines = 0; lines < 3; ++lines) {
    CollectingSink sink;
    const auto reader = NewReader(Format::kJsonl, TestOptions());
    ASSERT_TRUE(reader
                    ->Read(TestFile("a.jsonl", Format::kJsonl),
                           std::make_unique<FailingStream>(bytes), sink)
                    .ok());
    ASSERT_FALSE(sink.items.empty());
    EXPECT_EQ(sink.items.back().reason, "unreadable file");
    EXPECT_EQ(sink.items.back().line, lines == 0 ? 0 : lines + 1);
    bytes += line;
  }
}

TEST(JsonlReaderTest, RejectsBadLinesOneByOne) {
  const BadLine cases[] = {
      {R"({"id":"a","body":"x")", "not valid JSON"},
      {R"({"id":"a","body":"x"} trailing)", "not valid JSON"},
      {R"("text")", "not a JSON object"},
      {R"(12)", "not a JSON object"},
      {R"({"body":"x"})", "no id"},
      {R"({"id":"","body":"x"})", "no id"},
      {R"({"id":null,"body":"x"})", "no id"},
      {R"({"id":"a"})", "no body"},
      {R"({"id":"a","body":"  "})", "no body"},
      {R"({"id":"a","body":null,"title":"T"})", "no body"},
      {R"({"id":7,"body":"x"})", "value of the wrong type"},
      {R"({"id":"a","body":["x"]})", "value of the wrong type"},
      {R"({"id":"a","body":"x","tags":[1]})", "value of the wrong type"},
      {R"({"id":"a","body":"x","tags":{"a":"b"}})", "value of the wrong type"},
      {R"({"id":"a","body":"x","category":[["b"]]})",
       "value of the wrong type"},
      {R"({"id":"a\nb","body":"x"})", "control character in the id"},
      {R"({"id":"faq#3","body":"x"})", "id ends like that of an FAQ entry"},
      {R"({"id":"a","body":"x","language":"tlh"})", "unknown language"},
      {R"({"id":"a","body":"x","kind":"blog"})", "unknown kind"},
      {R"({"id":"a","body":"x","audience":"staff"})", "unknown audience"},
      {R"({"id":"a","body":"x","body_format":"rtf"})", "unknown body_format"},
      {"{\"id\":\"a\",\"body\":\"\xEA\xF9\xE4\"}", "not UTF-8"},
      {R"({"id":"a","body":"\ud800"})", "not valid JSON"},
  };
  const std::string good = R"({"id":"good","body":"x"})";
  for (const BadLine& bad : cases) {
    const CollectingSink sink = ReadJsonl(good + "\n" + bad.line + "\n" + good);
    EXPECT_THAT(sink.articles, SizeIs(2)) << bad.line;
    EXPECT_THAT(Reasons(sink.items),
                ElementsAre(std::string("rejected:2 ") + bad.reason))
        << bad.line;
    for (const ReportItem& item : sink.items) {
      EXPECT_EQ(item.file, "src/a.jsonl");
      EXPECT_FALSE(item.remedy.empty()) << bad.line;
    }
  }
}

TEST(JsonlReaderTest, IndexesWithoutADateThatIsNone) {
  const CollectingSink sink =
      ReadJsonl(R"({"id":"a","body":"x","updated_at":"yesterday"})");
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].updated_at, 0);
  EXPECT_THAT(Reasons(sink.items), ElementsAre("repaired:1 not a date"));
  EXPECT_EQ(sink.items[0].article_id, "a");
}

TEST(JsonlReaderTest, TellsAnUnknownFieldOnce) {
  const CollectingSink sink = ReadJsonl(
      "{\"id\":\"a\",\"body\":\"x\",\"text\":{\"deep\":[1,{}]}}\n"
      "{\"id\":\"b\",\"body\":\"x\",\"text\":\"y\"}");
  EXPECT_THAT(sink.articles, SizeIs(2));
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("notice:1 unknown field ignored"));
}

TEST(JsonlReaderTest, ReadsKindAudienceAndSingleValues) {
  const CollectingSink sink = ReadJsonl(
      R"({"id":"basic#what","body":"x","kind":"procedure","audience":"agent",)"
      R"("language":"fr-BE","category":"Livraison","tags":null})");
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].kind, engine::ArticleKind::kProcedure);
  EXPECT_EQ(sink.articles[0].audience, engine::Audience::kAgent);
  EXPECT_EQ(sink.articles[0].language, "fr");
  EXPECT_THAT(sink.articles[0].category, ElementsAre("Livraison"));
  EXPECT_THAT(sink.articles[0].tags, IsEmpty());
}

TEST(JsonlReaderTest, ReadsBodiesInEachFormat) {
  const CollectingSink sink = ReadJsonl(
      R"({"id":"m","body":"# Titre\n\n## Étape\n* un","body_format":"markdown"})"
      "\n"
      R"({"id":"h","title":"T","body":"<h2 id=x>А</h2>б<br>в","body_format":"html"})");
  EXPECT_THAT(sink.items, IsEmpty());
  ASSERT_THAT(sink.articles, SizeIs(2));
  EXPECT_EQ(sink.articles[0].title, "Titre");
  EXPECT_THAT(Outline(sink.articles[0].blocks),
              ElementsAre("H2#étape Étape", "L un"));
  EXPECT_THAT(Outline(sink.articles[1].blocks), ElementsAre("H2#x А", "P б в"));
}

TEST(JsonlReaderTest, UsesTheDefaultLanguage) {
  ReaderOptions options = TestOptions();
  options.default_language = "nl";
  const CollectingSink sink =
      ReadBytes(Format::kJsonl, "a.jsonl",
                "{\"id\":\"a\",\"body\":\"x\"}\n"
                "{\"id\":\"b\",\"body\":\"x\",\"language\":\"ru\"}",
                options);
  ASSERT_THAT(sink.articles, SizeIs(2));
  EXPECT_EQ(sink.articles[0].language, "nl");
  EXPECT_EQ(sink.articles[1].language, "ru");
}

TEST(JsonlReaderTest, RejectsALineAboveTheLimit) {
  std::string bytes = R"({"id":"a","body":"x"})"
                      "\n"
                      R"({"id":"b","body":")";
  bytes.append(kMaxLineBytes, 'x');
  bytes +=
      "\"}\n"
      R"({"id":"c","body":"x"})";
  const CollectingSink sink = ReadJsonl(std::move(bytes));
  EXPECT_THAT(Reasons(sink.items), ElementsAre("rejected:2 line too long"));
  ASSERT_THAT(sink.articles, SizeIs(2));
  EXPECT_EQ(sink.articles[1].id, "c");
  EXPECT_EQ(sink.lines[1], 3u);
}

TEST(JsonlReaderTest, RejectsMarkupAboveTheLimitOfADocument) {
  const std::string body(kMaxDocumentBytes + 1, 'x');
  for (const char* format : {"html", "markdown"}) {
    const CollectingSink sink =
        ReadJsonl(R"({"id":"a","body_format":")" + std::string(format) +
                  R"(","body":")" + body + "\"}");
    EXPECT_THAT(sink.articles, IsEmpty());
    EXPECT_THAT(Reasons(sink.items), ElementsAre("rejected:1 body too large"));
  }
}

TEST(JsonlReaderTest, LeavesAFileThatIsNoJsonLines) {
  std::string log;
  for (int i = 0; i < 10'005; ++i) log += "12:00:01 started\n";
  const CollectingSink sink = ReadJsonl(log);
  ASSERT_THAT(sink.items, SizeIs(10'001));
  EXPECT_EQ(sink.items.back().reason, "not JSON Lines");
  EXPECT_EQ(sink.items.back().line, 10'000u);
  // One good line before, and every line is tried.
  const CollectingSink mixed =
      ReadJsonl("{\"id\":\"a\",\"body\":\"x\"}\n" + log);
  EXPECT_THAT(mixed.articles, SizeIs(1));
  EXPECT_THAT(mixed.items, SizeIs(10'005));
}

TEST(JsonlReaderTest, SurvivesDeepNesting) {
  const size_t depth = 1'000'000;
  const CollectingSink sink =
      ReadJsonl(R"({"id":"a","body":"x","z":)" + std::string(depth, '[') +
                std::string(depth, ']') + "}\n" + std::string(depth, '{'));
  EXPECT_THAT(sink.articles, SizeIs(1));
  EXPECT_THAT(Reasons(sink.items), ElementsAre("notice:1 unknown field ignored",
                                               "rejected:2 not valid JSON"));
}

TEST(JsonlReaderTest, RejectsWholeFilesOfAnotherKind) {
  const std::pair<std::string, const char*> cases[] = {
      {"", "empty file"},
      {" \n\n", "empty file"},
      {std::string("PK\x03\x04\0\0\0\0garbage", 16), "not a text file"},
      {"[\n{\"id\":\"a\",\"body\":\"x\"}\n]", "a JSON array, not JSON Lines"},
  };
  for (const auto& [bytes, reason] : cases) {
    const CollectingSink sink = ReadJsonl(bytes);
    EXPECT_THAT(sink.articles, IsEmpty());
    EXPECT_THAT(Reasons(sink.items),
                ElementsAre(std::string("rejected:0 ") + reason));
  }
}

TEST(JsonlReaderTest, ReadsByteOrderMarksAndUtf16) {
  const std::string line = R"({"id":"a","body":"text"})"
                           "\n";
  EXPECT_THAT(ReadJsonl("\xEF\xBB\xBF" + line).articles, SizeIs(1));
  std::string utf16 = "\xFF\xFE";
  for (const char c : line) utf16 += std::string({c, '\0'});
  const CollectingSink sink = ReadJsonl(utf16);
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].blocks[0].text, "text");
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("repaired:0 converted to UTF-8"));
}

TEST(JsonlReaderTest, EndsWhenTheSinkSaysSo) {
  class RefusingSink : public CollectingSink {
   public:
    absl::Status Add(Record) override { return absl::CancelledError("stop"); }
  };
  RefusingSink sink;
  const absl::Status status =
      NewJsonlReader(TestOptions())
          ->Read(TestFile("a.jsonl", Format::kJsonl),
                 std::make_unique<StringStream>(Fixture("jsonl/good.jsonl")),
                 sink);
  EXPECT_TRUE(absl::IsCancelled(status));
}

}  // namespace
}  // namespace kbsearch::indexer
