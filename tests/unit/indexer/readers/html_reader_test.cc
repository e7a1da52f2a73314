#include "indexer/readers/html_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/indexer/collecting_sink.h"
#include "tests/unit/indexer/fixture.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(HtmlReaderTest, ReadsPagesInEveryLanguage) {
  for (const FixtureTexts& expected : kFixtureTexts) {
    const std::string language = expected.language;
    const CollectingSink sink =
        ReadBytes(Format::kHtml, language + "/reset-password.html",
                  Fixture("pages/" + language + "/reset-password.html"));
    EXPECT_THAT(sink.items, IsEmpty());
    ASSERT_THAT(sink.articles, SizeIs(1)) << language;
    const engine::Article& article = sink.articles[0];
    EXPECT_EQ(article.id, "reset-password");
    EXPECT_EQ(article.language, language);
    EXPECT_EQ(article.title, expected.title);
    EXPECT_EQ(article.kind, engine::ArticleKind::kArticle);
    EXPECT_THAT(article.category, ElementsAre(expected.section));
    EXPECT_THAT(article.tags, SizeIs(2));
    EXPECT_EQ(article.updated_at, 1770098400);
    EXPECT_EQ(article.url,
              "https://help.shop.example/" + language + "/reset-password");
    EXPECT_THAT(Outline(article.blocks),
                ElementsAre(std::string("P ") + expected.intro,
                            std::string("H2#steps ") + expected.heading,
                            std::string("L ") + expected.first_step,
                            std::string("L ") + expected.second_step,
                            std::string("T ") + expected.table_head,
                            std::string("T ") + expected.table_row,
                            "C reset --force\nreset --help"));
  }
}

TEST(HtmlReaderTest, ReadsFaqPagesInEveryLanguage) {
  for (const FixtureTexts& expected : kFixtureTexts) {
    const std::string language = expected.language;
    const CollectingSink sink =
        ReadBytes(Format::kHtml, language + "/faq.html",
                  Fixture("pages/" + language + "/faq.html"));
    EXPECT_THAT(sink.items, IsEmpty());
    ASSERT_THAT(sink.articles, SizeIs(1)) << language;
    const engine::Article& article = sink.articles[0];
    EXPECT_EQ(article.kind, engine::ArticleKind::kFaq);
    EXPECT_THAT(Outline(article.blocks),
                ElementsAre(std::string("P ") + expected.intro));
    ASSERT_THAT(article.entries, SizeIs(2));
    EXPECT_EQ(article.entries[0].question, expected.question);
    EXPECT_EQ(article.entries[0].answer, expected.answer);
    EXPECT_EQ(article.entries[0].anchor, "q-1");
    EXPECT_EQ(article.entries[1].answer, expected.second_answer);
    EXPECT_EQ(article.entries[1].anchor, "q-2");
  }
}

TEST(HtmlReaderTest, TellsALanguageItDoesNotKnow) {
  const CollectingSink sink =
      ReadBytes(Format::kHtml, "ru/a.html", "<html lang=tlh><p>текст</p>");
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].language, "ru");
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("notice:0 page in an unknown language"));
}

TEST(HtmlReaderTest, DecodesByDeclaration) {
  const CollectingSink sink =
      ReadBytes(Format::kHtml, "a.html", Fixture("encodings/el.meta.html"));
  ASSERT_THAT(sink.articles, SizeIs(1));
  EXPECT_EQ(sink.articles[0].title, "Επαναφορά κωδικού πρόσβασης");
  EXPECT_THAT(Outline(sink.articles[0].blocks), ElementsAre("P Άλλο"));
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("repaired:0 converted to UTF-8"));
}

TEST(HtmlReaderTest, ReportsBadPages) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  const std::pair<std::string, const char*> cases[] = {
      {"", "rejected:0 empty file"},
      {deep, "rejected:0 markup too complex"},
      {"<html><head><title>T</title></head><body><script>x</script>",
       "rejected:0 page without text"},
  };
  for (const auto& [html, reason] : cases) {
    const CollectingSink sink = ReadBytes(Format::kHtml, "a.html", html);
    EXPECT_THAT(sink.articles, IsEmpty());
    EXPECT_THAT(Reasons(sink.items), ElementsAre(reason));
  }
}

TEST(HtmlReaderTest, TellsBrokenMarkupAndKeepsThePage) {
  const CollectingSink sink =
      ReadBytes(Format::kHtml, "a.html",
                "<script type='application/ld+json'>FAQPage</script>"
                "<h1>Foire</h1><p>texte</p>");
  EXPECT_THAT(sink.articles, SizeIs(1));
  EXPECT_THAT(Reasons(sink.items),
              ElementsAre("notice:0 JSON-LD that is not JSON"));
}

}  // namespace
}  // namespace kbsearch::indexer
