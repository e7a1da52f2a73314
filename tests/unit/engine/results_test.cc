// What a page of results holds: phrases and exclusions, filters, translations
// and pages, over a real index in five languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/search.h"
#include "tests/unit/engine/results_fixture.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

struct Words {
  const char* language;
  const char* phrase;     // two words
  const char* in_order;   // a sentence that holds the phrase
  const char* scattered;  // one that holds its words only
  const char* excluded;   // a word
  const char* inflected;  // a sentence of the phrase with the word inflected
};

constexpr Words kWords[] = {
    {"el", "κωδικός πρόσβασης", "Ο κωδικός πρόσβασης λήγει σύντομα.",
     "Ο κωδικός λήγει και η σελίδα πρόσβασης κλείνει.", "εκτυπωτής",
     "Ο κωδικός πρόσβασης των εκτυπωτών λήγει."},
    {"en", "forgotten password", "A forgotten password is easily replaced.",
     "The password was forgotten by everyone.", "printer",
     "A forgotten password of two printers."},
    {"fr", "mot perdu", "Un mot perdu se remplace vite.",
     "Chaque mot compte quand tout est perdu.", "imprimante",
     "Un mot perdu pour les imprimantes."},
    {"nl", "vergeten wachtwoord", "Een vergeten wachtwoord is zo vervangen.",
     "Het wachtwoord was iedereen vergeten.", "printer",
     "Een vergeten wachtwoord van twee printers."},
    {"ru", "забытый пароль", "Забытый пароль легко заменить.",
     "Пароль давно всеми забытый лежит.", "принтер",
     "Забытый пароль для двух принтеров."},
};

TEST_F(ResultsTest, PhrasesExclusionsAndTitlesInFiveLanguages) {
  std::vector<Article> articles;
  for (const Words& words : kWords) {
    const std::string language = words.language;
    articles.push_back(
        MakeArticle("order-" + language, language, "", words.in_order));
    articles.push_back(
        MakeArticle("words-" + language, language, "", words.scattered));
    articles.push_back(
        MakeArticle("other-" + language, language, "", words.inflected));
    articles.push_back(MakeArticle("title-" + language, language, words.phrase,
                                   words.scattered));
  }
  Index(articles);
  for (const Words& words : kWords) {
    const std::string language = words.language;
    const std::string quoted = "\"" + std::string(words.phrase) + "\"";
    EXPECT_THAT(Ids(Query(words.phrase, language)),
                Contains("words-" + language));
    EXPECT_THAT(Ids(Query(quoted, language)),
                UnorderedElementsAre("order-" + language, "other-" + language,
                                     "title-" + language));
    EXPECT_THAT(Ids(Query("title:" + quoted, language)),
                ElementsAre("title-" + language));
    EXPECT_THAT(
        Ids(Query(std::string(words.phrase) + " -" + words.excluded, language)),
        UnorderedElementsAre("order-" + language, "words-" + language,
                             "title-" + language))
        << "a word excludes its inflections";
    EXPECT_THAT(
        Ids(Query(std::string(words.phrase) + " -\"" + words.excluded + "\"",
                  language)),
        Contains("other-" + language))
        << "a quoted word excludes this form only";
    EXPECT_THAT(Ids(Query(std::string(words.phrase) + " -" + quoted, language)),
                ElementsAre("words-" + language));
  }
}

TEST_F(ResultsTest, AgentsFindPhrasesInBothAudiences) {
  std::vector<Article> articles;
  for (int i = 0; i < 8; ++i) {
    articles.push_back(MakeArticle(
        "a" + std::to_string(i), "ru", "",
        i % 4 < 2 ? "Забытый пароль заменят." : "Пароль забытый заменят."));
    if (i % 2 != 0) articles.back().audience = Audience::kAgent;
  }
  Index(articles);
  SearchQuery query = Query("«забытый пароль»");
  EXPECT_THAT(Ids(query), UnorderedElementsAre("a0", "a4"));
  query.audience = Audience::kAgent;
  EXPECT_THAT(Ids(query), UnorderedElementsAre("a0", "a1", "a4", "a5"));
  query.text = "забытый пароль -«забытый пароль»";
  EXPECT_THAT(Ids(query), UnorderedElementsAre("a2", "a3", "a6", "a7"));
}

TEST_F(ResultsTest, APhraseThatStandsNowhereIsReadAsWordsAndSaidSo) {
  Index({MakeArticle("a", "en", "Printer", "The printer is offline."),
         MakeArticle("b", "en", "Wifi", "The wifi printer is slow.")});
  const SearchResult result = Search(Query("\"offline printer\" -wifi"));
  ASSERT_EQ(result.hits.size(), 1u);
  EXPECT_EQ(result.hits[0].article_id, "a");
  ASSERT_EQ(result.rewrites.size(), 1u);
  EXPECT_EQ(result.rewrites[0].stage, "phrase");
  EXPECT_EQ(result.rewrites[0].from, "\"offline printer\" -wifi");
  EXPECT_EQ(result.rewrites[0].to, "offline printer");
  EXPECT_TRUE(result.rewrites[0].applied);
  EXPECT_THAT(Search(Query("\"printer is\"")).rewrites, IsEmpty());
  EXPECT_THAT(Ids(Query("\"zebra crossing\"")), IsEmpty());
}

