// Searches, completions and articles over a real index in five languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "engine/generations/generations.h"
#include "engine/search.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<Article> SampleArticles() {
  std::vector<Article> articles = {
      MakeArticle("reset-password", "el", "Αλλαγή κωδικού πρόσβασης",
                  "Αν ξεχάσατε τον κωδικό σας, πατήστε «Ξέχασα τον κωδικό»."),
      MakeArticle("reset-password", "en", "Reset your password",
                  "If you forgot your password, use the reset link."),
      MakeArticle("reset-password", "fr", "Réinitialiser le mot de passe",
                  "Si vous avez oublié votre mot de passe, cliquez ici."),
      MakeArticle("reset-password", "nl", "Wachtwoord opnieuw instellen",
                  "Bent u uw wachtwoord vergeten? Gebruik de link."),
      MakeArticle("reset-password", "ru", "Сброс пароля",
                  "Если вы забыли пароль, воспользуйтесь ссылкой."),
      MakeArticle("refund", "el", "Επιστροφή χρημάτων",
                  "Η επιστροφή χρημάτων γίνεται σε πέντε ημέρες."),
      MakeArticle("refund", "en", "When do I get my money back?",
                  "A refund takes five working days."),
      MakeArticle("refund", "fr", "Remboursement",
                  "Le remboursement arrive sous cinq jours."),
      MakeArticle("refund", "nl", "Geld terug",
                  "U krijgt uw geld binnen vijf dagen terug."),
      MakeArticle("refund", "ru", "Возврат денег",
                  "Возврат денег занимает пять рабочих дней."),
  };
  articles[1].tags = {"account"};
  articles[1].category = {"Account", "Security"};
  articles[1].updated_at = 1'700'000'000;
  Article internal = MakeArticle("sop-chargeback", "en", "Chargeback procedure",
                                 "Zebrafish: the bank claims the password.");
  internal.kind = ArticleKind::kProcedure;
  internal.audience = Audience::kAgent;
  articles.push_back(internal);
  Article faq = MakeArticle("faq-payment", "fr", "Paiement", "Vos questions.");
  faq.kind = ArticleKind::kFaq;
  faq.entries = {
      {"Puis-je payer par virement ?", "Oui, par virement bancaire.", "v"},
      {"Acceptez-vous les chèques ?", "Non.\nUtilisez une carte.", "c"}};
  articles.push_back(faq);
  return articles;
}

class SearcherTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Build(data_.path(), SampleArticles());
    auto library = Library::Open(data_.path(), TestRegistry());
    ASSERT_TRUE(library.ok()) << library.status();
    library_ = *library;
    searcher_ = library_->NewSearcher();
  }

  SearchQuery Query(const std::string& text,
                    const std::string& language = "") const {
    SearchQuery query;
    query.corpus = "kb";
    query.text = text;
    query.language = language;
    return query;
  }

  SearchResult Search(const SearchQuery& query) {
    auto result = searcher_->Search(query);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : SearchResult();
  }

  std::vector<std::string> Ids(const SearchQuery& query) {
    std::vector<std::string> ids;
    for (const Hit& hit : Search(query).hits) ids.push_back(hit.article_id);
    return ids;
  }

  TemporaryFolder data_;
  std::shared_ptr<Library> library_;
  std::unique_ptr<Searcher> searcher_;
};

TEST(FurtherLanguagesTest, AnArticleIsFoundByAnInflectedForm) {
  TemporaryFolder data;
  Build(data.path(),
        {MakeArticle("invoice", "de", "Rechnung herunterladen",
                     "Sie finden jede Rechnung in Ihrem Konto."),
         MakeArticle("invoice", "it", "Scaricare la fattura",
                     "Trova ogni fattura nel suo account."),
         MakeArticle("invoice", "es", "Descargar la factura",
                     "Encontrará cada factura en su cuenta."),
         MakeArticle("invoice", "uk", "Завантажити рахунок",
                     "Кожна посилка має свій рахунок."),
         MakeArticle("returns", "de", "Rückgabe", "Senden Sie es zurück."),
         MakeArticle("returns", "it", "Reso", "Rimandi il prodotto."),
         MakeArticle("returns", "es", "Devolución", "Envíe el producto."),
         MakeArticle("returns", "uk", "Повернення", "Надішліть товар.")});
  const auto library = Library::Open(data.path(), TestRegistry());
  ASSERT_TRUE(library.ok()) << library.status();
  const auto searcher = (*library)->NewSearcher();
  const struct {
    const char* query;
    const char* language;
    const char* id;
  } kCases[] = {
      {"Rechnungen", "de", "invoice"},   {"meine Rechnungen", "de", "invoice"},
      {"le fatture", "it", "invoice"},   {"dell'account", "it", "invoice"},
      {"las facturas", "es", "invoice"}, {"devoluciones", "es", "returns"},
      {"посилками", "uk", "invoice"},    {"повернень", "uk", "returns"},
  };
  for (const auto& test : kCases) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = test.query;
    const auto result = searcher->Search(query);
    ASSERT_TRUE(result.ok()) << result.status();
    ASSERT_FALSE(result->hits.empty()) << test.query;
    EXPECT_EQ(result->hits[0].article_id, test.id) << test.query;
    EXPECT_EQ(result->hits[0].language, test.language) << test.query;
  }
}

