#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "analyzers/characters.h"
#include "analyzers/fold.h"
#include "analyzers/registry.h"
#include "analyzers/spelling/spelling_rules.h"

namespace kbsearch::analyzers {
namespace {

using testing::Contains;

const Registry& SharedRegistry() {
  static const auto* const registry =
      new absl::StatusOr<std::shared_ptr<const Registry>>(Registry::Load());
  EXPECT_TRUE(registry->ok()) << registry->status();
  return ***registry;
}

const SpellingRules& Rules() { return SharedRegistry().spelling(); }

std::string Typed(const char* text, const char* typed, const char* meant) {
  const auto& keyboards = Rules().keyboards();
  return Retype(text, keyboards.at(typed), keyboards.at(meant));
}

double Cost(const char* language, const char* typed, const char* meant) {
  return Rules().Of(language).costs.Cost(ToUtf32(Fold(std::string_view(typed))),
                                         ToUtf32(Fold(std::string_view(meant))),
                                         3);
}

TEST(KeyboardTest, RetypesWhatWasTypedOnTheWrongLayout) {
  EXPECT_EQ(Typed("gfhjkm", "qwerty", "jcuken"), "пароль");
  EXPECT_EQ(Typed("jib,rf", "qwerty", "jcuken"), "ошибка");
  EXPECT_EQ(Typed("cx`n", "qwerty", "jcuken"), "счёт");
  EXPECT_EQ(Typed("GFHJKM", "qwerty", "jcuken"), "пароль");
  EXPECT_EQ(Typed("дщпшт", "jcuken", "qwerty"), "login");
  EXPECT_EQ(Typed("kvdik;ow", "qwerty", "greek"), "κωδικός");
  EXPECT_EQ(Typed("s;yndesh", "qwerty", "greek"), "σύνδεση");
  EXPECT_EQ(Typed("λογιν", "greek", "qwerty"), "login");
  EXPECT_EQ(Typed("πασσςορδ", "greek", "qwerty"), "password");
  EXPECT_EQ(Typed(",ot de pqsse", "azerty", "qwerty"), "mot de passe");
  EXPECT_EQ(Typed(";ot de pqsse", "qwerty", "azerty"), "mot de passe");
}

TEST(EditCostsTest, WhatSoundsAlikeCostsLittleInEveryLanguage) {
  const struct {
    const char* language;
    const char* typed;
    const char* meant;
  } cases[] = {
      {"el", "παραγγελεία", "παραγγελία"},
      {"el", "κοδικός", "κωδικός"},
      {"el", "σίνδεση", "σύνδεση"},
      {"el", "πρόβλιμα", "πρόβλημα"},
      {"fr", "addresse", "adresse"},
      {"fr", "conexion", "connexion"},
      {"fr", "farmacie", "pharmacie"},
      {"fr", "connection", "connexion"},
      {"nl", "accaunt", "account"},
      {"nl", "wagtwoord", "wachtwoord"},
      {"nl", "vrijdach", "vrijdag"},
      {"nl", "tijt", "tijd"},
      {"ru", "востановить", "восстановить"},
      {"ru", "малако", "молоко"},
      {"ru", "вернутся", "вернуться"},
      {"ru", "щет", "счёт"},
      {"en", "recieve", "receive"},
      {"en", "independant", "independent"},
      {"en", "adress", "address"},
      {"en", "cancelation", "cancellation"},
  };
  for (const auto& c : cases) {
    EXPECT_LT(Cost(c.language, c.typed, c.meant), 0.8)
        << c.language << " " << c.typed;
  }
}

TEST(EditCostsTest, OtherWordsStayFar) {
  EXPECT_GE(Cost("en", "invoice", "password"), 3);
  EXPECT_GE(Cost("ru", "доставка", "возврат"), 3);
  EXPECT_GE(Cost("en", "port", "post"), 0.8);
  EXPECT_EQ(Cost("en", "port", "port"), 0);
}

TEST(EditCostsTest, NeighbouringKeysAreLikelierThanDistantOnes) {
  EXPECT_LT(Cost("en", "passwprd", "password"),
            Cost("en", "passwgrd", "password"));
  EXPECT_LT(Cost("ru", "пвроль", "пароль"), Cost("ru", "пгроль", "пароль"));
}

TEST(SoundKeysTest, OneGreekWordHasOneKeyHoweverItIsSpelt) {
  const SoundKeys& sounds = *Rules().Of("el").sounds;
  const auto expect = [&](const char* word,
                          std::initializer_list<const char*> latin) {
    const std::string key = sounds.KeyOf(Fold(std::string_view(word)));
    for (const char* spelt : latin) {
      EXPECT_THAT(sounds.KeysOfLatin(spelt), Contains(key)) << word;
    }
  };
  expect("κωδικός", {"kodikos", "kwdikos", "kwdikws"});
  expect("γνωσιακή", {"gnosiaki", "gnwsiakh", "gnwsiaki"});
  expect("επιστροφή", {"epistrofh", "epistrofi", "epistrophi"});
  expect("διεύθυνση", {"diey8ynsh", "dieuthinsi", "diefthynsi", "diefthinsi"});
  expect("ξέχασα", {"ksexasa", "xexasa", "3exasa", "ksechasa"});
  expect("θέλω", {"8elw", "thelo", "8elo", "9elw"});
  expect("μπαταρία", {"mpataria", "bataria"});
  expect("τιμολόγιο", {"timologio", "timologhio"});
  expect("υπηρεσία", {"yphresia", "ipiresia", "uphresia"});
  expect("παραγγελία", {"paraggelia", "parangelia", "paragkelia"});
  expect("προϊόντα", {"proionta"});
  expect("λογαριασμού", {"logariasmou", "logariasmoy", "logariasmu"});
}

TEST(SoundKeysTest, OneRussianWordHasOneKeyHoweverItIsSpelt) {
  const SoundKeys& sounds = *Rules().Of("ru").sounds;
  const auto expect = [&](const char* word,
                          std::initializer_list<const char*> latin) {
    const std::string key = sounds.KeyOf(Fold(std::string_view(word)));
    for (const char* spelt : latin) {
      EXPECT_THAT(sounds.KeysOfLatin(spelt), Contains(key)) << word;
    }
  };
  expect("личный", {"lichnyj", "lichnyi", "lichniy", "li4nyj", "lichny"});
  expect("счёт", {"schet", "schyot", "s4et"});
  expect("пароль", {"parol", "parol'"});
  expect("подключить", {"podklyuchit", "podkljuchit'", "podkliuchit"});
  expect("защита", {"zashchita", "zaschita", "zashita", "zawita"});
  expect("техподдержка", {"tehpodderzhka", "texpodderjka", "tekhpodderzhka"});
  expect("оплата", {"oplata"});
  expect("цена", {"tsena", "cena"});
  expect("ящик", {"yashchik", "jaschik"});
}

TEST(SoundKeysTest, FormsOfOneWordAreKnownByTheirEndings) {
  const SoundKeys& greek = *Rules().Of("el").sounds;
  EXPECT_TRUE(greek.AreForms("kodikus", greek.KeyOf("κωδικοσ")));
  EXPECT_TRUE(greek.AreForms("ritmisis", greek.KeyOf("ρυτμιση")));
  EXPECT_FALSE(greek.AreForms("kodikus", greek.KeyOf("κωδικοποιηση")));
  const SoundKeys& russian = *Rules().Of("ru").sounds;
  EXPECT_TRUE(russian.AreForms("parolia", russian.KeyOf("пароль")));
  EXPECT_FALSE(russian.AreForms("parolia", russian.KeyOf("парад")));
}

TEST(DictionaryTest, EveryLanguageKnowsItsOwnWords) {
  const struct {
    const char* language;
    const char* word;
  } cases[] = {{"el", "κωδικουσ"},
               {"en", "invoices"},
               {"fr", "remboursement"},
               {"nl", "facturen"},
               {"ru", "договоров"}};
  for (const auto& c : cases) {
    EXPECT_TRUE(SharedRegistry().IsWord(c.language, c.word)) << c.word;
    EXPECT_FALSE(SharedRegistry().IsWord(c.language, "qzxqzx"));
  }
}

}  // namespace
}  // namespace kbsearch::analyzers