TEST_F(ResultsTest, AHyphenatedExclusionMeansTheWholeWord) {
  Index({MakeArticle("mail", "en", "Contact", "Contact us by e-mail."),
         MakeArticle("joined", "en", "Contact", "Contact us by email."),
         MakeArticle("letter", "en", "Contact", "Contact us: e or mail.")});
  EXPECT_THAT(Ids(Query("contact -e-mail")), ElementsAre("letter"));
}

TEST_F(ResultsTest, PastedTextsAreFoundByTheirRareWords) {
  std::vector<Article> articles;
  for (const Words& words : kWords) {
    articles.push_back(MakeArticle(words.language, words.language, "",
                                   std::string(words.in_order) + " Zebra."));
  }
  Index(articles);
  for (const Words& words : kWords) {
    std::string pasted;
    for (int i = 0; i < 300; ++i) {
      pasted += "unknown" + std::to_string(i) + " ";
      if (i % 10 == 0) pasted += std::string(words.phrase) + " ";
    }
    EXPECT_THAT(Ids(Query(pasted, words.language)), Contains(words.language));
  }
}

TEST_F(ResultsTest, FiltersMeetAtTheirEdges) {
  Article dated = MakeArticle("dated", "ru", "Принтер", "Принтер печатает.");
  dated.updated_at = 1'700'000'000;
  Article old = MakeArticle("old", "ru", "Принтер", "Старый принтер.");
  old.updated_at = -86'400;
  Index(
      {dated, old, MakeArticle("undated", "ru", "Принтер", "Новый принтер.")});
  SearchQuery query = Query("принтер");
  query.filter.updated_after = 1'700'000'000;
  EXPECT_THAT(Ids(query), ElementsAre("dated"));
  query.filter.updated_after = 1'700'000'001;
  EXPECT_THAT(Ids(query), IsEmpty());
  query.filter.updated_after = -86'400;
  EXPECT_THAT(Ids(query), UnorderedElementsAre("dated", "old"));
  query.filter.updated_after = -62'135'596'800;
  EXPECT_THAT(Ids(query), UnorderedElementsAre("dated", "old"));
  query.filter.updated_after.reset();
  query.filter.categories = {""};
  EXPECT_THAT(Ids(query), IsEmpty());
  query.filter.categories = {};
  query.filter.kinds = {ArticleKind::kFaq, ArticleKind::kArticle,
                        ArticleKind::kArticle};
  EXPECT_EQ(Ids(query).size(), 3u);
}

std::vector<Article> Translations() {
  return {MakeArticle("hours", "el", "Ωράριο", "Το router ανοίγει στις εννέα."),
          MakeArticle("hours", "en", "Opening hours", "The router opens late."),
          MakeArticle("hours", "fr", "Horaires", "Ouvert dès neuf heures."),
          MakeArticle("hours", "nl", "Openingstijden", "De router: negen uur."),
          MakeArticle("hours", "ru", "Часы работы", "Открыто с девяти."),
          MakeArticle("only", "en", "Router", "A router.")};
}

TEST_F(ResultsTest, CollapsedTranslationsShowTheUsersLanguage) {
  Index(Translations());
  for (const char* locale : {"el", "en", "nl", "el-GR", "fr", "ru"}) {
    const SearchResult result = Search(Query("router", locale));
    const auto hit =
        std::find_if(result.hits.begin(), result.hits.end(),
                     [](const Hit& h) { return h.article_id == "hours"; });
    ASSERT_NE(hit, result.hits.end()) << locale;
    EXPECT_EQ(hit->language, std::string(locale).substr(0, 2));
    EXPECT_THAT(hit->available_languages,
                ElementsAre("el", "en", "fr", "nl", "ru"));
    EXPECT_EQ(result.hits.size(), 2u);
    EXPECT_EQ(result.total_size, 2u);  // as they are shown
    // French and Russian do not hold the word.
    const bool translated = hit->language == "fr" || hit->language == "ru";
    EXPECT_EQ(std::count(hit->matched_by.begin(), hit->matched_by.end(),
                         "translation"),
              translated ? 1 : 0)
        << locale;
    EXPECT_FALSE(hit->snippet.empty());
  }
  // Without a locale the query's own language.
  EXPECT_EQ(Search(Query("ΩΡΑΡΙΟ")).hits.at(0).language, "el");
  EXPECT_EQ(Search(Query("часы работы")).hits.at(0).language, "ru");
}

TEST_F(ResultsTest, TheVersionShownPassesTheFilters) {
  std::vector<Article> articles = Translations();
  articles[1].tags = {"shop"};
  Index(articles);
  SearchQuery query = Query("router", "fr");
  query.filter.tags = {"shop"};
  EXPECT_EQ(Search(query).hits.at(0).language, "en");
  query = Query("router", "fr");
  query.languages = {"en", "nl"};
  for (const Hit& hit : Search(query).hits) EXPECT_NE(hit.language, "fr");
  // Whoever asks for words by their form wants to see them.
  query = Query("\"router opens\"", "fr");
  EXPECT_EQ(Search(query).hits.at(0).language, "en");
}

