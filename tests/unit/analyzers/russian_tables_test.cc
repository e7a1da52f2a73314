// What the Russian dictionary takes apart is put together again, and no more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "analyzers/tables/russian_links.h"
#include "analyzers/tables/russian_nouns.h"

namespace kbsearch::analyzers {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

using Words = absl::flat_hash_set<std::string>;

class RussianNounsTest : public ::testing::Test {
 protected:
  const Words forms_ = {
      "угол",    "угла",     "углу",    "углом",   "угле",     "углы",
      "углов",   "уголь",    "угля",    "углю",    "углем",    "угли",
      "углей",   "ключ",     "ключа",   "ключу",   "ключом",   "ключи",
      "ключей",  "время",    "времени", "время",   "времена",  "временем",
      "времен",  "временам", "вычет",   "вычту",   "вычтем",   "чертеж",
      "чертежа", "чертежу",  "чертеже", "чертежи", "чертежом", "чертежам",
      "сан",     "сана",     "сану",    "саном",   "саны",     "сани",
      "саней",   "банк",     "банка",   "банку",   "банком",   "банке",
      "банки"};
  const RussianNouns nouns_{forms_, forms_};
};

TEST_F(RussianNounsTest, AFleetingVowelComesBack) {
  for (const char* form : {"угла", "углу", "углом", "углы", "углов"}) {
    EXPECT_EQ(nouns_.NominativeOf(form), "угол") << form;
  }
  for (const char* form : {"угля", "углю", "угли"}) {
    EXPECT_EQ(nouns_.NominativeOf(form), "уголь") << form;
  }
}

TEST_F(RussianNounsTest, HissingStemsAndNounsInMya) {
  EXPECT_EQ(nouns_.NominativeOf("ключом"), "ключ");
  EXPECT_EQ(nouns_.NominativeOf("ключей"), "ключ");
  for (const char* form : {"времени", "временем", "времена", "времен"}) {
    EXPECT_EQ(nouns_.NominativeOf(form), "время") << form;
  }
}

TEST_F(RussianNounsTest, AFewFormsAreNoNoun) {
  EXPECT_EQ(nouns_.NominativeOf("вычту"), "");
  EXPECT_EQ(nouns_.NominativeOf("ключ"), "");
  EXPECT_EQ(nouns_.NominativeOf("и"), "");
  EXPECT_EQ(nouns_.NominativeOf(""), "");
}

TEST_F(RussianNounsTest, OnlyRegularPluralsHaveASingular) {
  EXPECT_EQ(nouns_.SingularOf("чертежи"), "чертеж");
  EXPECT_EQ(nouns_.SingularOf("времена"), "время");
  EXPECT_EQ(nouns_.SingularOf("сани"), "");  // of "сан" it were "саны"
  EXPECT_EQ(nouns_.SingularOf("банка"), "");
  EXPECT_EQ(nouns_.SingularOf(""), "");
}

class RussianLinksTest : public ::testing::Test {
 protected:
  const Words headwords_ = {"действовать",
                            "действующий",
                            "использовать",
                            "открыть",
                            "открыться",
                            "открывать",
                            "открываться",
                            "настроить",
                            "настраивать",
                            "оплатить",
                            "оплачивать",
                            "брать",
                            "брить",
                            "письмо",
                            "помочь",
                            "стереть",
                            "давать",
                            "давить",
                            "хранить",
                            "храниться",
                            "регистрировать",
                            "зарегистрировать",
                            "зарегистрироваться",
                            "публиковать",
                            "отменить",
                            "сбросить",
                            "продлить",
                            "блокировать",
                            "разблокировать",
                            "карить",
                            "кровать"};
  const RussianLinks::Owners owners_ = {{"действуют", {"действовать"}},
                                        {"используем", {"использовать"}},
                                        {"хранятся", {"храниться"}},
                                        {"письма", {"письмо"}}};
  const RussianLinks links_{headwords_, owners_};
};

TEST_F(RussianLinksTest, ParticiplesAndNounsOfActionKnowTheirVerbs) {
  EXPECT_THAT(links_.VerbsBehind("действующий"),
              UnorderedElementsAre("действовать"));
  EXPECT_THAT(links_.VerbsBehind("используемый"),
              UnorderedElementsAre("использовать"));
  EXPECT_THAT(links_.VerbsBehind("хранящийся"),
              UnorderedElementsAre("храниться", "хранить"));
  EXPECT_THAT(links_.VerbsBehind("оплаченный"), Contains("оплатить"));
  EXPECT_THAT(links_.VerbsBehind("открытие"), Contains("открыть"));
}

TEST_F(RussianLinksTest, ImperfectivesKnowTheirPerfectives) {
  EXPECT_THAT(links_.VerbsBehind("открываться"),
              UnorderedElementsAre("открыться", "открывать", "открыть"));
  EXPECT_THAT(links_.VerbsBehind("настраивать"), Contains("настроить"));
  EXPECT_THAT(links_.VerbsBehind("оплачивать"), Contains("оплатить"));
}

TEST_F(RussianLinksTest, MoreNounsOfActionAndAspects) {
  EXPECT_THAT(links_.VerbsBehind("регистрация"), Contains("регистрировать"));
  EXPECT_THAT(links_.VerbsBehind("публикация"), Contains("публиковать"));
  EXPECT_THAT(links_.VerbsBehind("отмена"), Contains("отменить"));
  EXPECT_THAT(links_.VerbsBehind("сбрасывать"), Contains("сбросить"));
  EXPECT_THAT(links_.VerbsBehind("продлевать"), Contains("продлить"));
  EXPECT_THAT(links_.VerbsBehind("кара"), IsEmpty());  // too short to tell
}

TEST_F(RussianLinksTest, ForeignVerbsGoWithTheirBase) {
  EXPECT_THAT(links_.VerbsBehind("зарегистрироваться"),
              UnorderedElementsAre("зарегистрировать", "регистрировать"));
  // "раз-" turns the sense round.
  EXPECT_THAT(links_.VerbsBehind("разблокировать"), IsEmpty());
}

TEST_F(RussianLinksTest, ShortVerbsAndNounsAreLeftAlone) {
  EXPECT_THAT(links_.VerbsBehind("брать"), IsEmpty());
  EXPECT_THAT(links_.VerbsBehind("давать"), Not(Contains("давить")));
  EXPECT_THAT(links_.VerbsBehind("письмо"), IsEmpty());
  EXPECT_THAT(links_.VerbsBehind(""), IsEmpty());
}

TEST_F(RussianLinksTest, PastTensesFindTheirVerb) {
  EXPECT_THAT(links_.InfinitivesOfPast("помог"),
              UnorderedElementsAre("помочь"));
  EXPECT_THAT(links_.InfinitivesOfPast("стер"),
              UnorderedElementsAre("стереть"));
  EXPECT_THAT(links_.InfinitivesOfPast("лист"), IsEmpty());
}

TEST_F(RussianLinksTest, LoneFormsFindTheirWord) {
  EXPECT_THAT(links_.LemmasOfLoneForm("писем"), UnorderedElementsAre("письмо"));
}

}  // namespace
}  // namespace kbsearch::analyzers
