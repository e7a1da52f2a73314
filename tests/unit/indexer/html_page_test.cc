#include "indexer/html/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indexer/html/faq_markup.h"
#include "tests/unit/indexer/collecting_sink.h"

namespace kbsearch::indexer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

HtmlPage PageOf(std::string_view html) {
  return ReadHtmlPage(*HtmlDocument::Parse(html));
}

TEST(HtmlPageTest, CutsTheSiteNameOff) {
  struct Case {
    const char* title;
    const char* site;
    const char* expected;
  };
  const Case cases[] = {
      {"Reset | Example", "", "Reset"},
      {"Επαναφορά - Κέντρο βοήθειας", "", "Επαναφορά"},
      {"Wi-Fi zonder internet – Example", "", "Wi-Fi zonder internet"},
      {"A | B | Example", "", "A | B"},
      {"Example | Пароль", "Example", "Пароль"},
      {"Только заголовок", "", "Только заголовок"},
      {"Sauvegarde - comment garder une copie de ses propres données", "",
       "Sauvegarde - comment garder une copie de ses propres données"},
      {"", "", ""},
  };
  for (const Case& expected : cases) {
    EXPECT_EQ(WithoutSiteName(expected.title, expected.site),
              expected.expected);
  }
}

TEST(HtmlPageTest, FindsTheMainContent) {
  const std::pair<const char*, const char*> pages[] = {
      {"<p>x</p><main><h1>T</h1><p>γ</p></main><p>y</p>", "P γ"},
      {"<p>x</p><div role=main><h1>T</h1><p>γ</p></div>", "P γ"},
      {"<p>x</p><article><h1>T</h1><p>γ</p></article>", "P γ"},
      {"<main></main><h1>T</h1><p>γ</p><nav>z</nav>", "P γ"},
      {"<h1>T</h1><p>γ</p><footer>z</footer>", "P γ"},
  };
  for (const auto& [html, block] : pages) {
    const HtmlPage page = PageOf(html);
    EXPECT_EQ(page.title, "T") << html;
    EXPECT_THAT(Outline(page.blocks), ElementsAre(block)) << html;
  }
}

TEST(HtmlPageTest, ReadsTheHead) {
  const HtmlPage page = PageOf(
      "<html xml:lang='fr-FR'><head><title>Titre - Site</title>"
      "<link rel=canonical href='https://x.example/a'>"
      "<meta name=keywords content='un, deux ;trois,'>"
      "<meta property='article:section' content=Compte>"
      "<meta property='article:modified_time' content='2026-01-01'>"
      "</head><body><p>x</p></body></html>");
  EXPECT_EQ(page.title, "Titre");
  EXPECT_EQ(page.language, "fr-FR");
  EXPECT_EQ(page.url, "https://x.example/a");
  EXPECT_THAT(page.tags, ElementsAre("un", "deux", "trois"));
  EXPECT_THAT(page.category, ElementsAre("Compte"));
  EXPECT_EQ(page.updated_at, "2026-01-01");
}

TEST(HtmlPageTest, FindsTheDeclaredEncoding) {
  EXPECT_EQ(DeclaredEncoding("<meta charset=\"Windows-1253\">"),
            "windows-1253");
  EXPECT_EQ(DeclaredEncoding("<meta http-equiv=Content-Type "
                             "content='text/html; charset=koi8-r'>"),
            "koi8-r");
  EXPECT_EQ(DeclaredEncoding("<?xml version='1.0' encoding='ISO-8859-7'?>"),
            "iso-8859-7");
  EXPECT_EQ(DeclaredEncoding("<p>no</p>"), "");
}

std::vector<engine::FaqEntry> EntriesOf(const std::string& json,
                                        bool* malformed) {
  const auto document = HtmlDocument::Parse(
      "<script type='application/ld+json'>" + json + "</script>");
  return FindFaqEntries(*document, malformed);
}

