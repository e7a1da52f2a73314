// Files of tests/unit/indexer/fixtures.
#ifndef KBSEARCH_TESTS_UNIT_INDEXER_FIXTURE_H_
#define KBSEARCH_TESTS_UNIT_INDEXER_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"

namespace kbsearch::indexer {

inline std::string FixturePath(const std::string& name) {
  return std::string(KBSEARCH_INDEXER_FIXTURES) + "/" + name;
}

inline std::string Fixture(const std::string& name) {
  absl::StatusOr<std::string> content = ReadFile(FixturePath(name));
  EXPECT_TRUE(content.ok()) << content.status();
  return content.ok() ? *std::move(content) : std::string();
}

// What the fixtures of each language say, in the same places.
struct FixtureTexts {
  const char* language;
  const char* title;
  const char* intro;
  const char* heading;
  const char* first_step;
  const char* second_step;
  const char* table_head;
  const char* table_row;
  const char* question;
  const char* answer;
  const char* second_answer;
  const char* section;
};

inline constexpr FixtureTexts kFixtureTexts[] = {
    {"el", "Επαναφορά κωδικού πρόσβασης",
     "Αν ξεχάσατε τον κωδικό, τον αλλάζετε σε δύο λεπτά.", "Βήματα",
     "Ανοίξτε τη σελίδα σύνδεσης.", "Πατήστε «Ξέχασα τον κωδικό».",
     "Κωδικός | Σημασία", "ACC-1107 | ο σύνδεσμος έληξε",
     "Πότε παραλαμβάνω το δέμα;", "Σε 3–5 εργάσιμες ημέρες.",
     "3,90 €.\nΔωρεάν άνω των 50 €.", "Λογαριασμός"},
    {"en", "Reset your password",
     "If you forgot your password, you change it in two minutes.", "Steps",
     "Open the sign-in page.", "Press “Forgot password”.", "Code | Meaning",
     "ACC-1107 | the link has expired", "When does my parcel arrive?",
     "Within 3–5 working days.", "€3.90.\nFree above €50.", "Account"},
    {"fr", "Réinitialiser le mot de passe",
     "Mot de passe oublié ? Deux minutes suffisent pour en changer.", "Étapes",
     "Ouvrez la page de connexion.", "Cliquez sur « Mot de passe oublié ».",
     "Code | Signification", "ACC-1107 | le lien a expiré",
     "Quand vais-je recevoir mon colis ?", "Sous 3 à 5 jours ouvrés.",
     "3,90 €.\nGratuite dès 50 € d'achat.", "Compte"},
    {"nl", "Je wachtwoord herstellen",
     "Wachtwoord vergeten? Je wijzigt het in twee minuten.", "Stappen",
     "Open de inlogpagina.", "Kies ‘Wachtwoord vergeten’.", "Code | Betekenis",
     "ACC-1107 | de link is verlopen", "Wanneer komt mijn pakket aan?",
     "Binnen 3 tot 5 werkdagen.", "€ 3,90.\nGratis vanaf € 50.", "Account"},
    {"ru", "Как восстановить пароль",
     "Забыли пароль? Сменить его можно за две минуты.", "Порядок действий",
     "Откройте страницу входа.", "Нажмите «Забыли пароль?».", "Код | Значение",
     "ACC-1107 | срок действия ссылки истёк", "Когда придёт моя посылка?",
     "В течение 3–5 рабочих дней.", "3,90 €.\nБесплатно от 50 €.", "Аккаунт"},
};

}  // namespace kbsearch::indexer

#endif  // KBSEARCH_TESTS_UNIT_INDEXER_FIXTURE_H_
