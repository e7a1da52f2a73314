#include "engine/index/placeholders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/index/document_record.h"
#include "engine/index/index_document.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

TEST(PlaceholdersTest, LeavesGapsOutInEveryLanguage) {
  const std::pair<const char*, const char*> cases[] = {
      {"Γεια σας {{ticket.requester.name}}, αίτημα [αριθμός].",
       "Γεια σας  , αίτημα  ."},
      {"Hello {name}, order %ORDER_ID% of ${date}", "Hello  , order   of  "},
      {"Bonjour <<prénom>>, [nom de l'entreprise]", "Bonjour  ,  "},
      {"Beste {% if x %}klant{% endif %}", "Beste  klant "},
      {"Здравствуйте, [имя]!", "Здравствуйте,  !"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(WithoutPlaceholders(text), expected);
  }
}

TEST(PlaceholdersTest, LeavesOtherTextAlone) {
  for (const char* text :
       {"50 % korting, 20 % meer", "see [1] and [here](https://x.example)",
        "a < b << c", "{", "[", "100%", "}} ]", "int main() {\n}",
        "Τιμή: 5 $ [χωρίς τέλος"}) {
    EXPECT_EQ(WithoutPlaceholders(text), text);
  }
}

bool HasTerm(const Xapian::Document& document, const std::string& term,
             Xapian::termcount* count = nullptr) {
  for (auto it = document.termlist_begin(); it != document.termlist_end();
       ++it) {
    if (*it != term) continue;
    if (count != nullptr) *count = it.get_wdf();
    return true;
  }
  return false;
}

TEST(PlaceholdersTest, AreShownAndNotSearched) {
  Article article = MakeArticle("a", "nl", "Antwoord aan [klantnaam]",
                                "Uw verzoek {{ticket.nummer}} is ontvangen.");
  article.kind = ArticleKind::kCannedResponse;
  const auto analyzer = TestRegistry()->NewAnalyzer("nl");
  const auto documents = MakeIndexDocuments(article, *analyzer, nullptr);
  EXPECT_TRUE(HasTerm(documents[0].document, "Xverzoek"));
  EXPECT_FALSE(HasTerm(documents[0].document, "Xklantnaam"));
  EXPECT_FALSE(HasTerm(documents[0].document, "Xticket"));
  const auto stored = ReadDocumentRecord(documents[0].document);
  EXPECT_EQ(stored->article.blocks[0].text, article.blocks[0].text);
}

TEST(BlockWeightTest, CountsInTheIndexAndIsKept) {
  Article article = MakeArticle("a", "ru", "Тема", "обычный");
  article.blocks.push_back({BlockKind::kParagraph, 0, "ответ", "", 2});
  article.blocks.push_back({BlockKind::kListItem, 0, "подвал", "", 0});
  const auto analyzer = TestRegistry()->NewAnalyzer("ru");
  const auto documents = MakeIndexDocuments(article, *analyzer, nullptr);
  Xapian::termcount count = 9;
  ASSERT_TRUE(HasTerm(documents[0].document, "Xобычный", &count));
  EXPECT_EQ(count, 1u);
  ASSERT_TRUE(HasTerm(documents[0].document, "Xответ", &count));
  EXPECT_EQ(count, 2u);
  ASSERT_TRUE(HasTerm(documents[0].document, "Xподвал", &count));
  EXPECT_EQ(count, 0u);
  const auto stored = ReadDocumentRecord(documents[0].document);
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(stored->article.blocks[0].weight, 1);
  EXPECT_EQ(stored->article.blocks[1].weight, 2);
  EXPECT_EQ(stored->article.blocks[2].weight, 0);
  EXPECT_EQ(stored->article.blocks[2].kind, BlockKind::kListItem);
}

}  // namespace
}  // namespace kbsearch::engine
