// What a query that finds too little becomes, in each of the five languages.
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

using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

// A small help centre in five languages, for all tests of this file.
std::vector<Article> HelpCentre() {
  std::vector<Article> articles;
  const auto add = [&](const char* id, const char* language, const char* title,
                       const char* body) {
    articles.push_back(MakeArticle(id, language, title, body));
  };
  add("password", "el", "Αλλαγή κωδικού πρόσβασης",
      "Ξέχασα τον κωδικό μου: επαναφέρετε τον κωδικό πρόσβασης από τις "
      "ρυθμίσεις.");
  add("password", "en", "Change your password",
      "Forgot it? Reset the password in the settings of your account.");
  add("password", "fr", "Changer de mot de passe",
      "Mot de passe oublié : réinitialisez le mot de passe dans votre compte.");
  add("password", "nl", "Wachtwoord wijzigen",
      "Wachtwoord vergeten? Stel het opnieuw in bij uw account.");
  add("password", "ru", "Смена пароля",
      "Забыли пароль? Восстановите пароль в настройках.");
  add("returns", "el", "Επιστροφή χρημάτων",
      "Η επιστροφή χρημάτων γίνεται σε πέντε ημέρες στη διεύθυνση σας.");
  add("returns", "en", "Returns and refunds",
      "You will receive your refund at the same address within five days.");
  add("returns", "fr", "Remboursement",
      "Le remboursement arrive à l'adresse de livraison sous dix jours, après "
      "la connexion au compte.");
  add("returns", "nl", "Terugbetaling",
      "U ontvangt het bedrag van uw abonnement binnen vijf dagen terug.");
  add("returns", "ru", "Возврат денег",
      "Возврат денег занимает десять дней. Доступ в личный кабинет открыт.");
  add("printer", "el", "Ο εκτυπωτής δεν τυπώνει",
      "Ελέγξτε τη σύνδεση και τα μελάνια. Δείτε και το invoice.");
  add("printer", "en", "The printer does not print",
      "Check the connection and the ink, then send the invoice again.");
  add("printer", "fr", "L'imprimante n'imprime pas",
      "Vérifiez la cartouche puis renvoyez la facture.");
  add("printer", "nl", "De printer drukt niet af",
      "Controleer de verbinding en verstuur de factuur opnieuw.");
  add("printer", "ru", "Принтер не печатает",
      "Проверьте подключение и настройки, затем отправьте счёт. Microsoft.");
  add("greek-only", "el", "Εγγύηση", "Η εγγύηση ισχύει δύο χρόνια.");
  return articles;
}

class RescueTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    std::vector<Article> articles = HelpCentre();
    Article internal = MakeArticle("secret", "en", "Chargeback handling",
                                   "Escalate chargebacks to Kensington.");
    internal.audience = Audience::kAgent;
    articles.push_back(internal);
    Build(folder_->path(), articles);
    auto library = Library::Open(folder_->path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = new std::shared_ptr<Library>(*library);
  }
  static void TearDownTestSuite() {
    delete library_;
    delete folder_;
  }

  static SearchQuery In(const std::string& language, const std::string& text) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    if (!language.empty()) {
      query.language = language;
      query.languages = {language};
    }
    return query;
  }

  static SearchResult Search(const SearchQuery& query) {
    const auto searcher = (*library_)->NewSearcher();
    auto result = searcher->Search(query);
    EXPECT_TRUE(result.ok()) << result.status();
    return *std::move(result);
  }

  static std::string First(const SearchResult& result) {
    return result.hits.empty() ? "" : result.hits.front().article_id;
  }

  // "stage: from → to", "?" at the end when only offered.
  static std::vector<std::string> Told(const SearchResult& result) {
    std::vector<std::string> told;
    for (const Rewrite& rewrite : result.rewrites) {
      told.push_back(rewrite.stage + ": " + rewrite.from + " → " + rewrite.to +
                     (rewrite.applied ? "" : "?"));
    }
    return told;
  }

  struct Case {
    const char* language;
    const char* query;
    const char* article;
    const char* stage;
  };
  static void ExpectFound(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
      SCOPED_TRACE(std::string(c.language) + ": " + c.query);
      const SearchResult result = Search(In(c.language, c.query));
      EXPECT_EQ(First(result), c.article)
          << testing::PrintToString(Told(result));
      ASSERT_THAT(result.rewrites, Not(IsEmpty()));
      EXPECT_EQ(result.rewrites.front().stage, c.stage);
      EXPECT_TRUE(result.rewrites.front().applied);
    }
  }

  static TemporaryFolder* folder_;
  static std::shared_ptr<Library>* library_;
};

