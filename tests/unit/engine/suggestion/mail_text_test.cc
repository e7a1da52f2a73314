// Which lines of a mail are its writer's own.
#include "engine/suggestion/mail_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace kbsearch::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Written(const std::string& body) {
  std::string text;
  for (const MailLine& line : WrittenLines(body)) {
    absl::StrAppend(&text, line.text, "\n");
  }
  return text;
}

struct Quoting {
  const char* language;
  const char* attribution;
};

class QuotedMail : public ::testing::TestWithParam<Quoting> {};

TEST_P(QuotedMail, IsNotTheWriters) {
  const std::string mail =
      absl::StrCat("Kettle ABC leaks.\n\n", GetParam().attribution,
                   "\nOld text of the shop.\nMore of it.\n");
  EXPECT_THAT(Written(mail), HasSubstr("Kettle ABC leaks."));
  EXPECT_THAT(Written(mail), Not(HasSubstr("Old text")));
  EXPECT_THAT(Written(mail), Not(HasSubstr("2026")));
}

TEST_P(QuotedMail, AnswersBelowQuotedLinesAreTheWriters) {
  const std::string mail =
      absl::StrCat(GetParam().attribution,
                   "\n> Old text of the shop.\n>\n> More.\n\nMy answer below.");
  EXPECT_THAT(Written(mail), HasSubstr("My answer below."));
  EXPECT_THAT(Written(mail), Not(HasSubstr("Old text")));
  EXPECT_THAT(Written(mail), Not(HasSubstr("2026")));
}

INSTANTIATE_TEST_SUITE_P(
    Languages, QuotedMail,
    ::testing::Values(
        Quoting{"en",
                "On Tue, 3 Mar 2026 at 10:12, Support <s@shop.example> "
                "wrote:"},
        Quoting{"en_broken",
                "On Tuesday, 3 March 2026 at 10:12, the support of "
                "our shop\n<support@shop.example> wrote:"},
        Quoting{"fr",
                "Le mar. 3 mars 2026 à 10:12, Support <s@shop.example> a "
                "écrit :"},
        Quoting{"nl",
                "Op di 3 mrt 2026 om 10:12 schreef Support "
                "<s@shop.example>:"},
        Quoting{"ru",
                "вт, 3 мар. 2026 г. в 10:12, Support <s@shop.example> "
                "пишет:"},
        Quoting{"el",
                "Στις Τρί 3 Μαρ 2026 στις 10:12, ο Support "
                "<s@shop.example> έγραψε:"}),
    [](const auto& info) { return std::string(info.param.language); });

struct Forward {
  const char* language;
  const char* header;
};

class ForwardedMail : public ::testing::TestWithParam<Forward> {};

TEST_P(ForwardedMail, BelowTextIsLeftOut) {
  const std::string mail = absl::StrCat("The door of the oven is broken.\n\n",
                                        GetParam().header, "\n\nOld text.\n");
  EXPECT_THAT(Written(mail), HasSubstr("oven is broken"));
  EXPECT_THAT(Written(mail), Not(HasSubstr("Old text")));
}

TEST_P(ForwardedMail, AloneIsTheMatter) {
  const std::string mail =
      absl::StrCat(GetParam().header, "\n\nThe door of the oven is broken.\n");
  EXPECT_THAT(Written(mail), HasSubstr("oven is broken"));
  EXPECT_THAT(Written(mail), Not(HasSubstr("ann@")));
}

INSTANTIATE_TEST_SUITE_P(
    Languages, ForwardedMail,
    ::testing::Values(
        Forward{"en",
                "---------- Forwarded message ---------\nFrom: Ann "
                "<ann@mail.example>\nDate: 3 March 2026\nSubject: Oven\n"
                "To: <s@shop.example>"},
        Forward{"en_outlook",
                "From: Ann <ann@mail.example>\nSent: 3 March "
                "2026\nTo: Support\nSubject: Oven"},
        Forward{"fr",
                "De : Anne <ann@mail.example>\nEnvoyé : 3 mars 2026\nÀ : "
                "Support\nObjet : Four"},
        Forward{"nl",
                "-----Oorspronkelijk bericht-----\nVan: Anna "
                "<ann@mail.example>\nVerzonden: 3 maart 2026\nAan: "
                "Support\nOnderwerp: Oven"},
        Forward{"ru",
                "-------- Пересылаемое сообщение --------\nОт: Анна "
                "<ann@mail.example>\nДата: 3 марта 2026\nТема: Духовка\n"
                "Кому: Поддержка"},
        Forward{"el",
                "---------- Προωθημένο μήνυμα ---------\nΑπό: Άννα "
                "<ann@mail.example>\nΗμερομηνία: 3 Μαρτίου 2026\nΘέμα: "
                "Φούρνος\nΠρος: Υποστήριξη"}),
    [](const auto& info) { return std::string(info.param.language); });

