// Forms of one word share a lemma; words of different sense do not.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_split.h"
#include "tests/unit/analyzers/shared_registry.h"

namespace kbsearch::analyzers {
namespace {

// Every term a word is found by: lemmas, and those of its variants.
std::vector<std::string> LemmasOf(Analyzer& analyzer, std::string_view word) {
  std::vector<std::string> lemmas;
  for (const Token& token : analyzer.Analyze(word)) {
    if (token.role == TokenRole::kPart) continue;
    lemmas.insert(lemmas.end(), token.lemmas.begin(), token.lemmas.end());
  }
  std::ranges::sort(lemmas);
  return lemmas;
}

bool Meet(Analyzer& analyzer, std::string_view a, std::string_view b) {
  const auto left = LemmasOf(analyzer, a);
  const auto right = LemmasOf(analyzer, b);
  std::vector<std::string> common;
  std::ranges::set_intersection(left, right, std::back_inserter(common));
  return !common.empty();
}

struct Language {
  std::string_view code;
  std::vector<const char*> families;   // forms divided by blanks
  std::vector<const char*> strangers;  // two words that must not meet
};

std::ostream& operator<<(std::ostream& out, const Language& language) {
  return out << language.code;
}

const Language kLanguages[] = {
    {"el",
     {"κωδικός κωδικού κωδικό κωδικοί κωδικών κωδικούς ΚΩΔΙΚΟΣ κωδικοσ",
      "παραγγελία παραγγελίας παραγγελίες παραγγελιών",
      "τιμολόγιο τιμολογίου τιμολόγια τιμολογίων",
      "ρύθμιση ρύθμισης ρυθμίσεις ρυθμίσεων ρυθμίσετε",
      "προϊόν προϊόντος προϊόντα προϊόντων προιοντα",
      "λογαριασμός λογαριασμού λογαριασμοί λογαριασμών",
      "πρόβλημα προβλήματος προβλήματα προβλημάτων",
      "κουμπί κουμπιού κουμπιά κουμπιών",
      "χρήστης χρήστη χρήστες χρηστών",
      "διεύθυνση διεύθυνσης διευθύνσεις διευθύνσεων",
      "ακυρώνω ακυρώσω ακύρωσα ακυρώνεται ακυρώθηκε ακυρωμένη ακύρωση",
      "ανοίγω ανοίξω άνοιξα ανοίξτε",
      "αποθηκεύω αποθηκεύσετε αποθηκεύτηκε αποθήκευση",
      "στέλνω στείλω έστειλα στείλτε στάλθηκε εστάλη",
      "ασύρματος ασύρματη ασύρματο ασύρματα ασύρματων",
      "χάνω έχασα χάθηκαν χάθηκε",
      "ακούω άκουγα άκουσα ακούστηκε",
      "διαγραφή διαγράψτε διέγραψα",
      "διακοπή διακόψτε διέκοψα",
      "αλλαγή αλλάξτε άλλαξα",
      "προσθήκη προσθέστε",
      "εγκατάσταση εγκαταστήστε",
      "επαναφορά επαναφέρετε",
      "μπλοκάρω μπλόκαρα μπλοκάρισα μπλοκαρισμένος μπλοκάρισμα"},
     {"φόρος φορά", "χώρα χώρος", "τράπεζα τραπέζι", "γράμμα γραμμή",
      "κώδικας κωδικός", "κατάστημα κατάσταση", "εκτύπωση εντύπωση",
      "προϊόν προσόν"}},
    {"fr",
     {"réseau réseaux reseau RESEAUX", "journal journaux", "travail travaux",
      "nouveau nouvel nouvelle nouveaux",
      "payer payez payé payons paiera payait",
      "rembourser remboursons remboursé remboursée remboursement",
      "supprimer supprimez supprimé supprimons suppression",
      "clé clef clés clefs", "perdre perdu perdue perdus",
      "choisir choisissez choisi choisie", "payer paiement paiements",
      "envoyer envoi envoyées", "acheter achat achats"},
     {"port porte", "livre livraison", "facteur facture", "carte carton",
      "magasin magazine", "service serviette", "passe passion",
      "mandat demande"}},
    {"nl",
     {"prijs prijzen",
      "brief brieven",
      "adres adressen",
      "taak taken",
      "tak takken",
      "schijf schijven",
      "wachtwoord wachtwoorden",
      "update updates",
      "pagina pagina's",
      "foto foto’s fotos",
      "betalen betaalt betaald betaalde betaal",
      "annuleren annuleert geannuleerd geannuleerde",
      "installeren geïnstalleerd geinstalleerd installeer",
      "vinden vindt vond gevonden",
      "verzenden verzonden verzend verzendt",
      "inloggen ingelogd inlog",
      "terugsturen teruggestuurd",
      "terugbetalen terugbetaald",
      "bestelling bestellingen bestellen besteld",
      "sluiten sluit gesloten",
      "terugstorten terugstort teruggestort",
      "streamen streamt gestreamd",
      "deïnstalleren gedeïnstalleerd deïnstalleert",
      "contract contracten"},
     {"taken takken", "zaken zakken", "bomen bommen", "kaas kas",
      "kopen koppen", "lid lied", "kast kas", "printer printen", "nieuws nieuw",
      "woord wachtwoord"}},
    {"ru",
     {"пароль пароля пароли паролем паролей",
      "деньги денег деньгами",
      "день дней дня",
      "письмо писем письма",
      "счёт счета счетов счет",
      "скидка скидок скидки",
      "статья статей статьи",
      "человек людей люди",
      "отменить отменили отменён отмените",
      "ввести введите введу ввели",
      "нажать нажмите нажмёт",
      "найти найдите найдет нашли найден",
      "прислать пришлите пришлёт",
      "оплатить оплачен оплатили",
      "подключить подключение подключён",
      "угол угла углу углом угле углы углов углами",
      "ветер ветра ветру ветром",
      "заём займа займы займов",
      "ключ ключа ключом ключи ключей",
      "месяц месяца месяцем месяцев",
      "платёж платежа платежи платежей платежами",
      "время времени временем времена времён",
      "имя имени именем имена имён",
      "ухо уха уши ушей",
      "сосед соседа соседи соседей",
      "действовать действует действующий действующая",
      "хранить хранится хранящийся",
      "использовать используемый использую",
      "открыть открывать открывается открытие открытый",
      "настроить настраиваю настройте",
      "загрузить загружается загружать",
      "записать записываюсь",
      "стул стула стулья стульев",
      "получить получение",
      "мочь мог могу",
      "регистрировать регистрация зарегистрироваться",
      "синхронизировать синхронизация",
      "отменить отмена отмены",
      "скачивать скачивается скачать",
      "сбросить сбрасываются",
      "продлить продлевается",
      "копировать скопировать скопирована",
      "помочь помог помогу",
      "отправить отправка",
      "прийти приду придёт",
      "путь пути путём"},
     {"почта почти", "часть часто", "тест тесто", "цель целый", "дом домен",
      "товар товарищество", "право правый", "порт портить", "сани сан",
      "брать брить", "давать давить", "банк баня", "опечатка опечатать",
      "прошивка просить", "справка справить"}},
    {"en",
     {"password passwords", "invoice invoices", "delivery deliveries",
      "forget forgot forgotten forgets forgetting",
      "choose chose chosen choosing", "colour color colours colors",
      "organise organize organisation organization",
      "cancel cancelled canceled cancelling cancellation",
      "ship ships shipped shipping", "tax taxes", "send sent sending",
      "licence license licences", "can't cant cannot",
      "verify verifies verification verifications",
      "modify modified modification", "pay payment payments paid"},
     {"business busy", "customs customer", "important importing",
      "severity several", "engine engineer", "author authorize",
      "policy police", "news new", "port portal", "inform informal",
      "university universe", "past paste", "even evening",
      "certificate certification", "ship shift"}},
};

class WordFamilies : public ::testing::TestWithParam<Language> {};

TEST_P(WordFamilies, FormsOfOneWordMeet) {
  const auto analyzer = SharedRegistry().NewAnalyzer(GetParam().code);
  for (const char* family : GetParam().families) {
    const std::vector<std::string> forms = absl::StrSplit(family, ' ');
    for (size_t i = 1; i < forms.size(); ++i) {
      EXPECT_TRUE(Meet(*analyzer, forms[0], forms[i]))
          << forms[0] << " / " << forms[i];
    }
  }
}

TEST_P(WordFamilies, StrangersDoNotMeet) {
  const auto analyzer = SharedRegistry().NewAnalyzer(GetParam().code);
  for (const char* pair : GetParam().strangers) {
    const std::vector<std::string> words = absl::StrSplit(pair, ' ');
    EXPECT_FALSE(Meet(*analyzer, words[0], words[1])) << pair;
  }
}

INSTANTIATE_TEST_SUITE_P(EveryLanguage, WordFamilies,
                         ::testing::ValuesIn(kLanguages), [](const auto& info) {
                           return std::string(info.param.code);
                         });

}  // namespace
}  // namespace kbsearch::analyzers
