// Suggestions for tickets over a real index in five languages.
#include "engine/suggestion/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "engine/operators/rule_store.h"
#include "tests/unit/engine/suggestion/bicycle_shop.h"

namespace kbsearch::engine {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<std::string> Ids(const SuggestResult& result) {
  std::vector<std::string> ids;
  for (const Suggestion& suggestion : result.suggestions) {
    ids.push_back(suggestion.hit.article_id);
  }
  return ids;
}

class SuggestTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { shop_ = new BicycleShop(); }
  static void TearDownTestSuite() {
    delete shop_;
    shop_ = nullptr;
  }

  static SuggestQuery Ticket(const std::string& subject,
                             const std::string& body) {
    SuggestQuery query;
    query.corpus = "kb";
    query.subject = subject;
    query.body = body;
    return query;
  }

  static BicycleShop* shop_;
};

BicycleShop* SuggestTest::shop_ = nullptr;

struct Asked {
  const char* language;
  const char* subject;
  const char* body;
  const char* wanted;
};

class SuggestInLanguage : public SuggestTest,
                          public ::testing::WithParamInterface<Asked> {};

TEST_P(SuggestInLanguage, TheRightArticleComesFirst) {
  const SuggestResult result =
      shop_->Suggest(Ticket(GetParam().subject, GetParam().body));
  ASSERT_FALSE(result.suggestions.empty());
  const Suggestion& first = result.suggestions.front();
  EXPECT_EQ(first.hit.article_id, GetParam().wanted);
  EXPECT_EQ(first.hit.language, std::string(GetParam().language).substr(0, 2));
  EXPECT_EQ(result.languages.front(), first.hit.language);
  EXPECT_FALSE(result.abstained);
  for (size_t i = 0; i < result.suggestions.size(); ++i) {
    EXPECT_GE(result.suggestions[i].confidence, 0);
    EXPECT_LE(result.suggestions[i].confidence, 1);
    if (i > 0) {
      EXPECT_LE(result.suggestions[i].confidence,
                result.suggestions[i - 1].confidence);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Tickets, SuggestInLanguage,
    ::testing::Values(
        Asked{"en", "Puncture",
              "Hello,\n\nriding home I got a flat tyre on the rented bike. I "
              "have a patch kit, how do I get the tube out?\n\nRegards,\nA.",
              "flat-tyre"},
        Asked{"en_faq", "", "Can I rent helmets for my two children?", "faq#1"},
        Asked{"fr", "Crevaison",
              "Bonjour,\n\nj'ai un pneu crevé. J'ai des rustines, comment "
              "sortir la chambre à air ?\n\nCordialement,\nA.",
              "flat-tyre"},
        Asked{"fr_faq", "", "Je voudrais louer deux casques pour mes enfants.",
              "faq#1"},
        Asked{"nl", "Lek gereden",
              "Hoi,\n\nik heb een lekke band. Hoe krijg ik de binnenband eruit "
              "om hem te plakken?\n\nGroetjes,\nA.",
              "flat-tyre"},
        Asked{"nl_faq", "", "Hebben jullie kinderhelmen te huur?", "faq#1"},
        Asked{"ru", "Прокол",
              "Здравствуйте! Проколол шину, заплатки есть. Как вытащить "
              "камеру?\n\nС уважением,\nА.",
              "flat-tyre"},
        Asked{"ru_faq", "", "Нужны два детских шлема напрокат.", "faq#1"},
        Asked{"el", "Λάστιχο",
              "Καλησπέρα σας,\n\nμου έσκασε το λάστιχο. Έχω μπαλώματα, πώς "
              "βγάζω τη σαμπρέλα;\n\nΜε εκτίμηση,\nΑ.",
              "flat-tyre"},
        Asked{"el_faq", "", "Θέλω να νοικιάσω δύο παιδικά κράνη.", "faq#1"}),
    [](const auto& info) { return std::string(info.param.language); });

TEST_F(SuggestTest, AnFaqEntryBringsItsAnswer) {
  const SuggestResult result =
      shop_->Suggest(Ticket("", "Do you rent helmets for children?"));
  ASSERT_FALSE(result.suggestions.empty());
  EXPECT_EQ(result.suggestions[0].hit.answer, "Yes, in three sizes.");
  EXPECT_EQ(result.suggestions[0].hit.kind, ArticleKind::kFaq);
}

TEST_F(SuggestTest, CustomersGetNeitherCannedResponsesNorProcedures) {
  SuggestQuery query = Ticket("Flat tyre", "I have a flat tyre, free repair?");
  query.max_suggestions = 5;
  EXPECT_THAT(Ids(shop_->Suggest(query)),
              AllOf(Contains("flat-tyre"), Not(Contains("canned-tyre")),
                    Not(Contains("sop-tyre"))));
  query.audience = Audience::kAgent;
  EXPECT_THAT(Ids(shop_->Suggest(query)),
              AllOf(Contains("flat-tyre"), Contains("canned-tyre"),
                    Contains("sop-tyre")));
}

TEST_F(SuggestTest, AbstainsBelowTheThreshold) {
  SuggestQuery query = Ticket("Job",
                              "Do you look for a mechanic? I have ten "
                              "years of experience and repair cars.");
  query.min_confidence = 0.4;
  const SuggestResult result = shop_->Suggest(query);
  EXPECT_THAT(result.suggestions, IsEmpty());
  EXPECT_TRUE(result.abstained);
  query.min_confidence = 1;
  EXPECT_THAT(shop_->Suggest(query).suggestions, IsEmpty());
}

TEST_F(SuggestTest, AMixedTicketIsLookedUpInBothLanguages) {
  SuggestQuery query = Ticket(
      "",
      "Good morning, the lock of my bicycle does not open and the key is "
      "lost, can you send a new key?\nΕπίσης θέλω να μάθω πότε επιστρέφεται "
      "η εγγύηση στην κάρτα μου μετά την παράδοση του ποδηλάτου.");
  query.max_suggestions = 5;
  const SuggestResult result = shop_->Suggest(query);
  EXPECT_THAT(result.languages, ::testing::UnorderedElementsAre("en", "el"));
  EXPECT_THAT(Ids(result), AllOf(Contains("lock"), Contains("deposit")));
}

TEST_F(SuggestTest, LanguagesRestrict) {
  SuggestQuery query = Ticket("Flat tyre", "How do I repair a flat tyre?");
  query.languages = {"nl"};
  for (const Suggestion& suggestion : shop_->Suggest(query).suggestions) {
    EXPECT_EQ(suggestion.hit.language, "nl");
  }
  // Words that both languages write alike are looked up in the one asked for.
  query = Ticket("", "batterie vélo");
  query.languages = {"fr"};
  EXPECT_EQ(Ids(shop_->Suggest(query)).front(), "battery");
  query.languages = {"de"};
  EXPECT_THAT(shop_->Suggest(query).suggestions, IsEmpty());
}

TEST_F(SuggestTest, NoMoreThanAskedFor) {
  SuggestQuery query = Ticket("", "bicycle deposit return battery tyre lock");
  query.max_suggestions = 2;
  EXPECT_THAT(shop_->Suggest(query).suggestions, SizeIs(2));
}

TEST_F(SuggestTest, TermsAreTheWordsLookedFor) {
  const SuggestResult result =
      shop_->Suggest(Ticket("Battery", "The lamp is red, it does not charge."));
  EXPECT_THAT(result.terms, Contains("battery"));
  EXPECT_THAT(result.terms, Not(Contains("the")));
}

TEST_F(SuggestTest, ADraftMayEndInAnUnfinishedWord) {
  SuggestQuery query = Ticket("", "My key of the lock is lost and batte");
  query.draft = true;
  const SuggestResult result = shop_->Suggest(query);
  EXPECT_EQ(Ids(result).front(), "lock");
  EXPECT_THAT(result.terms, Not(Contains("batte")));
  query = Ticket("batter", "");
  query.draft = true;
  shop_->Suggest(query);
}

// What operators wrote, a subject of the same words, and one of more words.
struct Curated {
  const char* language;
  const char* query;
  const char* subject;
  const char* other;
};

class CurationsOfTickets : public SuggestTest,
                           public ::testing::WithParamInterface<Curated> {
 protected:
  void Put(const std::vector<Curation>& curations) {
    const auto problems =
        shop_->library().rules().PutCurations("kb", curations);
    ASSERT_TRUE(problems.ok()) << problems.status();
    EXPECT_THAT(*problems, IsEmpty());
  }
  void TearDown() override { Put({}); }
};

TEST_P(CurationsOfTickets, PinAndHideForTheSubject) {
  Put({{GetParam().query,
        GetParam().language,
        {"lock", "sop-tyre"},
        {"flat-tyre"}}});
  SuggestQuery query = Ticket(GetParam().subject, "");
  query.language = GetParam().language;
  query.min_confidence = 0.9;
  const SuggestResult result = shop_->Suggest(query);
  // The pinned procedure is not for customers.
  ASSERT_THAT(Ids(result), ElementsAre("lock"));
  EXPECT_TRUE(result.suggestions.front().hit.pinned);
  EXPECT_EQ(result.suggestions.front().hit.language, GetParam().language);
  EXPECT_EQ(result.suggestions.front().confidence, 1);
  query.min_confidence = 0;
  query.max_suggestions = 5;
  EXPECT_THAT(Ids(shop_->Suggest(query)), Not(Contains("flat-tyre")));
  query.subject = GetParam().other;
  for (const Suggestion& suggestion : shop_->Suggest(query).suggestions) {
    EXPECT_FALSE(suggestion.hit.pinned);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Languages, CurationsOfTickets,
    ::testing::Values(
        Curated{"en", "flat tyre", "Flat tyres!", "flat tyre, deposit"},
        Curated{"fr", "pneu crevé", "Pneus crevés", "pneu crevé et caution"},
        Curated{"nl", "lekke band", "Lekke banden", "lekke band en borg"},
        Curated{"ru", "проколотая шина", "Проколотые шины",
                "проколотая шина и залог"},
        Curated{"el", "σκασμένο λάστιχο", "Σκασμένα λάστιχα",
                "σκασμένο λάστιχο και εγγύηση"}),
    [](const auto& info) { return std::string(info.param.language); });

struct Filler {
  const char* question;
  const char* filler;
};

class QuestionsAmongSentences : public SuggestTest,
                                public ::testing::WithParamInterface<Filler> {};

TEST_P(QuestionsAmongSentences, AreAsLikelyAsAlone) {
  const std::string question = GetParam().question;
  const std::string filler = GetParam().filler;
  const SuggestResult alone = shop_->Suggest(Ticket("", question));
  ASSERT_THAT(Ids(alone), Not(IsEmpty()));
  ASSERT_EQ(Ids(alone).front(), "faq#1");
  for (const std::string& text :
       {question + " " + filler, filler + " " + question,
        filler + "\n\n" + question + "\n" + filler}) {
    const SuggestResult result = shop_->Suggest(Ticket("", text));
    ASSERT_THAT(Ids(result), Not(IsEmpty())) << text;
    EXPECT_EQ(Ids(result).front(), "faq#1") << text;
    EXPECT_GE(result.suggestions.front().confidence,
              alone.suggestions.front().confidence - 0.1)
        << text;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Languages, QuestionsAmongSentences,
    ::testing::Values(
        Filler{"Do you rent helmets for children?",
               "I have been waiting for two weeks now because nobody answers "
               "the telephone in the afternoon."},
        Filler{"Louez-vous des casques pour enfants ?",
               "J'attends depuis deux semaines parce que personne ne répond au "
               "téléphone l'après-midi."},
        Filler{"Verhuren jullie kinderhelmen?",
               "Ik wacht nu al twee weken omdat niemand 's middags de telefoon "
               "opneemt."},
        Filler{"Есть ли детские шлемы напрокат?",
               "Я жду уже две недели, потому что днём никто не берёт трубку."},
        Filler{"Νοικιάζετε παιδικά κράνη;",
               "Περιμένω εδώ και δύο εβδομάδες γιατί κανείς δεν απαντά στο "
               "τηλέφωνο το απόγευμα."}));

TEST_F(SuggestTest, TicketsInLatinLettersAreReadByTheirSound) {
  struct Case {
    const char* language;
    const char* text;
    const char* article;
  };
  const Case kCases[] = {
      {"el", "Pws vgazw th samprela; To lastixo einai skasmeno.", "flat-tyre"},
      {"el", "Den anoigei h kleidaria, exasa to kleidi.", "lock"},
      {"el", "Nikiazete paidika krani gia ta paidia?", "faq#1"},
      {"el", "Pote epistrefetai h eggyisi stin karta mou?", "deposit"},
      {"ru", "Est li u vas detskie shlemy naprokat?", "faq#1"},
      {"ru", "Kogda vernut zalog na kartu posle vozvrata velosipeda?",
       "deposit"},
      {"ru", "Poteryal klyuch ot zamka, kak otkryt zamok?", "lock"},
  };
  for (const Case& c : kCases) {
    const SuggestResult result = shop_->Suggest(Ticket("", c.text));
    ASSERT_THAT(Ids(result), Not(IsEmpty())) << c.text;
    EXPECT_EQ(Ids(result).front(), c.article) << c.text;
    EXPECT_EQ(result.languages.front(), c.language) << c.text;
  }
}

TEST_F(SuggestTest, TicketsOfLatinLanguagesAreNotReadBySound) {
  for (const char* text :
       {"My bicycle has a flat tyre and I lost the key of the lock.",
        "Mon vélo a un pneu crevé et j'ai perdu la clé de l'antivol.",
        "Mijn fiets heeft een lekke band en ik ben de sleutel kwijt.",
        "Mein Fahrrad hat einen Platten und ich habe den Schlüssel verloren.",
        "La mia bicicletta ha una gomma a terra e ho perso la chiave.",
        "Shimano Deore XT brake Magura HS33 tyre Schwalbe Marathon"}) {
    for (const std::string& language :
         shop_->Suggest(Ticket("", text)).languages) {
      EXPECT_TRUE(language != "el" && language != "ru") << text;
    }
  }
  SuggestQuery query = Ticket("", "Den anoigei h kleidaria, exasa to kleidi.");
  query.languages = {"en", "fr"};
  for (const std::string& language : shop_->Suggest(query).languages) {
    EXPECT_NE(language, "el");
  }
}

TEST_F(SuggestTest, StrangeTickets) {
  std::string long_text;
  for (int i = 0; i < 5000; ++i) {
    long_text += i % 50 == 0 ? "tyre " : "word" + std::to_string(i) + " ";
  }
  for (const std::string& text : std::vector<std::string>{
           "🙁", "\xff\xfe\x80", "Kind regards,\nAnn", "0x80070057", "?",
           "> quoted", "flat tyre", long_text, std::string(190'000, 'x'),
           std::string(3, '\0') + "tyre"}) {
    const SuggestResult result = shop_->Suggest(Ticket("", text));
    EXPECT_LE(result.suggestions.size(), 3u);
  }
  EXPECT_THAT(shop_->Suggest(Ticket("", "🙁")).suggestions, IsEmpty());
  EXPECT_FALSE(shop_->Suggest(Ticket("", "🙁")).abstained);
  EXPECT_THAT(Ids(shop_->Suggest(Ticket("", long_text))),
              Contains("flat-tyre"));
}

TEST_F(SuggestTest, ADeadlineThatHasPassedIsAnError) {
  const auto library = shop_->library().NewSearcher();
  SuggestQuery query = Ticket("", "flat tyre");
  query.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  EXPECT_TRUE(absl::IsDeadlineExceeded(library->Suggest(query).status()));
  query.corpus = "none";
  EXPECT_TRUE(absl::IsNotFound(library->Suggest(query).status()));
}

}  // namespace
}  // namespace kbsearch::engine
