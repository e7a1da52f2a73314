// A small knowledge base in five languages for tests of suggestions: a shop
// that rents bicycles.
#ifndef KBSEARCH_TESTS_UNIT_ENGINE_SUGGESTION_BICYCLE_SHOP_H_
#define KBSEARCH_TESTS_UNIT_ENGINE_SUGGESTION_BICYCLE_SHOP_H_

#include <memory>
#include <string>
#include <vector>

#include "engine/search.h"
#include "engine/suggestion/suggestion.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {

struct ShopTopic {
  const char* id;
  const char* language;
  const char* title;
  const char* body;
};

inline constexpr ShopTopic kShopTopics[] = {
    {"flat-tyre", "en", "Repair a flat tyre",
     "Take the wheel off, lift the tyre with the levers and pull out the inner "
     "tube. Find the hole, patch it and pump the tube up again."},
    {"late-return", "en", "Bring a rented bicycle back late",
     "Call us when you come back after closing time. Each hour costs three "
     "euros; the deposit is paid back the next day."},
    {"battery", "en", "Charge the battery of an electric bicycle",
     "Plug the charger into the battery and wait four hours. A red lamp means "
     "that the battery is too cold to charge."},
    {"lock", "en", "Open a lock whose key is lost",
     "Send us the number of the lock and we send a new key. Do not saw the "
     "lock "
     "open: the insurance does not pay for it."},
    {"deposit", "en", "When do I get the deposit back?",
     "The deposit goes back to your bank card within five days after the "
     "return "
     "of the bicycle."},
    {"flat-tyre", "fr", "Réparer un pneu crevé",
     "Démontez la roue, soulevez le pneu avec les démonte-pneus et sortez la "
     "chambre à air. Trouvez le trou, posez une rustine et regonflez."},
    {"late-return", "fr", "Rendre un vélo loué en retard",
     "Appelez-nous si vous revenez après la fermeture. Chaque heure coûte "
     "trois "
     "euros ; la caution est rendue le lendemain."},
    {"battery", "fr", "Charger la batterie d'un vélo électrique",
     "Branchez le chargeur sur la batterie et attendez quatre heures. Un "
     "voyant "
     "rouge signifie que la batterie est trop froide."},
    {"lock", "fr", "Ouvrir un antivol dont la clé est perdue",
     "Envoyez-nous le numéro de l'antivol et nous envoyons une clé. Ne sciez "
     "pas "
     "l'antivol : l'assurance ne paie pas."},
    {"deposit", "fr", "Quand ma caution est-elle remboursée ?",
     "La caution revient sur votre carte bancaire dans les cinq jours après le "
     "retour du vélo."},
    {"flat-tyre", "nl", "Een lekke band plakken",
     "Haal het wiel eruit, wip de band eraf met de bandenlichters en trek de "
     "binnenband eruit. Zoek het gaatje, plak het en pomp de band op."},
    {"late-return", "nl", "Een huurfiets te laat terugbrengen",
     "Bel ons als u na sluitingstijd terugkomt. Elk uur kost drie euro; de "
     "borg "
     "krijgt u de volgende dag terug."},
    {"battery", "nl", "De accu van een elektrische fiets opladen",
     "Steek de lader in de accu en wacht vier uur. Een rood lampje betekent "
     "dat "
     "de accu te koud is om op te laden."},
    {"lock", "nl", "Een slot openen zonder sleutel",
     "Stuur ons het nummer van het slot en wij sturen een nieuwe sleutel. Zaag "
     "het slot niet door: de verzekering betaalt dat niet."},
    {"deposit", "nl", "Wanneer krijg ik de borg terug?",
     "De borg staat binnen vijf dagen na het inleveren van de fiets weer op uw "
     "bankrekening."},
    {"flat-tyre", "ru", "Как заклеить проколотую шину",
     "Снимите колесо, поднимите шину монтажкой и вытащите камеру. Найдите "
     "прокол, поставьте заплатку и накачайте камеру."},
    {"late-return", "ru", "Поздний возврат велосипеда напрокат",
     "Позвоните нам, если вернётесь после закрытия. Каждый час стоит три евро, "
     "залог вернётся на следующий день."},
    {"battery", "ru", "Зарядить аккумулятор электровелосипеда",
     "Подключите зарядное устройство к аккумулятору и подождите четыре часа. "
     "Красная лампочка значит, что аккумулятор слишком холодный."},
    {"lock", "ru", "Открыть замок, если ключ потерян",
     "Пришлите номер замка, и мы вышлем новый ключ. Не пилите замок: страховка "
     "этого не покрывает."},
    {"deposit", "ru", "Когда мне вернут залог?",
     "Залог вернётся на вашу банковскую карту за пять дней после возврата "
     "велосипеда."},
    {"flat-tyre", "el", "Επισκευή σκασμένου λάστιχου",
     "Βγάλτε τον τροχό, σηκώστε το λάστιχο με τους λεβιέδες και τραβήξτε τη "
     "σαμπρέλα. Βρείτε την τρύπα, κολλήστε μπάλωμα και φουσκώστε την."},
    {"late-return", "el", "Καθυστερημένη επιστροφή ενοικιασμένου ποδηλάτου",
     "Τηλεφωνήστε μας αν γυρίσετε μετά το κλείσιμο. Κάθε ώρα κοστίζει τρία "
     "ευρώ· η εγγύηση επιστρέφεται την επόμενη μέρα."},
    {"battery", "el", "Φόρτιση της μπαταρίας ηλεκτρικού ποδηλάτου",
     "Συνδέστε τον φορτιστή στην μπαταρία και περιμένετε τέσσερις ώρες. "
     "Κόκκινο "
     "λαμπάκι σημαίνει ότι η μπαταρία είναι πολύ κρύα."},
    {"lock", "el", "Άνοιγμα κλειδαριάς με χαμένο κλειδί",
     "Στείλτε μας τον αριθμό της κλειδαριάς και στέλνουμε νέο κλειδί. Μην "
     "πριονίσετε την κλειδαριά: η ασφάλεια δεν το καλύπτει."},
    {"deposit", "el", "Πότε επιστρέφεται η εγγύηση;",
     "Τα χρήματα της εγγύησης γυρίζουν στην κάρτα σας σε πέντε ημέρες από την "
     "παράδοση του ποδηλάτου."},
};

