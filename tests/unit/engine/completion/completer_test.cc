// What is typed and what it is completed to, in five languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "analyzers/characters.h"
#include "engine/operators/rule_store.h"
#include "engine/ranking/article_prior.h"
#include "engine/search.h"
#include "tests/unit/engine/completion/completer_fixture.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

struct Case {
  const char* typed;
  const char* language;
  const char* completion;
};

TEST_F(CompleterTest, CompletesWordsAndTitlesFromTheThirdKeyOn) {
  const Case cases[] = {
      {"επα", "el", "Επαναφορά κωδικού πρόσβασης"},
      {"κωδ", "el", "Επαναφορά κωδικού πρόσβασης"},
      {"κωδ", "el", "κωδικός"},
      {"pas", "en", "password"},
      {"for", "en", "Reset a forgotten password"},
      {"mon", "en", "When do I get my money back?"},
      {"rem", "fr", "Remboursement d'une commande"},
      {"com", "fr", "commande"},
      {"pay", "fr", "Puis-je payer par virement ?"},
      {"wac", "nl", "Wachtwoord vergeten"},
      {"ver", "nl", "vergeten"},
      {"пар", "ru", "пароль"},
      {"заб", "ru", "Забытый пароль"},
  };
  for (const Case& test : cases) {
    EXPECT_THAT(Texts(test.typed, test.language), Contains(test.completion))
        << test.typed;
  }
  EXPECT_THAT(Texts("w", "nl"), Contains("Wachtwoord vergeten"));
}

TEST_F(CompleterTest, OfTitlesAlikeThoseOfUsedArticlesComeFirst) {
  const Case cases[] = {
      {"τιμολ", "el", "Τιμολόγιο"}, {"invo", "en", "Invoice"},
      {"fact", "fr", "Facture"},    {"rek", "nl", "Rekening"},
      {"счё", "ru", "Счёт"},
  };
  std::vector<Article> articles;
  std::vector<ArticleUse> uses;
  for (const Case& test : cases) {
    for (const char* id : {"a", "b", "c"}) {
      articles.push_back(MakeArticle(
          id, test.language, std::string(test.completion) + " " + id, "…"));
    }
    uses.push_back({"c", test.language, 60, 20, 8, 0});
    uses.push_back({"a", test.language, 2, 30, 0, 6});
  }
  Start(articles);
  library_->priors()->Put("kb", std::make_shared<ArticlePriors>(uses));
  for (const Case& test : cases) {
    AutocompleteQuery query = Typing(test.typed, test.language);
    query.languages = {test.language};
    std::vector<std::string> ids;
    for (const Completion& completion : Run(query).completions) {
      if (!completion.article_id.empty()) ids.push_back(completion.article_id);
    }
    EXPECT_THAT(ids, ElementsAre("c", "b", "a")) << test.typed;
  }
}

TEST_F(CompleterTest, CaseAccentsAndFinalSigmaDoNotMatter) {
  const Case cases[] = {
      {"ΕΠΙΣΤΡ", "el", "Επιστροφή χρημάτων"},
      {"κωδικος πρόσ", "el", "κωδικος πρόσβασης"},
      {"ΚΩΔΙΚΟ", "el", "κωδικός"},
      {"CHEQ", "fr", "Acceptez-vous les chèques ?"},
      {"mot de passe oub", "fr", "Mot de passe oublié"},
      {"RESET A F", "en", "Reset a forgotten password"},
      {"ЗАБЫТ", "ru", "Забытый пароль"},
      {"WACHTWOORD VER", "nl", "Wachtwoord vergeten"},
  };
  for (const Case& test : cases) {
    EXPECT_THAT(Texts(test.typed, test.language), Contains(test.completion))
        << test.typed;
  }
}

TEST_F(CompleterTest, ForgivesASlipInEachLanguage) {
  const Case cases[] = {
      {"επνα", "el", "Επαναφορά κωδικού πρόσβασης"},     // missing
      {"επισττρο", "el", "Επιστροφή χρημάτων"},          // extra
      {"κοδικου", "el", "Επαναφορά κωδικού πρόσβασης"},  // wrong
      {"χρηαμτ", "el", "Επιστροφή χρημάτων"},            // swapped
      {"frogot", "en", "Reset a forgotten password"},
      {"forgotn", "en", "Reset a forgotten password"},
      {"passsword", "en", "Reset a forgotten password"},
      {"monay", "en", "When do I get my money back?"},
      {"rembuor", "fr", "Remboursement d'une commande"},
      {"oubbli", "fr", "Mot de passe oublié"},
      {"virment", "fr", "Puis-je payer par virement ?"},
      {"comnande", "fr", "Remboursement d'une commande"},
      {"wahctw", "nl", "Wachtwoord vergeten"},
      {"vergten", "nl", "Wachtwoord vergeten"},
      {"bestteling", "nl", "Geld terug voor een bestelling"},
      {"парлоь", "ru", "Забытый пароль"},
      {"возрат", "ru", "Возврат денег за заказ"},
      {"забитый", "ru", "Забытый пароль"},
      {"деннег", "ru", "Возврат денег за заказ"},
  };
  for (const Case& test : cases) {
    EXPECT_THAT(Texts(test.typed, test.language), Contains(test.completion))
        << test.typed;
  }
}