TEST_F(SearcherTest, FindsTheAnswerInEveryLanguage) {
  const struct {
    const char* query;
    const char* language;
    const char* id;
  } kCases[] = {
      {"ΚΩΔΙΚΟΣ", "el", "reset-password"},
      {"επιστροφή χρήματος", "el", "refund"},
      {"forgotten password", "en", "reset-password"},
      {"refunds", "en", "refund"},
      {"mot de passe oublié", "fr", "reset-password"},
      {"MOT DE PASSE", "fr", "reset-password"},
      {"wachtwoord vergeten", "nl", "reset-password"},
      {"возврат денег", "ru", "refund"},
      {"забыла пароль", "ru", "reset-password"},
  };
  for (const auto& test : kCases) {
    const SearchResult result = Search(Query(test.query));
    ASSERT_FALSE(result.hits.empty()) << test.query;
    EXPECT_EQ(result.hits[0].article_id, test.id) << test.query;
    EXPECT_EQ(result.hits[0].language, test.language) << test.query;
    EXPECT_EQ(result.language, test.language) << test.query;
  }
}

TEST_F(SearcherTest, HitTellsWhatThereIsToKnow) {
  const Hit hit = Search(Query("reset password")).hits.at(0);
  EXPECT_EQ(hit.title, "Reset your password");
  EXPECT_THAT(hit.available_languages,
              ElementsAre("el", "en", "fr", "nl", "ru"));
  EXPECT_THAT(hit.matched_by, Contains("title"));
  EXPECT_THAT(hit.matched_by, Contains("exact"));
  EXPECT_EQ(hit.updated_at, 1'700'000'000);
  EXPECT_TRUE(std::any_of(hit.snippet.begin(), hit.snippet.end(),
                          [](const Span& span) { return span.highlighted; }));
}

TEST_F(SearcherTest, PortalNeverSeesInternalArticles) {
  for (const char* text : {"chargeback", "zebrafish", "password bank claims"}) {
    EXPECT_THAT(Ids(Query(text)), Not(Contains("sop-chargeback"))) << text;
    SearchQuery agent = Query(text);
    agent.audience = Audience::kAgent;
    EXPECT_THAT(Ids(agent), Contains("sop-chargeback")) << text;
  }
  EXPECT_EQ(Search(Query("zebrafish")).total_size, 0u);
  std::vector<std::string> languages;
  EXPECT_TRUE(absl::IsNotFound(searcher_
                                   ->GetArticle("kb", "sop-chargeback", "",
                                                Audience::kPublic, &languages)
                                   .status()));
  AutocompleteQuery typing;
  typing.corpus = "kb";
  for (const char* prefix : {"char", "zebr", "chargeback pro"}) {
    typing.prefix = prefix;
    typing.audience = Audience::kPublic;
    // A slip away there may be other words, none of the article's.
    EXPECT_THAT(
        searcher_->Autocomplete(typing)->completions,
        Each(Field(&Completion::text,
                   Not(AnyOf(HasSubstr("hargeback"), HasSubstr("ebrafish"))))))
        << prefix;
    typing.audience = Audience::kAgent;
    EXPECT_THAT(searcher_->Autocomplete(typing)->completions, Not(IsEmpty()))
        << prefix;
  }
}

TEST_F(SearcherTest, FaqEntriesAreHitsOfTheirOwn) {
  const SearchResult result = Search(Query("payer par virement", "fr"));
  ASSERT_FALSE(result.hits.empty());
  EXPECT_EQ(result.hits[0].article_id, "faq-payment#1");
  EXPECT_EQ(result.hits[0].title, "Puis-je payer par virement ?");
  EXPECT_EQ(result.hits[0].answer, "Oui, par virement bancaire.");
  EXPECT_EQ(result.hits[0].anchor, "v");
  EXPECT_EQ(Search(Query("chèques", "fr")).hits.at(0).answer,
            "Non.\nUtilisez une carte.");
}

TEST_F(SearcherTest, LanguagesAreAHardFilter) {
  SearchQuery query = Query("password");
  query.languages = {"nl", "ru"};
  query.verbatim = true;  // or the translations would be found
  EXPECT_THAT(Ids(query), IsEmpty());
  query.languages = {"en"};
  EXPECT_THAT(Ids(query), ElementsAre("reset-password"));
}

TEST_F(SearcherTest, FiltersLimitTheHits) {
  SearchQuery query = Query("password");
  query.filter.tags = {"account"};
  EXPECT_THAT(Ids(query), ElementsAre("reset-password"));
  query.filter.tags = {"other"};
  EXPECT_THAT(Ids(query), IsEmpty());
  query.filter = {};
  query.filter.categories = {"Security"};
  EXPECT_THAT(Ids(query), ElementsAre("reset-password"));
  query.filter = {};
  query.filter.kinds = {ArticleKind::kFaq};
  EXPECT_THAT(Ids(query), IsEmpty());
  query.filter = {};
  query.filter.updated_after = 1'800'000'000;
  EXPECT_THAT(Ids(query), IsEmpty());
  query.filter.updated_after = 1'600'000'000;
  EXPECT_THAT(Ids(query), ElementsAre("reset-password"));
}

// More articles than are looked at: a word counts once, whatever its forms.
TEST(ManyMatchesTest, AreCountedAboutRight) {
  struct Case {
    const char* language;
    const char* forms[2];
    const char* other;
  };
  const Case cases[] = {{"el", {"τιμολόγιο", "τιμολόγια"}, "θερμοστάτης"},
                        {"en", {"invoice", "invoices"}, "thermostat"},
                        {"fr", {"facture", "factures"}, "thermostat"},
                        {"nl", {"factuur", "facturen"}, "thermostaat"},
                        {"ru", {"счёт", "счета"}, "термостат"}};
  std::vector<Article> articles;
  for (const Case& test : cases) {
    for (int i = 0; i < 300; ++i) {
      const char* text = i < 240 ? test.forms[i % 2] : test.other;
      articles.push_back(
          MakeArticle("a" + std::to_string(i), test.language, text, text));
    }
  }
  TemporaryFolder data;
  Build(data.path(), articles);
  const auto library = *Library::Open(data.path(), TestRegistry());
  for (const Case& test : cases) {
    SearchQuery query;
    query.corpus = "kb";
    query.text = test.forms[0];
    query.languages = {test.language};
    const auto result = library->NewSearcher()->Search(query);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_NEAR(static_cast<double>(result->total_size), 240, 10)
        << test.language;
  }
}

TEST_F(SearcherTest, TextsThatSayNothingFindNothing) {
  for (const std::string& text :
       {std::string("!?"), std::string("😀😀"), std::string("\xFF\xFE"),
        std::string("\x01\x02"), std::string(5000, 'x')}) {
    EXPECT_THAT(Ids(Query(text)), IsEmpty()) << text;
  }
}

TEST_F(SearcherTest, UnknownCorpusIsNotFound) {
  SearchQuery query = Query("password");
  query.corpus = "other";
  EXPECT_TRUE(absl::IsNotFound(searcher_->Search(query).status()));
}

TEST_F(SearcherTest, PassedDeadlineIsTold) {
  SearchQuery query = Query("password");
  query.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  EXPECT_TRUE(absl::IsDeadlineExceeded(searcher_->Search(query).status()));
}

TEST_F(SearcherTest, GetArticlePrefersTheLanguageAsked) {
  std::vector<std::string> languages;
  const auto russian = searcher_->GetArticle("kb", "refund", "ru-RU",
                                             Audience::kPublic, &languages);
  ASSERT_TRUE(russian.ok()) << russian.status();
  EXPECT_EQ(russian->title, "Возврат денег");
  const auto first = searcher_->GetArticle("kb", "faq-payment#2", "ru",
                                           Audience::kPublic, &languages);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->title, "Paiement");
  EXPECT_EQ(first->entries.size(), 2u);
  EXPECT_THAT(languages, ElementsAre("fr"));
}

