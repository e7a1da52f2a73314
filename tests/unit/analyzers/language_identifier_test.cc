#include "analyzers/language_identifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <string_view>

#include "tests/unit/analyzers/shared_registry.h"

namespace kbsearch::analyzers {
namespace {

std::string Best(std::string_view text, std::string_view prior = {}) {
  const auto guesses = SharedRegistry().identifier().Identify(text, prior);
  return guesses.empty() ? "" : guesses.front().language;
}

TEST(LanguageIdentifierTest, QueriesOfTwoWords) {
  struct Case {
    std::string_view language, query;
  };
  const Case cases[] = {
      {"el", "αλλαγή κωδικού"},       {"el", "ακυρωση παραγγελιας"},
      {"el", "reset κωδικού"},        {"fr", "mot oublié"},
      {"fr", "suivre colis"},         {"fr", "annuler commande"},
      {"nl", "wachtwoord vergeten"},  {"nl", "pakket volgen"},
      {"nl", "bestelling annuleren"}, {"ru", "возврат денег"},
      {"ru", "забыл пароль"},         {"en", "forgot password"},
      {"en", "track parcel"},         {"en", "shipping address"},
  };
  for (const Case& c : cases) EXPECT_EQ(Best(c.query), c.language) << c.query;
}

TEST(LanguageIdentifierTest, TheReaderDecidesWhereTheTextSaysLittle) {
  for (const std::string_view language : {"fr", "nl", "en"}) {
    EXPECT_EQ(Best("Bluetooth router", language), language);
  }
  // … and does not where it speaks for itself.
  EXPECT_EQ(Best("comment changer mon mot de passe", "nl"), "fr");
  EXPECT_EQ(Best("αλλαγή κωδικού πρόσβασης", "en"), "el");
}

TEST(LanguageIdentifierTest, ProbabilitiesSumToOneAndNoLettersGiveNothing) {
  const auto guesses = SharedRegistry().identifier().Identify("reset");
  ASSERT_EQ(guesses.size(), SharedRegistry().languages().size());
  const double sum = std::accumulate(
      guesses.begin(), guesses.end(), 0.0,
      [](double s, const LanguageGuess& g) { return s + g.probability; });
  EXPECT_NEAR(sum, 1, 1e-9);
  for (const std::string_view text : {"", "  ", "404", "!?", "0x80070005"}) {
    EXPECT_EQ(Best(text), "") << text;
  }
}

TEST(LanguageIdentifierTest, SplitsMixedPagesAtLines) {
  const std::string greek =
      "Αντιγράψτε το παρακάτω κείμενο και στείλτε το στον πελάτη.\n";
  const std::string english =
      "Dear customer, we have refunded the full amount to your card.\n"
      "Kind regards\n";
  const std::string text = greek + english + greek;
  const auto parts = SharedRegistry().identifier().Split(text, "el");
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].language, "el");
  EXPECT_EQ(parts[0].end, greek.size());
  EXPECT_EQ(parts[1].language, "en");
  EXPECT_EQ(parts[1].end, greek.size() + english.size());
  EXPECT_EQ(parts[2].end, text.size());
  EXPECT_EQ(parts[0].begin, 0u);
  EXPECT_EQ(parts[1].begin, parts[0].end);
}

TEST(LanguageIdentifierTest, LinesThatSayLittleStayWithTheWhole) {
  const auto parts =
      SharedRegistry().identifier().Split("Wi-Fi\n\nUSB 3.0\n", "fr");
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].language, "fr");
  EXPECT_TRUE(SharedRegistry().identifier().Split("", "fr").empty());
}

}  // namespace
}  // namespace kbsearch::analyzers