struct Ending {
  const char* language;
  const char* text;
};

class EndOfMail : public ::testing::TestWithParam<Ending> {};

TEST_P(EndOfMail, IsLeftOut) {
  const std::string mail =
      absl::StrCat("Kettle ABC leaks.\n\n", GetParam().text);
  EXPECT_EQ(Written(mail), "Kettle ABC leaks.\n");
}

INSTANTIATE_TEST_SUITE_P(
    Languages, EndOfMail,
    ::testing::Values(
        Ending{"en_name", "Kind regards,\nAnn Smith\nShop Ltd\n0123 456"},
        Ending{"en_short", "Thanks, Ann"}, Ending{"en_mark", "-- \nAnn\nLtd"},
        Ending{"en_device", "Sent from my tablet"},
        Ending{"en_notice",
               "This e-mail and any attachments are confidential and intended "
               "solely for the addressee.\nDelete it otherwise."},
        Ending{"fr_polite",
               "Je vous prie d'agréer, Madame, Monsieur, mes salutations "
               "distinguées.\nAnne Petit"},
        Ending{"fr_device", "Envoyé de mon téléphone"},
        Ending{"fr_notice",
               "Ce message et ses pièces jointes sont confidentiels."},
        Ending{"nl_name", "Met vriendelijke groet,\nAnna de Wit"},
        Ending{"nl_device", "Verstuurd vanaf mijn mobiel"},
        Ending{"nl_notice",
               "Dit bericht is uitsluitend bestemd voor de geadresseerde."},
        Ending{"ru_name", "С уважением,\nАнна Белова"},
        Ending{"ru_device", "Отправлено с телефона"},
        Ending{"ru_notice",
               "Данное сообщение содержит конфиденциальную информацию."},
        Ending{"el_name", "Με εκτίμηση,\nΆννα Παππά"},
        Ending{"el_device", "Στάλθηκε από το κινητό μου"},
        Ending{"el_notice",
               "Το παρόν μήνυμα και τα συνημμένα του είναι εμπιστευτικά."},
        Ending{"initials", "A. B."}),
    [](const auto& info) { return std::string(info.param.language); });

TEST(WrittenLines, KeepsWhatOnlyLooksLikeAnEnd) {
  // No closing: more words than a name has, a question.
  EXPECT_THAT(Written("It leaks.\nThanks to the new valve it leaks less now."),
              HasSubstr("new valve"));
  EXPECT_THAT(Written("Il fuit.\nMerci de me dire comment le vider ?"),
              HasSubstr("comment le vider"));
  EXPECT_THAT(Written("Elle fuit.\nMerci d'avance\nElle fait aussi du bruit "
                      "depuis hier."),
              HasSubstr("depuis hier"));
  // "He wrote" without a date or an address quotes nobody.
  EXPECT_THAT(Written("The driver wrote:\nNot at home."),
              HasSubstr("Not at home"));
  // One field is no header.
  EXPECT_THAT(Written("From: the app I cannot print."),
              HasSubstr("cannot print"));
}

TEST(WrittenLines, KeepsThePostscript) {
  const std::string text =
      Written("It leaks.\n\nRegards,\nAnn\n\nPS: the lid is cracked too.");
  EXPECT_THAT(text, HasSubstr("lid is cracked"));
  EXPECT_THAT(text, Not(HasSubstr("Ann")));
}

TEST(WrittenLines, GreetingGoesWithItsName) {
  EXPECT_THAT(Written("Dear Ann Smith,\nIt leaks."), Not(HasSubstr("Ann")));
  EXPECT_THAT(Written("Dear Ann Smith,\nIt leaks."), HasSubstr("It leaks."));
  EXPECT_EQ(Written("Hello printer broken"), " printer broken\n");
  EXPECT_EQ(Written("Καλημέρα σας, στάζει."), "στάζει.\n");
}

TEST(WrittenLines, TimeGrowsWithTheTextOnly) {
  // A square of these would take minutes.
  for (const char* line :
       {"\n", "-----\n", "From: a\n", "On 12 wrote:\n", "12 a\n", "Thanks\n",
        "--\n", "> a\n", "a b c d e\n", "Hello,\n", ">"}) {
    std::string mail = "text\n";
    while (mail.size() < 200'000) mail += line;
    Written(mail);
  }
}

TEST(WrittenLines, TakesAnyBytes) {
  EXPECT_EQ(Written(""), "");
  EXPECT_EQ(Written("\n\n \r\n"), "");
  Written("\xff\xfe>\xc3\n\xe2\x82: \x80");
}

}  // namespace
}  // namespace kbsearch::engine