TEST(FaqMarkupTest, FindsQuestionsInEveryShape) {
  const std::string question =
      R"({"@type":"Question","name":"Πότε;","acceptedAnswer":)"
      R"({"@type":"Answer","text":"<p>Α</p><p>Β</p>"}})";
  const std::string page =
      R"({"@type":"FAQPage","mainEntity":[)" + question + "]}";
  const std::string shapes[] = {
      page,
      "[" + page + "]",
      R"({"@graph":[{"@type":"WebSite"},)" + page + "]}",
      R"({"@type":["WebPage","FAQPage"],"mainEntity":)" + question + "}",
      R"({"@type":"https://schema.org/FAQPage","mainEntity":)" + question + "}",
      R"({"@type":"WebPage","mainEntity":)" + page + "}",
      "/* comment */ " + page,
  };
  for (const std::string& json : shapes) {
    bool malformed = false;
    const auto entries = EntriesOf(json, &malformed);
    ASSERT_THAT(entries, SizeIs(1)) << json;
    EXPECT_EQ(entries[0].question, "Πότε;");
    EXPECT_EQ(entries[0].answer, "Α\nΒ");
    EXPECT_FALSE(malformed);
  }
}

TEST(FaqMarkupTest, PassesOverWhatIsNoFaq) {
  bool malformed = false;
  for (
      const char* json :
      {"{}", "[]", "7", R"({"@type":"Question","name":"q"})",
       R"({"@type":"FAQPage"})", R"({"@type":"FAQPage","mainEntity":7})",
       R"({"@type":"FAQPage","mainEntity":[{"name":"q"}]})",
       R"({"@type":"FAQPage","mainEntity":[{"name":7,"acceptedAnswer":[]}]})"}) {
    EXPECT_THAT(EntriesOf(json, &malformed), IsEmpty()) << json;
    EXPECT_FALSE(malformed) << json;
  }
  EXPECT_THAT(EntriesOf("{\"@type\":", &malformed), IsEmpty());
  EXPECT_TRUE(malformed);
}

TEST(FaqMarkupTest, SurvivesDeepNesting) {
  bool malformed = false;
  const std::string deep(300'000, '[');
  EXPECT_THAT(EntriesOf(deep + std::string(300'000, ']'), &malformed),
              IsEmpty());
}

TEST(FaqMarkupTest, TakesEntriesOutOfTheBlocks) {
  engine::Article article;
  article.entries = {{"Когда?", "Завтра. Утром.", ""},
                     {"Combien ?", "Dix.", ""}};
  const auto block = [](engine::BlockKind kind, const char* text,
                        const char* anchor) {
    return engine::Block{kind, 2, text, anchor};
  };
  using engine::BlockKind;
  article.blocks = {
      block(BlockKind::kListItem, "Когда?", "top"),
      block(BlockKind::kListItem, "Combien ?", "top"),
      block(BlockKind::kParagraph, "Введение", ""),
      block(BlockKind::kHeading, "КОГДА?", "when"),
      block(BlockKind::kParagraph, "Завтра.", "when"),
      block(BlockKind::kParagraph, "Утром.", "when"),
      block(BlockKind::kParagraph, "Ещё подробность", "when"),
      block(BlockKind::kHeading, "Combien ?", "combien"),
      block(BlockKind::kParagraph, "Dix.", "combien"),
      block(BlockKind::kHeading, "Autre", "autre"),
      block(BlockKind::kParagraph, "Dix.", "autre"),
  };
  RemoveEntriesFromBlocks(&article);
  EXPECT_THAT(Outline(article.blocks),
              ElementsAre("P Введение", "P Ещё подробность", "H2#autre Autre",
                          "P Dix."));
  EXPECT_EQ(article.entries[0].anchor, "when");
  EXPECT_EQ(article.entries[1].anchor, "combien");
}

}  // namespace
}  // namespace kbsearch::indexer
