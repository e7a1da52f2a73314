// Forum threads, canned responses and help centre exports.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(ForumReaderTest, PutsTheAcceptedAnswerFirstAndWeighsAnswers) {
  const CollectingSink sink = ReadBytes(
      Format::kForum, "t.jsonl",
      R"({"id":"t","language":"ru","title":"Т","body":"Вопрос","replies":[)"
      R"({"body":"Тоже","role":"customer"},{"body":"Ответ","accepted":true},)"
      R"({"body":"Ещё","author":{"role":"agent"}}]})");
  ASSERT_THAT(sink.articles, SizeIs(1));
  const engine::Article& article = sink.articles[0];
  EXPECT_EQ(article.kind, engine::ArticleKind::kForumThread);
  EXPECT_THAT(Outline(article.blocks),
              ElementsAre("P Вопрос", "P Ответ", "P Тоже", "P Ещё"));
  EXPECT_EQ(article.blocks[0].weight, 1);
  EXPECT_EQ(article.blocks[1].weight, 2);
  EXPECT_EQ(article.blocks[2].weight, 1);
  EXPECT_EQ(article.blocks[3].weight, 2);
}

TEST(ForumReaderTest, ReadsLinesArraysAndLists) {
  const std::string thread =
      R"({"id":"t","title":"T","question":"Pourquoi ?"})";
  for (const std::string& bytes :
       {thread + "\n" + thread, "[" + thread + "," + thread + "]",
        R"({"threads":[)" + thread + "," + thread + "]}"}) {
    const CollectingSink sink = ReadBytes(Format::kForum, "t.json", bytes);
    EXPECT_THAT(sink.articles, SizeIs(2)) << bytes;
    EXPECT_THAT(sink.items, IsEmpty()) << bytes;
  }
}

TEST(CannedReaderTest, IsForAgentsUnlessItSaysOtherwise) {
  const CollectingSink sink = ReadBytes(
      Format::kCanned, "c.json",
      R"([{"id":"a","title":"T","body":"Hallo {{naam}}"},)"
      R"({"id":"b","title":"T","body":"Hallo","audience":"public"}])");
  ASSERT_THAT(sink.articles, SizeIs(2));
  EXPECT_EQ(sink.articles[0].audience, engine::Audience::kAgent);
  EXPECT_EQ(sink.articles[0].kind, engine::ArticleKind::kCannedResponse);
  EXPECT_EQ(sink.articles[0].blocks[0].text, "Hallo {{naam}}");
  EXPECT_EQ(sink.articles[1].audience, engine::Audience::kPublic);
}

TEST(ZendeskReaderTest, JoinsFilesOfAnExport) {
  const std::unique_ptr<Reader> reader =
      NewReader(Format::kZendesk, TestOptions());
  CollectingSink sink;
  for (const char* bytes :
       {R"({"translations":[{"source_id":1,"source_type":"Article",
            "locale":"fr","title":"Mot","body":"<p>Passe</p>"}]})",
        R"({"articles":[{"id":1,"locale":"el-gr","title":"Κωδικός",
            "body":"<p>Νέος</p>","section_id":2,"user_segment_id":9}]})",
        R"({"sections":[{"id":2,"parent_section_id":3,"name":"Β"},
            {"id":3,"parent_section_id":2,"name":"Α"}]})"}) {
    ASSERT_TRUE(reader
                    ->Read(TestFile("a.json", Format::kZendesk),
                           std::make_unique<StringStream>(bytes), sink)
                    .ok());
  }
  EXPECT_THAT(sink.articles, IsEmpty());
  ASSERT_TRUE(reader->Finish(sink).ok());
  ASSERT_THAT(sink.articles, SizeIs(2));
  for (const engine::Article& article : sink.articles) {
    EXPECT_EQ(article.id, "1");
    // Who may see it is not known to be everyone.
    EXPECT_EQ(article.audience, engine::Audience::kAgent);
    // Sections that are each other's parents end somewhere.
    EXPECT_FALSE(article.category.empty());
    EXPECT_EQ(article.category.back(), "Β");
  }
}

TEST(JsonReadersTest, ReportWhatIsNoJson) {
  for (const Format format :
       {Format::kForum, Format::kCanned, Format::kZendesk}) {
    EXPECT_THAT(Reasons(ReadBytes(format, "a.json", "{\"id\":").items),
                ElementsAre("rejected:0 not valid JSON"));
    EXPECT_THAT(Reasons(ReadBytes(format, "a.json", "[7]").items),
                ElementsAre("rejected:0 not a JSON object"));
    EXPECT_THAT(Reasons(ReadBytes(format, "a.json", " ").items),
                ElementsAre("rejected:0 empty file"));
    // Nesting costs neither the stack nor the time.
    const std::string deep(100'000, '[');
    EXPECT_THAT(ReadBytes(format, "a.json", deep).articles, IsEmpty());
    EXPECT_THAT(
        ReadBytes(format, "a.json", deep + std::string(100'000, ']')).articles,
        IsEmpty());
  }
}

}  // namespace
}  // namespace kbsearch::indexer
