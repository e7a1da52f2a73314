// Related articles over a real index in five languages.
#include "engine/suggestion/related.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/engine/suggestion/bicycle_shop.h"

namespace kbsearch::engine {
namespace {

using ::testing::Contains;
using ::testing::Not;

std::vector<std::string> Ids(const std::vector<Hit>& hits) {
  std::vector<std::string> ids;
  for (const Hit& hit : hits) ids.push_back(hit.article_id);
  return ids;
}

RelatedQuery Of(const std::string& id, const std::string& language) {
  RelatedQuery query;
  query.corpus = "kb";
  query.article_id = id;
  query.language = language;
  query.page_size = 50;
  return query;
}

class RelatedInLanguage : public ::testing::TestWithParam<const char*> {};

TEST_P(RelatedInLanguage, FindsTheArticleOnTheSameMatter) {
  BicycleShop shop;
  const auto hits = shop.Related(Of("late-return", GetParam()));
  ASSERT_TRUE(hits.ok()) << hits.status();
  ASSERT_FALSE(hits->empty());
  // Both speak of the deposit that is paid back.
  EXPECT_EQ(hits->front().article_id, "deposit");
  for (const Hit& hit : *hits) {
    EXPECT_EQ(hit.language, GetParam());
    EXPECT_NE(hit.article_id, "late-return");
    EXPECT_FALSE(hit.near_duplicate);
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, RelatedInLanguage,
                         ::testing::Values("el", "en", "fr", "nl", "ru"),
                         [](const auto& info) {
                           return std::string(info.param);
                         });

TEST(Related, NeverItselfNorItsEntries) {
  BicycleShop shop;
  for (const char* id : {"faq", "faq#1"}) {
    const auto hits = shop.Related(Of(id, "en"));
    ASSERT_TRUE(hits.ok()) << hits.status();
    EXPECT_THAT(Ids(*hits), Not(Contains("faq")));
    EXPECT_THAT(Ids(*hits), Not(Contains("faq#1")));
  }
}

TEST(Related, KeepsTheAudiencesApart) {
  BicycleShop shop;
  RelatedQuery query = Of("flat-tyre", "en");
  const auto for_customers = shop.Related(query);
  ASSERT_TRUE(for_customers.ok()) << for_customers.status();
  EXPECT_THAT(Ids(*for_customers), Not(Contains("canned-tyre")));
  query.audience = Audience::kAgent;
  const auto for_agents = shop.Related(query);
  ASSERT_TRUE(for_agents.ok()) << for_agents.status();
  EXPECT_THAT(Ids(*for_agents), Contains("canned-tyre"));
  // A customer learns nothing of what is there for agents.
  EXPECT_TRUE(absl::IsNotFound(shop.Related(Of("canned-tyre", "en")).status()));
}

TEST(Related, MarksNearDuplicates) {
  std::vector<Article> articles = ShopArticles();
  Article copy = articles.front();
  copy.id = "flat-tyre-2025";
  copy.title = "Flat tyre: how to repair it";
  copy.blocks.push_back({BlockKind::kParagraph, 0, "Ask us for help.", ""});
  articles.push_back(copy);
  BicycleShop shop(articles);
  const auto hits = shop.Related(Of("flat-tyre", "en"));
  ASSERT_TRUE(hits.ok()) << hits.status();
  ASSERT_FALSE(hits->empty());
  EXPECT_EQ(hits->front().article_id, "flat-tyre-2025");
  for (const Hit& hit : *hits) {
    EXPECT_EQ(hit.near_duplicate, hit.article_id == "flat-tyre-2025")
        << hit.article_id;
  }
}

TEST(Related, ACommonCategorySpeaksForAnArticle) {
  std::vector<Article> articles = ShopArticles();
  for (Article& article : articles) {
    const bool together = article.id == "lock" || article.id == "battery";
    article.category = {together ? "Accessories" : "Other"};
  }
  BicycleShop shop(articles);
  BicycleShop without;
  const auto place = [](const std::vector<Hit>& hits) {
    const std::vector<std::string> ids = Ids(hits);
    return std::find(ids.begin(), ids.end(), "battery") - ids.begin();
  };
  const auto with_category = shop.Related(Of("lock", "en"));
  const auto plain = without.Related(Of("lock", "en"));
  ASSERT_TRUE(with_category.ok() && plain.ok());
  EXPECT_LE(place(*with_category), place(*plain));
}

TEST(Related, AnArticleThatLacksTheLanguageIsComparedInTheMainOne) {
  std::vector<Article> articles = ShopArticles();
  for (const char* language : {"nl", "el", "ru"}) {
    articles.push_back(MakeArticle("insurance", language, "E-bike",
                                   "E-bike A B C D E F G deposit E-bike"));
  }
  // One more in Dutch makes it the language with most articles.
  articles.push_back(MakeArticle("extra", "nl", "E-bike", "E-bike deposit"));
  BicycleShop shop(articles);
  for (const char* wished : {"en", "fr", ""}) {
    const auto result = shop.RelatedTo(Of("insurance", wished));
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->language, "nl") << wished;
  }
  for (const char* has : {"el", "ru", "nl"}) {
    EXPECT_EQ(shop.RelatedTo(Of("insurance", has))->language, has);
  }
}

TEST(Related, UnknownArticlesAreErrors) {
  BicycleShop shop;
  const auto hits = shop.Related(Of("no-such", "en"));
  EXPECT_TRUE(absl::IsNotFound(hits.status())) << hits.status();
}

}  // namespace
}  // namespace kbsearch::engine