TemporaryFolder* RescueTest::folder_ = nullptr;
std::shared_ptr<Library>* RescueTest::library_ = nullptr;

TEST_F(RescueTest, MisspeltWordsAreMended) {
  ExpectFound({
      {"el", "επιστοφή χρημάτων", "returns", "spelling"},
      {"el", "εκτιποτής", "printer", "spelling"},
      {"el", "κοδικος", "password", "spelling"},
      {"en", "recieve refund", "returns", "spelling"},
      {"en", "pasword", "password", "spelling"},
      {"en", "adress", "returns", "spelling"},
      {"fr", "ramboursement", "returns", "spelling"},
      {"fr", "adrese de livraison", "returns", "spelling"},
      {"fr", "connection", "returns", "spelling"},
      {"nl", "abonement", "returns", "spelling"},
      {"nl", "wagtwoord", "password", "spelling"},
      {"ru", "востановить", "password", "spelling"},
      {"ru", "паоль", "password", "spelling"},
      {"ru", "возрат денег", "returns", "spelling"},
  });
}

TEST_F(RescueTest, TheFirstLetterMayBeWrong) {
  ExpectFound({
      {"el", "λπιστροφή", "returns", "spelling"},
      {"en", "eprinter", "printer", "spelling"},
      {"fr", "temboursement", "returns", "spelling"},
      {"nl", "qachtwoord", "password", "spelling"},
      {"ru", "аозврат", "returns", "spelling"},
  });
}

TEST_F(RescueTest, MisspeltFormsThatTheCorpusLacksLeadToTheirWord) {
  ExpectFound({
      {"el", "επιστοφές", "returns", "spelling"},
      {"en", "pasword's", "password", "spelling"},
      {"fr", "ramboursements", "returns", "spelling"},
      {"nl", "abonementen", "returns", "spelling"},
      {"ru", "возратов", "returns", "spelling"},
  });
}

TEST_F(RescueTest, KeyboardsSetToAnotherLanguageAreRecognised) {
  ExpectFound({
      {"ru", "gfhjkm", "password", "layout"},
      {"ru", "djpdhfn ltytu", "returns", "layout"},
      {"el", "epistrofh xrhm;atvn", "returns", "layout"},
      {"el", "kvdik;ow", "password", "layout"},
      {"el", "ινωοιψε", "printer", "layout"},
      {"en", "πασσςορδ", "password", "layout"},
      {"en", "зфыыцщкв", "password", "layout"},
      {"fr", ",ot de pqsse", "password", "layout"},
  });
}

TEST_F(RescueTest, GreekInLatinLettersIsRead) {
  ExpectFound({
      {"el", "kodikos", "password", "transliteration"},
      {"el", "kwdikos", "password", "transliteration"},
      {"el", "kodikous", "password", "transliteration"},
      {"el", "ksexasa ton kodiko", "password", "transliteration"},
      {"el", "3exasa", "password", "transliteration"},
      {"el", "xrimaton epistrofi", "returns", "transliteration"},
      {"el", "diey8ynsh", "returns", "transliteration"},
      {"el", "ektypwths", "printer", "transliteration"},
      {"el", "sindesi", "printer", "transliteration"},
  });
}

