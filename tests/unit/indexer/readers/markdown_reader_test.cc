#include "indexer/readers/markdown_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/collecting_sink.h"
#include "tests/unit/indexer/fixture.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

TEST(MarkdownReaderTest, ReadsArticlesInEveryLanguage) {
  for (const FixtureTexts& expected : kFixtureTexts) {
    const std::string name = std::string(expected.language) + ".md";
    const CollectingSink sink =
        ReadBytes(Format::kMarkdown, name, Fixture("markdown/" + name));
    EXPECT_THAT(sink.items, IsEmpty());
    ASSERT_THAT(sink.articles, SizeIs(1)) << name;
    const engine::Article& article = sink.articles[0];
    EXPECT_EQ(article.id, "reset-password");
    EXPECT_EQ(article.language, expected.language);
    EXPECT_EQ(article.title, expected.title);
    EXPECT_THAT(article.category, ElementsAre(expected.section));
    EXPECT_EQ(article.updated_at, 1770105600);
    const auto outline = Outline(article.blocks);
    ASSERT_THAT(outline, SizeIs(7));
    EXPECT_EQ(outline[0], std::string("P ") + expected.intro);
    EXPECT_THAT(outline[1], StartsWith("H2#"));
    EXPECT_EQ(article.blocks[1].text, expected.heading);
    EXPECT_EQ(outline[2], std::string("L ") + expected.first_step);
    EXPECT_EQ(outline[3], std::string("L ") + expected.second_step);
    EXPECT_EQ(outline[4], std::string("T ") + expected.table_head);
    EXPECT_EQ(outline[5], std::string("T ") + expected.table_row);
    EXPECT_EQ(outline[6], "C reset --force");
  }
}

TEST(MarkdownReaderTest, TakesTitleAndIdWithoutFrontMatter) {
  const CollectingSink sink = ReadBytes(Format::kMarkdown, "nl/app/install.md",
                                        "# De app installeren\n\nTekst.\n");
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].id, "app/install");
  EXPECT_EQ(sink.articles[0].language, "nl");
  EXPECT_EQ(sink.articles[0].title, "De app installeren");
  EXPECT_THAT(Outline(sink.articles[0].blocks), ElementsAre("P Tekst."));
}

TEST(MarkdownReaderTest, RejectsFrontMatterItCannotRead) {
  const std::pair<const char*, const char*> cases[] = {
      {"---\nid: [\n---\ntext", "rejected:3 unreadable front matter"},
      {"---\naudience: agent\ntext", "rejected:1 unreadable front matter"},
      {"---\naudience: staff\n---\ntext", "rejected:0 unknown audience"},
      {"---\nlanguage: xx\n---\ntext", "rejected:0 unknown language"},
      {"---\nid: a\n---\n", "rejected:0 document without text"},
  };
  for (const auto& [text, reason] : cases) {
    const CollectingSink sink = ReadBytes(Format::kMarkdown, "a.md", text);
    EXPECT_THAT(sink.articles, IsEmpty()) << text;
    EXPECT_THAT(Reasons(sink.items), ElementsAre(reason));
  }
}

}  // namespace
}  // namespace kbsearch::indexer