TEST_F(ResultsTest, SeparateTranslationsAreHitsOfTheirOwn) {
  Index(Translations());
  SearchQuery query = Query("router", "en");
  query.languages = {"el", "en", "nl", "ru"};
  query.translation_mode = TranslationMode::kSeparate;
  std::vector<std::string> versions;
  const SearchResult result = Search(query);
  EXPECT_EQ(result.total_size, 4u);
  for (const Hit& hit : result.hits) {
    versions.push_back(hit.article_id + "/" + hit.language);
    EXPECT_EQ(hit.available_languages.size(), hit.article_id == "only" ? 1 : 5);
  }
  EXPECT_THAT(versions, UnorderedElementsAre("hours/el", "hours/en", "hours/nl",
                                             "only/en"));
}

TEST_F(ResultsTest, PagesStayWithTheGenerationTheyBeganIn) {
  const auto articles = [](const std::string& prefix) {
    std::vector<Article> made;
    for (int i = 0; i < 25; ++i) {
      made.push_back(MakeArticle(prefix + std::to_string(i), "nl", "Factuur",
                                 "De factuur nummer " + std::to_string(i)));
    }
    return made;
  };
  Index(articles("old"));
  SearchQuery query = Query("factuur");
  SearchResult page = Search(query);
  std::set<std::string> seen;
  for (int i = 0; i < 3; ++i) {
    for (const Hit& hit : page.hits) {
      EXPECT_TRUE(seen.insert(hit.article_id).second) << hit.article_id;
    }
    EXPECT_EQ(page.generation, 1u);
    if (i == 2) break;
    Index(articles("new" + std::to_string(i) + "-"));  // the index switches
    query.page_token = page.next_page_token;
    page = Search(query);
  }
  EXPECT_EQ(seen.size(), 25u);
  EXPECT_TRUE(page.next_page_token.empty());
  EXPECT_THAT(seen, Not(Contains("new0-0")));
  // A new search sees the new index.
  query.page_token.clear();
  const SearchResult fresh = Search(query);
  EXPECT_EQ(fresh.generation, 3u);

  // Only the last two former generations are kept.
  query.page_token = fresh.next_page_token;
  Index(articles("a"));
  Index(articles("b"));
  EXPECT_EQ(Search(query).generation, 3u);
  Index(articles("c"));
  const absl::Status gone = searcher_->Search(query).status();
  EXPECT_TRUE(absl::IsInvalidArgument(gone)) << gone;
  EXPECT_THAT(std::string(gone.message()), testing::HasSubstr("start again"));
}

TEST_F(ResultsTest, ATokenServesOneWayOfShowingTranslations) {
  std::vector<Article> articles;
  for (int i = 0; i < 15; ++i) {
    for (const char* language : {"en", "nl"}) {
      articles.push_back(MakeArticle("a" + std::to_string(i), language,
                                     "Router", "Router " + std::to_string(i)));
    }
  }
  Index(articles);
  for (const TranslationMode mode :
       {TranslationMode::kCollapse, TranslationMode::kSeparate}) {
    SearchQuery query = Query("router", "en");
    query.translation_mode = mode;
    query.page_size = 4;
    std::vector<std::string> seen;
    do {
      const SearchResult page = Search(query);
      for (const Hit& hit : page.hits) {
        seen.push_back(hit.article_id + "/" + hit.language);
      }
      query.page_token = page.next_page_token;
    } while (!query.page_token.empty());
    const size_t expected = mode == TranslationMode::kCollapse ? 15 : 30;
    EXPECT_EQ(seen.size(), expected);
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), expected);
  }
  SearchQuery query = Query("router", "en");
  query.page_token = Search(query).next_page_token;
  query.translation_mode = TranslationMode::kSeparate;
  EXPECT_TRUE(absl::IsInvalidArgument(searcher_->Search(query).status()));
}

TEST_F(ResultsTest, FaqAnswersAreWholeWhateverTheirLineEnds) {
  Article faq = MakeArticle("faq", "fr", "Questions", "Vos questions.");
  faq.kind = ArticleKind::kFaq;
  std::string answer;
  for (int i = 0; i < 2000; ++i) {
    answer += "Ligne " + std::to_string(i) + " de la réponse.\r\n";
  }
  faq.entries = {{"Puis-je payer par virement ?", answer, "v"}};
  Index({faq});
  const Hit hit = Search(Query("payer par virement")).hits.at(0);
  EXPECT_EQ(std::count(hit.answer.begin(), hit.answer.end(), '\n'), 1999);
  EXPECT_EQ(hit.answer.find('\r'), std::string::npos);
  EXPECT_THAT(hit.answer, testing::EndsWith("Ligne 1999 de la réponse."));
}

}  // namespace
}  // namespace kbsearch::engine