// The topics, an FAQ page in every language, and what agents alone may see.
inline std::vector<Article> ShopArticles() {
  std::vector<Article> articles;
  for (const ShopTopic& topic : kShopTopics) {
    articles.push_back(
        MakeArticle(topic.id, topic.language, topic.title, topic.body));
  }
  const FaqEntry helmets[] = {
      {"Do you rent helmets for children?", "Yes, in three sizes.", "helmet"},
      {"Louez-vous des casques pour enfants ?", "Oui, en trois tailles.", ""},
      {"Verhuren jullie kinderhelmen?", "Ja, in drie maten.", ""},
      {"Есть ли детские шлемы напрокат?", "Да, трёх размеров.", ""},
      {"Νοικιάζετε παιδικά κράνη;", "Ναι, σε τρία μεγέθη.", ""}};
  const char* languages[] = {"en", "fr", "nl", "ru", "el"};
  for (size_t i = 0; i < 5; ++i) {
    Article faq = MakeArticle("faq", languages[i], "FAQ", "");
    faq.kind = ArticleKind::kFaq;
    faq.entries = {helmets[i]};
    articles.push_back(faq);
  }
  Article canned = MakeArticle(
      "canned-tyre", "en", "Reply: flat tyre, free repair",
      "We repair the flat tyre for free. Bring the bicycle to the workshop.");
  canned.kind = ArticleKind::kCannedResponse;
  canned.audience = Audience::kAgent;
  articles.push_back(canned);
  // Marked public by mistake: customers must not be sent to it.
  Article procedure = MakeArticle(
      "sop-tyre", "en", "Procedure for a flat tyre at the shop",
      "Write down the flat tyre, take the wheel off, charge the customer.");
  procedure.kind = ArticleKind::kProcedure;
  articles.push_back(procedure);
  return articles;
}

// The corpus "kb", searched in this process.
class BicycleShop {
 public:
  explicit BicycleShop(const std::vector<Article>& articles = ShopArticles()) {
    Build(data_.path(), articles);
    auto library = Library::Open(data_.path(), TestRegistry());
    EXPECT_TRUE(library.ok()) << library.status();
    library_ = *library;
    searcher_ = library_->NewSearcher();
  }

  Library& library() { return *library_; }

  SuggestResult Suggest(const SuggestQuery& query) {
    const auto result = searcher_->Suggest(query);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : SuggestResult();
  }

  absl::StatusOr<std::vector<Hit>> Related(const RelatedQuery& query) {
    absl::StatusOr<RelatedResult> result = RelatedTo(query);
    if (!result.ok()) return result.status();
    return std::move(result->hits);
  }
  absl::StatusOr<RelatedResult> RelatedTo(const RelatedQuery& query) {
    return searcher_->Related(query);
  }

 private:
  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_TESTS_UNIT_ENGINE_SUGGESTION_BICYCLE_SHOP_H_