TEST_F(SearcherTest, FollowsANewGeneration) {
  EXPECT_EQ(Search(Query("password")).generation, 1u);
  Build(data_.path(), {MakeArticle("new", "en", "Brand new", "Nothing else.")});
  ASSERT_TRUE(library_->Refresh().ok());
  EXPECT_THAT(Ids(Query("brand new")), ElementsAre("new"));
  EXPECT_THAT(Ids(Query("password")), IsEmpty());
  EXPECT_EQ(Search(Query("new")).generation, 2u);
}

TEST_F(SearcherTest, DamagedAndMissingDatabasesAreDataLoss) {
  const std::string folder =
      GenerationFolder(data_.path(), "kb", 1) + "/en/public";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ofstream(file.path(), std::ios::trunc) << "damaged";
  }
  auto searcher = library_->NewSearcher();
  EXPECT_TRUE(absl::IsDataLoss(searcher->Search(Query("password")).status()));
  std::filesystem::remove_all(folder);
  searcher = library_->NewSearcher();
  EXPECT_TRUE(absl::IsDataLoss(searcher->Search(Query("password")).status()));
}

TEST(SearcherPagingTest, PagesAreDisjointAndComplete) {
  TemporaryFolder data;
  std::vector<Article> articles;
  for (int i = 0; i < 35; ++i) {
    articles.push_back(MakeArticle("a" + std::to_string(i), "en", "Router",
                                   "The router number " + std::to_string(i)));
  }
  Build(data.path(), articles);
  const auto library = *Library::Open(data.path(), TestRegistry());
  const auto searcher = library->NewSearcher();
  SearchQuery query;
  query.corpus = "kb";
  query.text = "router";
  std::set<std::string> seen;
  int pages = 0;
  do {
    const auto result = searcher->Search(query);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->total_size, 35u);
    for (const Hit& hit : result->hits) {
      EXPECT_TRUE(seen.insert(hit.article_id).second) << hit.article_id;
    }
    query.page_token = result->next_page_token;
    ++pages;
  } while (!query.page_token.empty() && pages < 10);
  EXPECT_EQ(seen.size(), 35u);
  EXPECT_EQ(pages, 4);
}

