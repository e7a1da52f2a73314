// Words that languages share are told by how much of the corpus holds them.
#include "engine/query/vocabulary_evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/search.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

struct Page {
  const char* language;
  const char* about;   // of a name that only this language's pages tell of
  const char* filler;  // other pages
};

// "zorvix" is no word of any language: nothing but the corpus tells.
constexpr Page kPages[] = {
    {"el", "Η συσκευή zorvix τίθεται σε λειτουργία με το κουμπί.",
     "Η παραγγελία παραδίδεται σε δύο ημέρες."},
    {"en", "The zorvix is switched on with the button.",
     "The order is delivered within two days."},
    {"fr", "Le zorvix se met en marche avec le bouton.",
     "La commande est livrée sous deux jours."},
    {"nl", "De zorvix wordt aangezet met de knop.",
     "De bestelling wordt binnen twee dagen bezorgd."},
    {"ru", "Устройство zorvix включается кнопкой.",
     "Заказ доставляется за два дня."},
};

// Pages of all languages; only those of `only_about` tell of the zorvix.
std::vector<Article> Articles(const std::string& only_about) {
  std::vector<Article> articles;
  for (const Page& page : kPages) {
    for (int i = 0; i < 10; ++i) {
      const bool about = page.language == only_about && i < 8;
      articles.push_back(
          MakeArticle(std::string(page.language) + std::to_string(i),
                      page.language, "", about ? page.about : page.filler));
    }
  }
  return articles;
}

std::string LanguageOf(const std::string& text, Searcher& searcher) {
  SearchQuery query;
  query.corpus = "kb";
  query.text = text;
  const auto result = searcher.Search(query);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? result->language : "";
}

TEST(VocabularyEvidenceTest, TellsTheLanguageOfANameButOverrulesNoSentence) {
  for (const Page& page : kPages) {
    TemporaryFolder data;
    Build(data.path(), Articles(page.language));
    auto library = Library::Open(data.path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    const auto searcher = (*library)->NewSearcher();
    EXPECT_EQ(LanguageOf("zorvix", *searcher), page.language);
    EXPECT_EQ(LanguageOf("πώς θα βρω το zorvix που έχασα", *searcher), "el");
    EXPECT_EQ(LanguageOf("hoe vind ik de verloren zorvix terug", *searcher),
              "nl");
  }
}

// What a word looks like matters little where the corpus knows it.
TEST(VocabularyEvidenceTest, ManyPagesOutweighWhatAWordLooksLike) {
  std::vector<Article> articles;
  for (int i = 0; i < 30; ++i) {
    const std::string number = std::to_string(i);
    articles.push_back(MakeArticle("nl" + number, "nl", "Instructie",
                                   "Deze instructie is vereist."));
    articles.push_back(MakeArticle("ro" + number, "ro", "Pagina",
                                   "Aceasta este pagina de pornire."));
    articles.push_back(MakeArticle("en" + number, "en", "Attributes",
                                   "The font attributes of a frame."));
    articles.push_back(MakeArticle("fr" + number, "fr", "Police",
                                   "Les attributs de la police du cadre."));
  }
  TemporaryFolder data;
  Build(data.path(), articles);
  auto library = Library::Open(data.path(), TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  const auto searcher = (*library)->NewSearcher();
  EXPECT_EQ(LanguageOf("instructie", *searcher), "nl");
  EXPECT_EQ(LanguageOf("font attributes", *searcher), "en");
  EXPECT_EQ(LanguageOf("police attributs", *searcher), "fr");
  // Letters beside apostrophes are no words: French "d'" and "t'".
  EXPECT_EQ(LanguageOf("frame don't", *searcher), "en");
}

// A share of few documents says little, unless no other language has the word.
TEST(VocabularyEvidenceTest, OnePageOfALanguageTellsItsOwnWordsOnly) {
  std::vector<Article> articles;
  for (int i = 0; i < 60; ++i) {
    articles.push_back(MakeArticle("en" + std::to_string(i), "en", "zorvix",
                                   "The zorvix is switched on here."));
  }
  articles.push_back(MakeArticle("sv", "sv", "zorvix", "zorvix blent"));
  TemporaryFolder data;
  Build(data.path(), articles);
  auto library = Library::Open(data.path(), TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  const auto searcher = (*library)->NewSearcher();
  EXPECT_EQ(LanguageOf("zorvix", *searcher), "en");
  EXPECT_EQ(LanguageOf("blent", *searcher), "sv");
}

}  // namespace
}  // namespace kbsearch::engine
