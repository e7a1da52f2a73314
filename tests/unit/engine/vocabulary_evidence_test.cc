// Words that languages share are told by how much of the corpus holds them.
#include "engine/vocabulary_evidence.h"

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

std::string LanguageOf(const std::string& query,
                       const std::string& only_about) {
  std::vector<Article> articles;
  for (const Page& page : kPages) {
    for (int i = 0; i < 20; ++i) {
      const bool about = page.language == only_about && i < 15;
      articles.push_back(
          MakeArticle(std::string(page.language) + std::to_string(i),
                      page.language, "", about ? page.about : page.filler));
    }
  }
  TemporaryFolder data;
  Build(data.path(), articles);
  auto library = Library::Open(data.path(), TestRegistry());
  EXPECT_TRUE(library.ok()) << library.status();
  SearchQuery search;
  search.corpus = "kb";
  search.text = query;
  const auto result = (*library)->NewSearcher()->Search(search);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? result->language : "";
}

TEST(VocabularyEvidenceTest, ANameIsOfTheLanguageThatTellsOfIt) {
  for (const Page& page : kPages) {
    EXPECT_EQ(LanguageOf("zorvix", page.language), page.language);
  }
}

TEST(VocabularyEvidenceTest, CannotOverruleWhatTheQueryIsWrittenIn) {
  for (const Page& page : kPages) {
    EXPECT_EQ(LanguageOf("πώς θα βρω το zorvix που έχασα", page.language),
              "el");
    EXPECT_EQ(LanguageOf("hoe vind ik de verloren zorvix terug", page.language),
              "nl");
  }
}

}  // namespace
}  // namespace kbsearch::engine
