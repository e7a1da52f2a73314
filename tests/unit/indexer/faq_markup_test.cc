#include "indexer/html/faq_markup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kbsearch::indexer {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

FaqMarkup MarkupOf(const std::string& html) {
  return FindFaqMarkup(*HtmlDocument::Parse(html));
}

std::vector<engine::FaqEntry> EntriesOf(const std::string& json,
                                        bool* malformed) {
  FaqMarkup found =
      MarkupOf("<script type='application/ld+json'>" + json + "</script>");
  *malformed = *malformed || found.malformed;
  return std::move(found.entries);
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
  EXPECT_THAT(EntriesOf("nothing of the kind", &malformed), IsEmpty());
  EXPECT_TRUE(malformed);
}

TEST(FaqMarkupTest, SurvivesDeepNesting) {
  bool malformed = false;
  const std::string deep(300'000, '[');
  EXPECT_THAT(EntriesOf(deep + std::string(300'000, ']'), &malformed),
              IsEmpty());
}

TEST(FaqMarkupTest, ReadsWhatATypographerLeft) {
  const FaqMarkup found = MarkupOf(
      "<script type='application/ld+json'>{“@type”: “FAQPage”, “mainEntity”: ["
      "{“@type”: “Question”, “name”: “Τι είναι το “Portal”;”, “acceptedAnswer”:"
      " {“@type”: “Answer”, “text”: “Η σελίδα\nτων πελατών.”,},},]}</script>");
  ASSERT_THAT(found.entries, SizeIs(1));
  EXPECT_TRUE(found.repaired);
  EXPECT_FALSE(found.malformed);
  EXPECT_EQ(found.entries[0].question, "Τι είναι το “Portal”;");
  EXPECT_EQ(found.entries[0].answer, "Η σελίδα των πελατών.");
}

TEST(FaqMarkupTest, TakesTheAcceptedAnswerOfAQaPage) {
  bool malformed = false;
  const auto entries = EntriesOf(
      R"({"@type":"QAPage","mainEntity":{"@type":"Question","name":"Кто?",
      "suggestedAnswer":[{"@type":"Answer","text":"Нет"}],
      "acceptedAnswer":{"@type":"Answer","text":"Да"},"url":"/q#who"}})",
      &malformed);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].answer, "Да");
  EXPECT_EQ(entries[0].anchor, "who");
}

TEST(FaqMarkupTest, ReadsMicrodataAndRdfa) {
  const FaqMarkup found = MarkupOf(
      "<div itemscope itemtype='https://schema.org/FAQPage'>"
      "<div itemscope itemprop=mainEntity "
      "itemtype='https://schema.org/Question'"
      " id=m><h3 itemprop=name>Quand ?</h3><div itemprop=acceptedAnswer "
      "itemscope itemtype='https://schema.org/Answer'><div itemprop=text>"
      "<p>Lundi.</p><p>Ou mardi.</p></div></div></div></div>"
      "<div vocab='https://schema.org/' typeof=FAQPage><div "
      "property=mainEntity typeof='schema:Question'><h3 id=r property=name>"
      "Wie?</h3><div property='schema:acceptedAnswer' typeof=Answer>"
      "<p property='schema:text'>Jij.</p></div></div></div>");
  ASSERT_THAT(found.entries, SizeIs(2));
  EXPECT_EQ(found.entries[0].question, "Quand ?");
  EXPECT_EQ(found.entries[0].answer, "Lundi.\nOu mardi.");
  EXPECT_EQ(found.entries[0].anchor, "m");
  EXPECT_EQ(found.entries[1].question, "Wie?");
  EXPECT_EQ(found.entries[1].anchor, "r");
}

}  // namespace
}  // namespace kbsearch::indexer
