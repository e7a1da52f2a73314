// What denials in a query do: they order what the other words find.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/library.h"
#include "engine/search.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

struct Language {
  const char* code;
  const char* login;     // title of the article that is meant
  const char* question;  // "I cannot log in"
  const char* invoice;   // a title that denies something else
  const char* negation;  // alone
  const char* on;        // two articles that a denial tells apart
  const char* off;
};
constexpr Language kLanguages[] = {
    {"el", "Σύνδεση στον λογαριασμό", "δεν μπορώ να συνδεθώ",
     "Δεν βρίσκω την απόδειξη. Δεν υπάρχει;", "δεν", "Η οθόνη ανάβει",
     "Η οθόνη δεν ανάβει"},
    {"en", "How to log in", "can't log in",
     "I can't find the invoice. Can't you help?", "can't",
     "The screen turns on", "The screen does not turn on"},
    {"fr", "Se connecter au compte", "je n'arrive pas à me connecter",
     "Je ne trouve pas la facture. Pas de facture ?", "pas", "L'écran s'allume",
     "L'écran ne s'allume pas"},
    {"nl", "Inloggen op je account", "kan niet inloggen",
     "Ik kan de factuur niet vinden. Niet erg?", "niet", "Het scherm gaat aan",
     "Het scherm gaat niet aan"},
    {"ru", "Как войти в кабинет", "не могу войти",
     "Не могу найти счёт. Не страшно?", "не", "Экран включается",
     "Экран не включается"},
};

class NegationsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    std::vector<Article> articles;
    for (const Language& language : kLanguages) {
      const std::string code = language.code;
      articles.push_back(MakeArticle("login", code, language.login, "1 2 3"));
      articles.push_back(
          MakeArticle("invoice", code, language.invoice, "4 5 6"));
      articles.push_back(MakeArticle("on", code, language.on, "7 8 9"));
      articles.push_back(MakeArticle("off", code, language.off, "7 8 9"));
    }
    Build(folder_->path(), articles);
    auto library = Library::Open(folder_->path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = new std::shared_ptr<Library>(*library);
  }
  static void TearDownTestSuite() {
    delete library_;
    delete folder_;
  }

  static std::vector<std::string> Find(const std::string& language,
                                       const std::string& text) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    query.language = language;
    query.languages = {language};
    const auto result = (*library_)->NewSearcher()->Search(query);
    EXPECT_TRUE(result.ok()) << result.status();
    std::vector<std::string> ids;
    if (!result.ok()) return ids;
    for (const Hit& hit : result->hits) ids.push_back(hit.article_id);
    return ids;
  }

  static TemporaryFolder* folder_;
  static std::shared_ptr<Library>* library_;
};

TemporaryFolder* NegationsTest::folder_ = nullptr;
std::shared_ptr<Library>* NegationsTest::library_ = nullptr;

TEST_F(NegationsTest, FindNothingBesideOtherWords) {
  for (const Language& language : kLanguages) {
    const auto found = Find(language.code, language.question);
    ASSERT_THAT(found, Not(IsEmpty())) << language.question;
    EXPECT_EQ(found.front(), "login") << language.question;
    EXPECT_THAT(found, Not(Contains("invoice"))) << language.question;
  }
}

TEST_F(NegationsTest, TellArticlesApartThatTheOtherWordsFind) {
  for (const Language& language : kLanguages) {
    EXPECT_EQ(Find(language.code, language.off).front(), "off");
    EXPECT_EQ(Find(language.code, language.on).front(), "on");
  }
}

TEST_F(NegationsTest, AloneTheyAreWordsAsOthers) {
  for (const Language& language : kLanguages) {
    EXPECT_THAT(Find(language.code, language.negation),
                AllOf(Contains("invoice"), Not(Contains("login"))));
  }
}

}  // namespace
}  // namespace kbsearch::engine
