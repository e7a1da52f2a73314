// The front end: text → tokens, with byte offsets, positions and roles.
#include "analyzers/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/unit/analyzers/shared_registry.h"

namespace kbsearch::analyzers {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::Not;

// begin-end@position+span role exact
std::string Shown(const Token& token) {
  static constexpr char kRoles[] = "WPJV";
  return std::to_string(token.begin) + "-" + std::to_string(token.end) + "@" +
         std::to_string(token.position) + "+" + std::to_string(token.span) +
         " " + kRoles[static_cast<size_t>(token.role)] + " " + token.exact;
}

std::vector<std::string> Analyzed(std::string_view language,
                                  std::string_view text) {
  std::vector<std::string> shown;
  for (const Token& token :
       SharedRegistry().NewAnalyzer(language)->Analyze(text)) {
    shown.push_back(Shown(token));
  }
  return shown;
}

std::vector<std::string> Words(std::string_view language,
                               std::string_view text) {
  std::vector<std::string> words;
  for (const Token& token :
       SharedRegistry().NewAnalyzer(language)->Analyze(text)) {
    if (token.role == TokenRole::kWhole) words.push_back(token.exact);
  }
  return words;
}

TEST(AnalyzerTest, FrenchElisionAndHyphens) {
  EXPECT_THAT(Analyzed("fr", "L'imprimante Wi-Fi"),
              ElementsAre("2-12@0+1 W imprimante", "13-15@1+1 W wi",
                          "13-18@1+2 J wifi", "16-18@2+1 W fi"));
  EXPECT_THAT(
      Words("fr", "Qu’il d‘abord jusqu'à lʼeau aujourd’hui presqu'île"),
      ElementsAre("il", "abord", "a", "eau", "aujourdhui", "presquile"));
}

TEST(AnalyzerTest, GreekGlueAcronymsAndElision) {
  EXPECT_THAT(Analyzed("el", "όπωςportal"),
              ElementsAre("0-8@0+1 W οπωσ", "8-14@1+1 W portal"));
  EXPECT_THAT(Words("el", "Α.Φ.Μ. απ’το ό,τι"),
              ElementsAre("αφμ", "απ", "το", "οτι"));
  EXPECT_THAT(Analyzed("el", "συν\u00ADδρομή"),
              ElementsAre("0-18@0+1 W συνδρομη"));
}

TEST(AnalyzerTest, DutchApostrophesAndCompounds) {
  EXPECT_THAT(Words("nl", "foto's auto’s zo'n"),
              ElementsAre("fotos", "autos", "zo"));
  EXPECT_THAT(Analyzed("nl", "klantenservice"),
              ElementsAre("0-14@0+1 W klantenservice", "0-7@0+1 P klanten",
                          "7-14@0+1 P service"));
  EXPECT_THAT(Analyzed("nl", "kortingscode"),
              ElementsAre("0-12@0+1 W kortingscode", "0-7@0+1 P korting",
                          "8-12@0+1 P code"));
}

TEST(AnalyzerTest, RussianHyphensStressAndScripts) {
  EXPECT_THAT(
      Analyzed("ru", "смс‑код"),
      ElementsAre("0-6@0+1 W смс", "0-15@0+2 J смскод", "9-15@1+1 W код"));
  EXPECT_THAT(Words("ru", "замо\u0301к API-ключ счёт"),
              ElementsAre("замок", "api", "ключ", "счет"));
}

TEST(AnalyzerTest, EnglishPossessivesContractionsAndNegations) {
  EXPECT_THAT(Words("en", "customer's what’s can't we'll O'Brien"),
              ElementsAre("customer", "what", "cant", "we", "obrien"));
  EXPECT_THAT(
      Analyzed("en", "does not"),
      ElementsAre("0-4@0+1 W does", "0-8@0+2 J doesnt", "5-8@1+1 W not"));
}

TEST(AnalyzerTest, CamelCaseAndDigitsGivePartsAtTheSamePosition) {
  EXPECT_THAT(Analyzed("en", "getUserName"),
              ElementsAre("0-11@0+1 W getusername", "0-3@0+1 P get",
                          "3-7@0+1 P user", "7-11@0+1 P name"));
  EXPECT_THAT(Analyzed("fr", "facturePDF"),
              ElementsAre("0-10@0+1 W facturepdf", "0-7@0+1 P facture",
                          "7-10@0+1 P pdf"));
  EXPECT_THAT(
      Analyzed("nl", "1234AB"),
      ElementsAre("0-6@0+1 W 1234ab", "0-4@0+1 P 1234", "4-6@0+1 P ab"));
  EXPECT_THAT(Words("en", "iPhone PDFs"), ElementsAre("iphone", "pdfs"));
  EXPECT_THAT(Analyzed("en", "iPhone"), ElementsAre("0-6@0+1 W iphone"));
}

TEST(AnalyzerTest, NumbersMeetWhateverTheirSpaces) {
  EXPECT_THAT(Analyzed("fr", "10\u202F000"), ElementsAre("0-8@0+1 W 10000"));
  EXPECT_THAT(Analyzed("fr", "10 000"),
              ElementsAre("0-2@0+1 W 10", "0-6@0+2 J 10000", "3-6@1+1 W 000"));
  EXPECT_THAT(Words("en", "$19.99 404 2.41"),
              ElementsAre("19.99", "404", "2.41"));
}

TEST(AnalyzerTest, ProtectedTokensHaveNoLemmas) {
  for (const std::string_view language : {"el", "fr", "nl", "ru", "en"}) {
    const auto analyzer = SharedRegistry().NewAnalyzer(language);
    for (const Token& token : analyzer->Analyze("C++ 404 a@example.com")) {
      EXPECT_TRUE(token.is_protected) << language << " " << token.exact;
      EXPECT_TRUE(token.lemmas.empty()) << language << " " << token.exact;
    }
  }
}

TEST(AnalyzerTest, StopWordsAreMarkedAndNegationsAreNot) {
  struct Case {
    std::string_view language, stop, negation;
  };
  for (const Case& c : {Case{"el", "και", "δεν"}, Case{"fr", "dans", "pas"},
                        Case{"nl", "het", "niet"}, Case{"ru", "для", "не"},
                        Case{"en", "the", "not"}}) {
    const auto analyzer = SharedRegistry().NewAnalyzer(c.language);
    EXPECT_TRUE(analyzer->Analyze(c.stop).at(0).is_stop) << c.stop;
    EXPECT_FALSE(analyzer->Analyze(c.negation).at(0).is_stop) << c.negation;
  }
}

TEST(AnalyzerTest, WordsJoinedOfStopWordsAreStopWords) {
  for (const Token& token :
       SharedRegistry().NewAnalyzer("fr")->Analyze("est-ce que")) {
    EXPECT_TRUE(token.is_stop) << token.exact;
  }
}

TEST(AnalyzerTest, ShortPairsOfAHyphenGroupAreJoined) {
  EXPECT_THAT(
      Analyzed("nl", "Wi-Fi-netwerk kies"),
      ElementsAre("0-2@0+1 W wi", "0-13@0+3 J wifinetwerk", "0-5@0+2 J wifi",
                  "3-5@1+1 W fi", "6-13@2+1 W netwerk", "14-18@3+1 W kies"));
  EXPECT_THAT(Analyzed("en", "check-in-desk"), Contains("0-8@0+2 J checkin"));
  EXPECT_THAT(Analyzed("fr", "avant-dernier-numéro"),
              Not(Contains("0-13@0+2 J avantdernier")));
}

TEST(AnalyzerTest, DutchCompoundsHaveTheirParts) {
  for (const auto& [compound, part] :
       {std::pair("huurcontract", "contract"), std::pair("afhaalpunt", "punt"),
        std::pair("zonnepanelen", "panelen"), std::pair("kinderfiets", "fiets"),
        std::pair("telefoonabonnement", "abonnement")}) {
    EXPECT_THAT(SharedRegistry().NewAnalyzer("nl")->Analyze(compound),
                Contains(Field(&Token::exact, part)))
        << compound;
  }
  for (const char* whole : {"vergeten", "besluiten", "tellers"}) {
    EXPECT_EQ(SharedRegistry().NewAnalyzer("nl")->Analyze(whole).size(), 1)
        << whole;
  }
}

TEST(AnalyzerTest, HomoglyphsAreVariants) {
  EXPECT_THAT(Analyzed("ru", "oзон"), Contains("0-7@0+1 V озон"));
  EXPECT_THAT(Analyzed("el", "ΑΤΜ"), Contains("0-6@0+1 V atm"));
  EXPECT_THAT(Analyzed("en", "verify"), ElementsAre("0-6@0+1 W verify"));
}

TEST(AnalyzerTest, DutchSeparableVerbs) {
  for (const std::string_view text :
       {"Log uit op alle apparaten.", "Maak een nieuw account aan.",
        "om een account aan te maken", "Wanneer haalt u het pakje op?"}) {
    const auto tokens = SharedRegistry().NewAnalyzer("nl")->Analyze(text);
    EXPECT_THAT(tokens, Contains(Field(&Token::role, TokenRole::kVariant)))
        << text;
  }
  EXPECT_THAT(SharedRegistry().NewAnalyzer("nl")->Analyze("Haal het pakje op"),
              Contains(Field(&Token::exact, "ophaal")));
  // The particle of another sentence does not count.
  EXPECT_THAT(SharedRegistry().NewAnalyzer("nl")->Analyze(
                  "Maak een foto. Neem daarna aan"),
              Not(Contains(Field(&Token::exact, "aanmaak"))));
}

TEST(AnalyzerTest, LongTextsContinuePositionsAcrossStretches) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "word ";
  const auto tokens = SharedRegistry().NewAnalyzer("en")->Analyze(text);
  ASSERT_EQ(tokens.size(), 5000u);
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    ASSERT_EQ(tokens[i].position, i);
    ASSERT_EQ(tokens[i].begin, i * 5);
  }
}

TEST(AnalyzerTest, OverlongWordsAreClippedButStayApart) {
  const std::string a(5000, 'a');
  const auto analyzer = SharedRegistry().NewAnalyzer("en");
  const auto first = analyzer->Analyze(a + "x");
  const auto second = analyzer->Analyze(a + "y");
  ASSERT_EQ(first.size(), 1u);
  EXPECT_LE(first[0].exact.size(), 160u);
  EXPECT_NE(first[0].exact, second[0].exact);
}

TEST(AnalyzerTest, ExplainNamesTheSteps) {
  for (const LanguageInfo& language : SharedRegistry().languages()) {
    const auto steps = SharedRegistry()
                           .NewAnalyzer(language.code)
                           ->Explain("Wi-Fi error 404 at example.com");
    EXPECT_THAT(steps, Contains(Field(&AnalysisStep::name, "clean")));
    EXPECT_THAT(steps, Contains(Field(&AnalysisStep::name, "protect")));
    EXPECT_THAT(steps, Contains(Field(&AnalysisStep::name, "lemma")));
  }
}

}  // namespace
}  // namespace kbsearch::analyzers