TEST(SearcherForeignPartTest, ParagraphInAnotherLanguageLeadsToItsArticle) {
  TemporaryFolder data;
  Article article = MakeArticle(
      "canned", "el", "Απάντηση για χαμένο δέμα",
      "Χρησιμοποιήστε το παρακάτω κείμενο για πελάτες από το εξωτερικό.");
  const std::string english =
      "We are sorry that your parcel has not arrived yet. We have asked the "
      "carrier to look for it and will write to you as soon as we know more.";
  article.blocks.push_back({BlockKind::kParagraph, 0, english, ""});
  const auto stats =
      Build(data.path(),
            {article, MakeArticle("x", "en", "Opening hours", "From nine.")});
  EXPECT_EQ(stats.foreign_parts, 1u);
  const auto library = *Library::Open(data.path(), TestRegistry());
  SearchQuery query;
  query.corpus = "kb";
  query.text = "parcels that have not arrived";
  const auto result = library->NewSearcher()->Search(query);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_FALSE(result->hits.empty());
  EXPECT_EQ(result->hits[0].article_id, "canned");
  EXPECT_EQ(result->hits[0].language, "el");
  EXPECT_EQ(result->hits[0].title, "Απάντηση για χαμένο δέμα");
}

TEST(SearcherForeignPartTest, TranslatedArticleNeedsNoForeignPart) {
  TemporaryFolder data;
  const std::string english =
      "We are sorry that your parcel has not arrived yet. We have asked the "
      "carrier to look for it and will write to you as soon as we know more.";
  Article greek = MakeArticle("canned", "el", "Χαμένο δέμα",
                              "Κείμενο για πελάτες από το εξωτερικό.");
  greek.blocks.push_back({BlockKind::kParagraph, 0, english, ""});
  const auto stats = Build(
      data.path(), {greek, MakeArticle("canned", "en", "Parcel", english)});
  EXPECT_EQ(stats.foreign_parts, 0u);
}

}  // namespace
}  // namespace kbsearch::engine
