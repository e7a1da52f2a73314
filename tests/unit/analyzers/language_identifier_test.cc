#include "analyzers/language_identifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

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

TEST(LanguageIdentifierTest, TheCandidatesAreTheOnlyLanguagesThereAre) {
  const LanguageIdentifier& identifier = SharedRegistry().identifier();
  const std::vector<std::string> five = {"el", "en", "fr", "nl", "ru"};
  for (const std::string_view query :
       {"Rechnung bezahlen", "ordine annullato", "рахунок оплатити"}) {
    const auto guesses = identifier.Identify(query, {}, five);
    ASSERT_EQ(guesses.size(), five.size()) << query;
    for (const LanguageGuess& guess : guesses) {
      EXPECT_NE(std::ranges::find(five, guess.language), five.end()) << query;
    }
  }
  EXPECT_EQ(identifier.Identify("рахунок", {}, five).front().language, "ru");
  // None of them is written in these letters, or known at all.
  const std::vector<std::string> latin = {"en", "fr"};
  EXPECT_TRUE(identifier.Identify("рахунок", {}, latin).empty());
  const std::vector<std::string> unknown = {"xx"};
  EXPECT_TRUE(identifier.Identify("word", {}, unknown).empty());
  // A reader's language that there is nothing in does not count.
  EXPECT_EQ(identifier.Identify("mot de passe", "nl", latin).front().language,
            "fr");
  const auto parts = identifier.Split(
      "Bitte senden Sie uns die Rechnung so schnell wie möglich.\n", "fr",
      latin);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_NE(parts[0].language, "de");
}

TEST(LanguageIdentifierTest, SentencesOfEveryLanguage) {
  const struct {
    std::string_view language, text;
  } kCases[] = {
      {"da", "Hvordan ændrer jeg mit telefonnummer?"},
      {"de", "Wie kann ich meine Telefonnummer ändern?"},
      {"el", "Πώς αλλάζω τον αριθμό του τηλεφώνου μου;"},
      {"en", "How do I change my phone number?"},
      {"es", "¿Cómo cambio mi número de teléfono?"},
      {"fi", "Miten muutan puhelinnumeroni ja osoitteeni?"},
      {"fr", "Comment changer mon numéro de téléphone ?"},
      {"it", "Come posso cambiare il mio numero di telefono?"},
      {"nl", "Hoe verander ik mijn telefoonnummer?"},
      {"pt", "Como altero o meu número de telefone?"},
      {"ro", "Cum îmi schimb numărul de telefon?"},
      {"ru", "Как изменить мой номер телефона?"},
      {"sv", "Hur ändrar jag mitt telefonnummer?"},
      {"uk", "Як змінити мій номер телефону?"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Best(c.text), c.language) << c.text;
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

TEST(LanguageIdentifierTest, CodeStaysWithTheWholeInEveryLanguage) {
  const struct {
    std::string_view language, prose;
  } kPages[] = {
      {"el", "Ο κώδικας διαβάζει τα ονόματα όλων των αρχείων του φακέλου.\n"},
      {"en", "The code reads the names of all the files of the folder.\n"},
      {"fr", "Le code lit les noms de tous les fichiers du dossier.\n"},
      {"nl", "De code leest de namen van alle bestanden in de map.\n"},
      {"ru", "Код читает имена всех файлов, которые лежат в папке.\n"},
  };
  for (const auto& page : kPages) {
    const std::string text =
        std::string(page.prose) +
        "svc.Files(foldername: str, filter: str = ''): str[0..*]\n"
        "doc = ui.OpenDocument(r\"C:\\Documents\\MyFile.ods\")\n"
        "Dim a, b, c\n" +
        std::string(page.prose);
    for (const LanguagePart& part :
         SharedRegistry().identifier().Split(text, page.language)) {
      // English words may be taken for English.
      EXPECT_TRUE(part.language == page.language || part.language == "en")
          << page.language << " → " << part.language << ": "
          << text.substr(part.begin, part.end - part.begin);
    }
  }
}

TEST(LanguageIdentifierTest, FileNamesSayNothing) {
  EXPECT_EQ(Best("fichier libso.the.of"), "fr");
  EXPECT_EQ(Best("bestand with.this.and"), "nl");
  EXPECT_EQ(Best("the file van.het.een"), "en");
}

TEST(LanguageIdentifierTest, CountsWhatWordsSayByTrust) {
  const LanguageIdentifier& identifier = SharedRegistry().identifier();
  const std::vector<std::string> both = {"fr", "nl"};
  std::vector<std::string> asked;
  const auto guesses = identifier.IdentifyTrusting(
      [&](std::string_view word) {
        asked.emplace_back(word);
        return word == "facture" ? 0.0 : 1.0;
      },
      "facture bestellen", {}, both);
  EXPECT_EQ(asked, (std::vector<std::string>{"facture", "bestellen"}));
  EXPECT_EQ(guesses.front().language, "nl");
  EXPECT_GT(
      guesses.front().probability,
      identifier.Identify("facture bestellen", {}, both).front().probability);
  // In nothing that is not trusted there is a difference.
  const auto even = identifier.IdentifyTrusting(
      [](std::string_view) { return 0.0; }, "facture", {}, both);
  EXPECT_DOUBLE_EQ(even.front().probability, 0.5);
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
