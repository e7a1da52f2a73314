// Codes that people type apart, as one, or on another alphabet's keyboard.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/library.h"
#include "engine/search.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::Contains;
using testing::Field;
using testing::IsEmpty;

struct Language {
  const char* code;
  const char* error;  // the word
  const char* title;
  const char* body;
};
constexpr Language kLanguages[] = {
    {"el", "σφάλμα", "Σφάλμα E-04 στον δρομολογητή",
     "Ο δρομολογητής δείχνει E-04 όταν η γραμμή δεν λειτουργεί."},
    {"en", "error", "Error E-04 on the router",
     "The router shows E-04 when the line is down."},
    {"fr", "erreur", "Erreur E-04 sur le routeur",
     "Le routeur affiche E-04 quand la ligne est coupée."},
    {"nl", "fout", "Fout E-04 op de router",
     "De router toont E-04 als de lijn niet werkt."},
    {"ru", "ошибка", "Ошибка E-04 на роутере",
     "Роутер показывает E-04, когда линия не работает."},
};

class CodesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    std::vector<Article> articles;
    for (const Language& language : kLanguages) {
      const std::string code = language.code;
      const std::string error = language.error;
      articles.push_back(
          MakeArticle("e04", code, language.title, language.body));
      // What the pieces of a code lead to.
      articles.push_back(MakeArticle("steps", code, "Router",
                                     "04 router. E-mail router 04 e " + error +
                                         ". " + error + " router " + error));
      articles.push_back(MakeArticle("part", code, "Router SKU-4471-B",
                                     "SKU-4471-B router 2020"));
      articles.push_back(MakeArticle("other-part", code, "Router SKU-4471-C",
                                     "SKU-4471-C router b 2020"));
      // A writer's habits: blanks, and the letters of his keyboard.
      articles.push_back(
          MakeArticle("blank", code, "Router F 19", "Router F 19 " + error));
    }
    articles.push_back(
        MakeArticle("greek", "el", "Κωδικός Η-77", "Ο κωδικός Η-77."));
    articles.push_back(
        MakeArticle("cyrillic", "ru", "Код В-12", "Код В-12 на экране."));
    Build(folder_->path(), articles);
    auto library = Library::Open(folder_->path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = new std::shared_ptr<Library>(*library);
  }
  static void TearDownTestSuite() {
    delete library_;
    delete folder_;
  }

  static SearchResult Search(const std::string& language,
                             const std::string& text) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    query.language = language;
    query.languages = {language};
    auto result = (*library_)->NewSearcher()->Search(query);
    EXPECT_TRUE(result.ok()) << result.status();
    return *std::move(result);
  }

  static void ExpectFirst(const std::string& language, const std::string& text,
                          const std::string& article) {
    const SearchResult result = Search(language, text);
    ASSERT_FALSE(result.hits.empty()) << language << ": " << text;
    EXPECT_EQ(result.hits.front().article_id, article)
        << language << ": " << text;
    for (const Rewrite& rewrite : result.rewrites) {
      EXPECT_NE(rewrite.stage, "relaxation") << language << ": " << text;
    }
  }

  static TemporaryFolder* folder_;
  static std::shared_ptr<Library>* library_;
};

TemporaryFolder* CodesTest::folder_ = nullptr;
std::shared_ptr<Library>* CodesTest::library_ = nullptr;

TEST_F(CodesTest, ACodeIsFoundHoweverItIsDivided) {
  for (const Language& language : kLanguages) {
    for (const char* code : {"E-04", "e-04", "E04", "e04", "e 04", "E 04",
                             "e - 04", "E.04", "e/04"}) {
      ExpectFirst(language.code, code, "e04");
      ExpectFirst(language.code, std::string(language.error) + " " + code,
                  "e04");
      ExpectFirst(language.code, std::string(code) + " " + language.error,
                  "e04");
    }
  }
}

