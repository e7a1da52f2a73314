// A ticket's sentences, in five languages.
#include "engine/suggestion/ticket_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace kbsearch::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string Joined(const std::vector<TicketSentence>& sentences) {
  std::string text;
  for (const TicketSentence& sentence : sentences) {
    absl::StrAppend(&text, sentence.in_subject ? "S:" : "B:", sentence.text,
                    "|");
  }
  return text;
}

struct Example {
  const char* language;
  const char* subject;
  const char* body;
  std::vector<const char*> kept;
  std::vector<const char*> gone;
  size_t questions;
};

class TicketInLanguage : public ::testing::TestWithParam<Example> {};

TEST_P(TicketInLanguage, KeepsTheMatterOnly) {
  const Example& example = GetParam();
  const auto sentences = ReadTicket(example.subject, example.body);
  const std::string text = Joined(sentences);
  for (const char* kept : example.kept) EXPECT_THAT(text, HasSubstr(kept));
  for (const char* gone : example.gone) {
    EXPECT_THAT(text, Not(HasSubstr(gone)));
  }
  size_t questions = 0;
  bool tells_problem = false;
  for (const TicketSentence& sentence : sentences) {
    questions += sentence.is_question;
    tells_problem = tells_problem || sentence.tells_problem;
  }
  EXPECT_EQ(questions, example.questions);
  EXPECT_TRUE(tells_problem);
}

INSTANTIATE_TEST_SUITE_P(
    Examples, TicketInLanguage,
    ::testing::Values(
        Example{
            "en",
            "Re: Fwd: Tumble dryer [#55120]",
            "Hi Sam,\n\nthe dryer TD-70 stops with code F21 after ten "
            "minutes. Order no. SH-2025-771203, phone +44 20 7946 0018. How "
            "do I clean the filter? Thanks in advance.\n\nBest "
            "wishes,\nRobin",
            {"S: Tumble dryer", "TD-70", "F21", "clean the filter"},
            {"Re:", "55120", "Sam", "771203", "7946", "Robin", "advance"},
            1},
        Example{
            "fr",
            "RE : Sèche-linge",
            "Bonjour Madame,\n\nle sèche-linge TD-70 s'arrête, code F21. Il "
            "ne fonctionne plus. Commande n° SH-2025-771203, écrivez à "
            "robin@courrier.example. Comment nettoyer le filtre ?\n\n"
            "Cordialement,\nRobin",
            {"S: Sèche-linge", "TD-70", "F21", "nettoyer le filtre"},
            {"Bonjour", "771203", "@", "Robin"},
            1},
        Example{
            "nl",
            "Antw: Droger",
            "Goedemiddag,\n\nde droger TD-70 stopt met code F21 en doet het "
            "niet meer. Bestelnummer: SH-2025-771203. Hoe maak ik het filter "
            "schoon?\n\nGroetjes,\nRobin",
            {"S: Droger", "TD-70", "F21", "filter"},
            {"Goedemiddag", "771203", "Robin"},
            1},
        Example{"ru",
                "Ответ: Сушильная машина",
                "Добрый день!\n\nМашина TD-70 не работает, код F21. Заказ "
                "№ SH-2025-771203. Как почистить фильтр?\n\nС "
                "уважением,\nРоман",
                {"S: Сушильная машина", "TD-70", "F21", "фильтр"},
                {"Добрый", "771203", "Роман"},
                1},
        Example{
            "el",
            "Απ: Στεγνωτήριο",
            "Καλησπέρα σας,\n\nτο στεγνωτήριο TD-70 δεν λειτουργεί, κωδικός "
            "F21. Αρ. παραγγελίας SH-2025-771203. Πώς καθαρίζω το "
            "φίλτρο;\n\nΜε εκτίμηση,\nΡένα",
            {"S: Στεγνωτήριο", "TD-70", "F21", "καθαρίζω το φίλτρο"},
            {"Καλησπέρα", "771203", "Ρένα"},
            1}),
    [](const auto& info) { return std::string(info.param.language); });

TEST(ReadTicket, ParagraphsMayBeInSeveralLanguages) {
  const std::string text = Joined(ReadTicket(
      "",
      "Hello,\n\nthe lamp is broken.\n\nBonjour,\n\nla lampe est cassée.\n"
      "Cordialement,\nA."));
  EXPECT_THAT(text, HasSubstr("lamp is broken"));
  EXPECT_THAT(text, HasSubstr("lampe est cassée"));
  EXPECT_THAT(text, Not(HasSubstr("Cordialement")));
}

TEST(ReadTicket, NothingIsLostForGood) {
  EXPECT_THAT(Joined(ReadTicket("", "Kind regards,\nAnn")), HasSubstr("Ann"));
  EXPECT_THAT(Joined(ReadTicket("", "Kind regards")),
              HasSubstr("Kind regards"));
  EXPECT_THAT(Joined(ReadTicket("Hello", "")), HasSubstr("Hello"));
  EXPECT_THAT(Joined(ReadTicket("", "> the lamp\n> is broken")),
              HasSubstr("the lamp"));
  EXPECT_THAT(Joined(ReadTicket("", "Sent from my phone")),
              HasSubstr("Sent from my phone"));
}

TEST(ReadTicket, StrangeTickets) {
  EXPECT_THAT(ReadTicket("", ""), IsEmpty());
  EXPECT_THAT(ReadTicket("", "🙁"), IsEmpty());
  EXPECT_THAT(ReadTicket(" \n", "\t\n"), IsEmpty());
  EXPECT_THAT(ReadTicket("", "E21"), SizeIs(1));
  ReadTicket("\xff\xfe", "\xc3(\xa0\xa1 \xe2\x28\xa1");
  std::string endless;
  for (int i = 0; i < 5000; ++i) endless += "word ";
  EXPECT_THAT(ReadTicket("", endless), SizeIs(1));
}

TEST(WithoutPersonalData, TakesWhatMeansOnePersonOrOrder) {
  for (const char* gone :
       {"ann@mail.example", "+30 210 123 4567", "06 12 34 56 78",
        "4111 1111 1111 1111", "4111-1111-1111-1111",
        "GR16 0110 1250 0000 0001 2300 695", "NL91ABNA0417164300",
        "order number 48213", "Order #A-48213-77", "commande CMD-2026-11873",
        "bestelling 48213", "заказ 48213", "παραγγελία 48213"}) {
    EXPECT_THAT(WithoutPersonalData(absl::StrCat("It broke, ", gone, ", why?")),
                Not(::testing::ContainsRegex("[0-9@]")))
        << gone;
  }
}

TEST(WithoutPersonalData, LeavesCodesVersionsAndPrices) {
  for (const char* kept :
       {"error 0x80070057", "code PAY-4031", "ERR_SYNC_17", "version 4.16.1",
        "iOS 17.2", "NRD-R200", "89,90 €", "ORA-00942", "order gives PAY-4031",
        "KB5034441", "300 Mbit", "12 months", "HTTP/2"}) {
    EXPECT_EQ(WithoutPersonalData(kept), kept);
  }
}

}  // namespace
}  // namespace kbsearch::engine