TEST_F(RescueTest, RussianInLatinLettersIsRead) {
  ExpectFound({
      {"ru", "parol", "password", "transliteration"},
      {"ru", "parolya", "password", "transliteration"},
      {"ru", "vozvrat deneg", "returns", "transliteration"},
      {"ru", "lichnyj kabinet", "returns", "transliteration"},
      {"ru", "li4niy kabinet", "returns", "transliteration"},
      {"ru", "schet", "printer", "transliteration"},
      {"ru", "podkljuchenie", "printer", "transliteration"},
      {"ru", "микрософт", "printer", "transliteration"},
  });
}

TEST_F(RescueTest, AHeldKeyIsReadAsNoWord) {
  for (const char* language : {"el", "en", "fr", "nl", "ru"}) {
    for (const char* typed : {"wwww", "aaaa", "oooo", "iiii", "zzzz"}) {
      SearchQuery query = In(language, typed);
      query.languages.clear();
      const SearchResult result = Search(query);
      EXPECT_THAT(result.hits, IsEmpty()) << language << ": " << typed;
      EXPECT_THAT(Told(result), IsEmpty()) << language << ": " << typed;
    }
  }
}

TEST_F(RescueTest, WordsInOtherLettersBringTheirLanguageIn) {
  const struct {
    const char* query;
    const char* language;
    const char* article;
  } cases[] = {{"kodikos prosvasis", "el", "password"},
               {"vozvrat deneg", "ru", "returns"},
               {"gfhjkm", "ru", "password"},
               {"πασσςορδ", "en", "password"}};
  for (const auto& c : cases) {
    const SearchResult result = Search(In("", c.query));
    EXPECT_EQ(First(result), c.article) << c.query;
    EXPECT_EQ(result.language, c.language) << c.query;
    // Not the translation that its letters look like.
    EXPECT_EQ(result.hits.front().language, c.language) << c.query;
  }
}

// One word that has a sound of another language's (кабинет) is not enough.
TEST_F(RescueTest, AWordInOtherLettersDoesNotTellTheLanguageOfAll) {
  EXPECT_EQ(Search(In("", "kabinet")).language, "ru");
  EXPECT_EQ(Search(In("", "la facture de mon kabinet")).language, "fr");
  EXPECT_EQ(Search(In("", "the refund of my kabinet")).language, "en");
  EXPECT_EQ(Search(In("", "de factuur van het kabinet")).language, "nl");
}

TEST_F(RescueTest, GluedAndDividedWordsAreFound) {
  ExpectFound({
      {"en", "resetpassword", "password", "compound"},
      {"en", "addr ess", "returns", "compound"},
      {"fr", "motdepasse", "password", "compound"},
      {"fr", "rembourse ment", "returns", "compound"},
      {"nl", "uwaccount", "password", "compound"},
      {"nl", "abonne ment", "returns", "compound"},
      {"el", "κωδικόπρόσβασης", "password", "compound"},
      {"ru", "личныйкабинет", "returns", "compound"},
  });
}

TEST_F(RescueTest, WordsOfTheCorpusAreNeverChanged) {
  for (const auto& [language, text] :
       std::vector<std::pair<const char*, const char*>>{{"el", "κωδικούς"},
                                                        {"el", "ρύθμιση"},
                                                        {"en", "printers"},
                                                        {"en", "settings"},
                                                        {"fr", "réinitialiser"},
                                                        {"nl", "printers"},
                                                        {"nl", "abonnementen"},
                                                        {"ru", "паролей"},
                                                        {"ru", "счета"}}) {
    EXPECT_THAT(Told(Search(In(language, text))), IsEmpty()) << text;
  }
}

