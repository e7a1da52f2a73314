// The languages that have nothing but a line in the registry, stop words and a
// stemmer.
#include "analyzers/snowball_language.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/analyzers/shared_registry.h"

namespace kbsearch::analyzers {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> LemmasOf(std::string_view code,
                                  std::string_view word) {
  const auto tokens = SharedRegistry().NewAnalyzer(code)->Analyze(word);
  if (tokens.empty()) return {};
  return {tokens[0].lemmas.begin(), tokens[0].lemmas.end()};
}

bool Meet(std::string_view code, std::string_view a, std::string_view b) {
  const std::vector<std::string> left = LemmasOf(code, a);
  const std::vector<std::string> right = LemmasOf(code, b);
  return std::ranges::any_of(left, [&](const std::string& lemma) {
    return std::ranges::find(right, lemma) != right.end();
  });
}

TEST(SnowballLanguageTest, FormsOfAWordMeetAndOtherWordsDoNot) {
  const struct {
    std::string_view code, word, form, stranger;
  } kCases[] = {
      {"da", "faktura", "fakturaer", "bruger"},
      {"de", "Bestellung", "Bestellungen", "Bestand"},
      {"de", "Häuser", "HAUS", "Maus"},
      {"de", "Rückgabe", "Rückgaben", "Rücken"},
      {"es", "contraseña", "contraseñas", "contrato"},
      {"es", "devolución", "devoluciones", "dinero"},
      {"fi", "lasku", "laskut", "lupa"},
      {"it", "fattura", "fatture", "fatto"},
      {"it", "ordine", "ordini", "ora"},
      {"pt", "encomenda", "encomendas", "entrega"},
      {"ro", "factură", "facturi", "fapt"},
      {"sv", "beställning", "beställningar", "betalning"},
      {"uk", "посилка", "посилками", "посилання"},
      {"uk", "замовлення", "замовленням", "заміна"},
      {"uk", "обліковий", "облікового", "область"},
  };
  for (const auto& c : kCases) {
    EXPECT_TRUE(Meet(c.code, c.word, c.form)) << c.form;
    EXPECT_FALSE(Meet(c.code, c.word, c.stranger)) << c.word;
  }
}

TEST(SnowballLanguageTest, AccentsMayBeLeftOut) {
  EXPECT_TRUE(Meet("de", "Rückgaben", "Ruckgaben"));
  EXPECT_TRUE(Meet("es", "devolución", "devolucion"));
  EXPECT_TRUE(Meet("pt", "configurações", "configuracoes"));
  EXPECT_TRUE(Meet("it", "qualità", "qualita"));
  EXPECT_TRUE(Meet("de", "Größe", "Grösse"));
}

TEST(SnowballLanguageTest, ApostrophesAreReadAsTheLanguageWritesThem) {
  const auto it = SharedRegistry().NewAnalyzer("it");
  EXPECT_EQ(it->Analyze("dell'ordine").at(0).exact, "ordine");
  EXPECT_EQ(it->Analyze("l’articolo").at(0).exact, "articolo");
  const auto uk = SharedRegistry().NewAnalyzer("uk");
  EXPECT_EQ(uk->Analyze("об'єкт").at(0).exact, "обєкт");
  EXPECT_EQ(uk->Analyze("об’єкт").at(0).exact, "обєкт");
}

TEST(SnowballLanguageTest, FunctionWordsAreMarkedAndNegationsCount) {
  const struct {
    std::string_view code, stop, negation;
  } kCases[] = {
      {"da", "og", "ikke"},   {"de", "und", "nicht"}, {"es", "para", "no"},
      {"fi", "ja", "ei"},     {"it", "della", "non"}, {"pt", "com", "não"},
      {"ro", "pentru", "nu"}, {"sv", "och", "inte"},  {"uk", "та", "не"}};
  for (const auto& c : kCases) {
    const auto analyzer = SharedRegistry().NewAnalyzer(c.code);
    EXPECT_TRUE(analyzer->Analyze(c.stop).at(0).is_stop) << c.stop;
    EXPECT_FALSE(analyzer->Analyze(c.negation).at(0).is_stop) << c.negation;
  }
}

TEST(SnowballLanguageTest, AnAlgorithmThatIsNotThereIsNamed) {
  const auto folder = ResourceFolder::Find({});
  ASSERT_TRUE(folder.ok());
  const auto language =
      LoadSnowballLanguage(*folder, "de", {"klingon", nullptr});
  EXPECT_EQ(language.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(language.status().message()),
              ::testing::HasSubstr("klingon"));
}

TEST(RegistryTest, KnowsFourteenLanguages) {
  std::vector<std::string> codes;
  for (const LanguageInfo& language : SharedRegistry().languages()) {
    codes.emplace_back(language.code);
  }
  std::ranges::sort(codes);
  EXPECT_THAT(codes, ElementsAre("da", "de", "el", "en", "es", "fi", "fr", "it",
                                 "nl", "pt", "ro", "ru", "sv", "uk"));
}

}  // namespace
}  // namespace kbsearch::analyzers
