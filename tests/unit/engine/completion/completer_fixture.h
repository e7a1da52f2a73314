// Completions over a real index in five languages.
#ifndef KBSEARCH_TESTS_UNIT_ENGINE_COMPLETION_COMPLETER_FIXTURE_H_
#define KBSEARCH_TESTS_UNIT_ENGINE_COMPLETION_COMPLETER_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/search.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {

inline std::vector<Article> SampleArticles() {
  std::vector<Article> articles = {
      MakeArticle("reset", "el", "Επαναφορά κωδικού πρόσβασης",
                  "Ο κωδικός πρόσβασης αλλάζει εδώ, με επαναφορά."),
      MakeArticle("reset", "en", "Reset a forgotten password",
                  "Your password is changed here. A passport is not needed."),
      MakeArticle("reset", "fr", "Mot de passe oublié",
                  "Votre mot de passe change ici."),
      MakeArticle("reset", "nl", "Wachtwoord vergeten",
                  "Uw wachtwoord wijzigen doet u hier."),
      MakeArticle("reset", "ru", "Забытый пароль",
                  "Ваш пароль меняется здесь."),
      MakeArticle("refund", "el", "Επιστροφή χρημάτων",
                  "Η επιστροφή γίνεται σε πέντε ημέρες."),
      MakeArticle("refund", "en", "When do I get my money back?",
                  "A refund takes five days."),
      MakeArticle("refund", "fr", "Remboursement d'une commande",
                  "Le remboursement arrive sous cinq jours."),
      MakeArticle("refund", "nl", "Geld terug voor een bestelling",
                  "U krijgt uw geld binnen vijf dagen."),
      MakeArticle("refund", "ru", "Возврат денег за заказ",
                  "Обычно возврат занимает пять дней."),
      MakeArticle("wifi", "en", "Wi-Fi keeps dropping", "Restart the router."),
      MakeArticle("wifi", "nl", "Wifi valt weg", "Start de router opnieuw."),
  };
  Article internal =
      MakeArticle("sop", "en", "Chargeback procedure", "Zebrafish first.");
  internal.audience = Audience::kAgent;
  articles.push_back(internal);
  Article faq = MakeArticle("faq", "fr", "Paiement", "Vos questions.");
  faq.kind = ArticleKind::kFaq;
  faq.entries = {{"Puis-je payer par virement ?", "Oui.", "v"},
                 {"Acceptez-vous les chèques ?", "Non.", "c"}};
  articles.push_back(faq);
  return articles;
}

class CompleterTest : public testing::Test {
 protected:
  void Start(const std::vector<Article>& articles) {
    Build(data_.path(), articles);
    auto library = Library::Open(data_.path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = *library;
    searcher_ = library_->NewSearcher();
  }
  void SetUp() override { Start(SampleArticles()); }

  static AutocompleteQuery Typing(const std::string& prefix,
                                  const std::string& language = "") {
    AutocompleteQuery query;
    query.corpus = "kb";
    query.prefix = prefix;
    query.language = language;
    return query;
  }

  AutocompleteResult Run(const AutocompleteQuery& query) {
    auto result = searcher_->Autocomplete(query);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : AutocompleteResult();
  }

  std::vector<std::string> Texts(const AutocompleteQuery& query) {
    std::vector<std::string> texts;
    for (const Completion& completion : Run(query).completions) {
      texts.push_back(completion.text);
      std::string spans;
      for (const Span& span : completion.spans) spans += span.text;
      EXPECT_EQ(spans, completion.text);
    }
    return texts;
  }
  std::vector<std::string> Texts(const std::string& prefix,
                                 const std::string& language = "") {
    return Texts(Typing(prefix, language));
  }

  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

}  // namespace kbsearch::engine

#endif  // KBSEARCH_TESTS_UNIT_ENGINE_COMPLETION_COMPLETER_FIXTURE_H_