TEST_F(CompleterTest, ASlipInAWordBeforeTheLastIsForgivenAndPutRight) {
  const Case cases[] = {
      {"wachtwoort verg", "nl", "Wachtwoord vergeten"},
      {"επανφορά κωδ", "el", "επαναφορά κωδικού"},
      {"забитый пар", "ru", "Забытый пароль"},
      {"remborsement d'une com", "fr", "Remboursement d'une commande"},
      {"forgoten pass", "en", "forgotten password"},
      {"rset a forg", "en", "Reset a forgotten password"},
      {"motd e passe oub", "fr", "Mot de passe oublié"},  // "e" is left alone
  };
  for (const Case& test : cases) {
    EXPECT_THAT(Texts(test.typed, test.language), Contains(test.completion))
        << test.typed;
  }
}

TEST_F(CompleterTest, OtherLettersForTheSameSounds) {
  const Case cases[] = {
      {"epanaf", "el", "Επαναφορά κωδικού πρόσβασης"},
      {"kodik", "el", "Επαναφορά κωδικού πρόσβασης"},
      {"kwdik", "el", "Επαναφορά κωδικού πρόσβασης"},
      {"epistrofh xrh", "el", "Επιστροφή χρημάτων"},
      {"parol", "ru", "Забытый пароль"},
      {"zabyt", "ru", "Забытый пароль"},
      {"vozvrat deneg", "ru", "Возврат денег за заказ"},
      {"επηστρ", "el", "Επιστροφή χρημάτων"},
  };
  for (const Case& test : cases) {
    EXPECT_THAT(Texts(test.typed, test.language), Contains(test.completion))
        << test.typed;
  }
}

TEST_F(CompleterTest, WhatIsNoWordOffersNothing) {
  for (const char* language : {"", "el", "en", "fr", "nl", "ru"}) {
    for (const char* typed :
         {"zz", "zzzz", "xxxx", "wwww", "ζζζζ", "ψψ", "ззз", "aaaa", "iiii",
          "οοοο", "уууу", "szsz", "ssss", "qwrtzx", "vvvv", "mmmm"}) {
      EXPECT_THAT(Texts(Typing(typed, language)), IsEmpty())
          << language << ": " << typed;
    }
  }
}

TEST_F(CompleterTest, AnotherKeyboardLayout) {
  EXPECT_THAT(Texts("gfhjk", "ru"), Contains("Забытый пароль"));
  EXPECT_THAT(Texts("цфсреьщщк", "nl"), IsEmpty());  // no word comes of it
  EXPECT_THAT(Texts("зфыыцщ", "en"), Contains("password"));
  EXPECT_THAT(Texts("ςαψητς", "nl"), Contains("Wachtwoord vergeten"));
  EXPECT_THAT(Texts("xrhmatvn", "el"), Contains("Επιστροφή χρημάτων"));
}

TEST_F(CompleterTest, WordsBeforeTheLastAreContext) {
  EXPECT_THAT(Texts("wachtwoord ver", "nl"), Contains("Wachtwoord vergeten"));
  EXPECT_THAT(Texts("mijn wachtwoord ver", "nl"),
              Contains("mijn wachtwoord vergeten"));
  EXPECT_THAT(Texts("password for", "en"),  // any order
              Contains("Reset a forgotten password"));
  EXPECT_THAT(Texts("κωδικός επαν", "el"),  // another form of the word
              Contains("Επαναφορά κωδικού πρόσβασης"));
  // What stands together nowhere is not offered.
  EXPECT_THAT(Texts("remboursement che", "fr"), IsEmpty());
  EXPECT_THAT(Texts("unknownword pas", "en"), IsEmpty());
}

TEST_F(CompleterTest, AFinishedWordGoesOnWithTheNext) {
  for (const char* typed : {"mot", "mot ", "mot de"}) {
    EXPECT_THAT(Texts(typed, "fr"), Contains("mot de passe")) << typed;
  }
  EXPECT_THAT(Texts("geld", "nl"), Contains("geld terug"));
  EXPECT_THAT(Texts("geld ", "nl"), Contains("geld terug"));
  EXPECT_THAT(Texts("возврат", "ru"), Contains("возврат денег"));
}

TEST_F(CompleterTest, WordsOfTextsAloneAreCompletedInCompany) {
  // "refund" and "five" stand in a text, in no title.
  EXPECT_THAT(Texts("refu", "en"), Contains("refund"));
  EXPECT_THAT(Texts("refund fi", "en"), ElementsAre("refund five"));
  EXPECT_THAT(Texts("refund pass", "en"), IsEmpty());
}

TEST_F(CompleterTest, FunctionWordsAreNoCompletions) {
  EXPECT_THAT(Texts("yo", "en"), Not(Contains("your")));
  EXPECT_THAT(Texts("un", "fr"), Not(Contains("une")));
}

TEST_F(CompleterTest, JoinedWordsAreFound) {
  EXPECT_THAT(Texts("wif", "en"), Contains("Wi-Fi keeps dropping"));
  EXPECT_THAT(Texts("wi-f", "en"), Contains("Wi-Fi keeps dropping"));
}

}  // namespace
}  // namespace kbsearch::engine