TEST_F(RescueTest, CodesAreNeverChanged) {
  for (const char* code :
       {"SKU-4471-B", "0x80070057", "v2.4", "404", "E-1042"}) {
    for (const char* language : {"el", "en", "fr", "nl", "ru"}) {
      const SearchResult result = Search(In(language, code));
      EXPECT_THAT(result.hits, IsEmpty()) << language << " " << code;
    }
  }
}

TEST_F(RescueTest, OtherWordsOfTheLanguageAreOnlyOffered) {
  for (const auto& [language, text] :
       std::vector<std::pair<const char*, const char*>>{{"el", "επιστήμη"},
                                                        {"en", "painter"},
                                                        {"fr", "ration"},
                                                        {"nl", "printen"},
                                                        {"ru", "король"}}) {
    for (const Rewrite& rewrite : Search(In(language, text)).rewrites) {
      EXPECT_FALSE(rewrite.applied && rewrite.stage == "spelling")
          << text << " → " << rewrite.to;
    }
  }
}

TEST_F(RescueTest, VerbatimTakesNoStep) {
  for (const char* text : {"pasword", "gfhjkm", "resetpassword", "kodikos"}) {
    SearchQuery query = In("en", text);
    query.languages.clear();
    query.verbatim = true;
    const SearchResult result = Search(query);
    EXPECT_THAT(result.hits, IsEmpty()) << text;
    EXPECT_THAT(result.rewrites, IsEmpty()) << text;
  }
}

TEST_F(RescueTest, WhatIsInNoArticleIsToldToBeDropped) {
  const SearchResult result = Search(In("en", "password zzyzxq"));
  EXPECT_EQ(First(result), "password");
  EXPECT_THAT(Told(result),
              IsSupersetOf({"relaxation: password zzyzxq → password"}));
  // What is left finds nothing either.
  for (const auto& [language, text] :
       {std::pair("el", "που είναι το ζζυζξκ"), std::pair("en", "what zzyzxq"),
        std::pair("fr", "quoi zzyzxq"), std::pair("nl", "welke zzyzxq"),
        std::pair("ru", "какие ззызкщ")}) {
    const SearchResult nothing = Search(In(language, text));
    EXPECT_THAT(nothing.hits, IsEmpty()) << text;
    EXPECT_THAT(nothing.rewrites, IsEmpty()) << text;
  }
}

TEST_F(RescueTest, AnotherLanguageLeadsToTheVersionAskedFor) {
  const SearchResult result = Search(In("fr", "refund"));
  EXPECT_EQ(First(result), "returns");
  EXPECT_EQ(result.hits.front().language, "fr");
  EXPECT_THAT(Told(result), IsSupersetOf({"translation: refund → en"}));
  // No French version, no hit.
  EXPECT_THAT(Search(In("fr", "εγγύηση")).hits, IsEmpty());
}

TEST_F(RescueTest, PortalsLearnNothingFromWhatAgentsMayRead) {
  SearchQuery query = In("en", "kensingtom");
  EXPECT_THAT(Search(query).rewrites, IsEmpty());
  EXPECT_THAT(Search(query).hits, IsEmpty());
  query.audience = Audience::kAgent;
  EXPECT_THAT(Told(Search(query)),
              IsSupersetOf({"spelling: kensingtom → Kensington"}));
  EXPECT_EQ(First(Search(query)), "secret");
}

TEST_F(RescueTest, AnythingTypedIsAnsweredInBoundedTime) {
  const std::string long_word(3000, 'q');
  std::string many;
  for (int i = 0; i < 200; ++i) many += "pasword" + std::to_string(i) + " ";
  for (const std::string& text :
       {long_word, many, std::string("\xff\xfe\xed\xa0\x80 x"),
        std::string("😀😀😀"), std::string("\x01\x02\x03"),
        std::string("שלום עולם"), std::string(";;;;,,,''"),
        std::string("thththththththththththth")}) {
    for (const char* language : {"", "el", "ru", "en"}) {
      Search(In(language, text));
    }
  }
}

}  // namespace
}  // namespace kbsearch::engine