TEST_F(CodesTest, AllPiecesOfALongCodeCount) {
  for (const Language& language : kLanguages) {
    for (const char* code : {"SKU-4471-B", "sku 4471 b", "sku4471b",
                             "sku 4471-b", "sku-4471 b", "SKU 4471B"}) {
      ExpectFirst(language.code, code, "part");
    }
  }
}

TEST_F(CodesTest, ACodeIsFoundInTheLettersOfTheKeyboard) {
  ExpectFirst("el", "Ε-04", "e04");  // Greek
  ExpectFirst("el", "ε04", "e04");
  ExpectFirst("el", "σφάλμα ε 04", "e04");
  ExpectFirst("ru", "Е-04", "e04");  // Cyrillic
  ExpectFirst("ru", "ошибка е 04", "e04");
  ExpectFirst("el", "h77", "greek");
  ExpectFirst("el", "H-77", "greek");
  ExpectFirst("ru", "b 12", "cyrillic");
  ExpectFirst("ru", "B-12", "cyrillic");
}

TEST_F(CodesTest, ACodeWrittenWithABlankIsFoundByItsJoinedForm) {
  for (const Language& language : kLanguages) {
    for (const char* code : {"f19", "F-19", "f 19"}) {
      ExpectFirst(language.code, code, "blank");
    }
  }
}

TEST_F(CodesTest, MisspeltWordsBesideACodeAreMendedAndTheCodeFound) {
  ExpectFirst("en", "routter e 04", "e04");
  ExpectFirst("fr", "routteur e 04", "e04");
  ExpectFirst("nl", "roouter e 04", "e04");
  ExpectFirst("el", "δρομολογιτής ε 04", "e04");
  ExpectFirst("ru", "роуутер е 04", "e04");
}

// The language of a code is anybody's guess: it is not guessed.
TEST_F(CodesTest, CodesAreShownInTheUsersLanguage) {
  for (const Language& language : kLanguages) {
    for (const char* code : {"E-04", "e04", "e 04", "SKU-4471-B"}) {
      SearchQuery query;
      query.corpus = "kb";
      query.text = code;
      query.language = language.code;
      const auto result = (*library_)->NewSearcher()->Search(query);
      ASSERT_TRUE(result.ok()) << result.status();
      EXPECT_EQ(result->language, "") << code;
      ASSERT_FALSE(result->hits.empty());
      for (const Hit& hit : result->hits) {
        if (hit.available_languages.size() < 5) continue;
        EXPECT_EQ(hit.language, language.code) << code << " " << hit.article_id;
      }
    }
  }
}

TEST_F(CodesTest, WithoutAUsersLanguageCodesAreShownInOne) {
  for (const char* code : {"E-04", "e04", "e 04", "SKU-4471-B", "404"}) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = code;
    const auto result = (*library_)->NewSearcher()->Search(query);
    ASSERT_TRUE(result.ok()) << result.status();
    for (const Hit& hit : result->hits) {
      if (hit.available_languages.size() < 5) continue;
      // Greek and Russian have one article more than the others.
      EXPECT_EQ(hit.language, "el") << code << " " << hit.article_id;
    }
  }
}

TEST_F(CodesTest, ACodeThatNoArticleHoldsIsNotReplacedByAnother) {
  for (const Language& language : kLanguages) {
    EXPECT_THAT(Search(language.code, "Q-88").hits, IsEmpty());
    EXPECT_THAT(Search(language.code, "q 88").hits, IsEmpty());
  }
}

// "other-part" has c, as the end of its code, and 2020, but not side by side.
TEST_F(CodesTest, OnlyPiecesInARowMakeACode) {
  for (const Language& language : kLanguages) {
    EXPECT_THAT(Search(language.code, "f19").rewrites,
                Contains(Field(&Rewrite::to, "f 19")))
        << language.code;
    EXPECT_THAT(Search(language.code, "c2020").rewrites, IsEmpty())
        << language.code;
  }
}

}  // namespace
}  // namespace kbsearch::engine
