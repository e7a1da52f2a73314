// What facets count, for whom, and with which filters.
#include "engine/search/facets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/search.h"
#include "tests/unit/engine/results_fixture.h"
#include "tests/unit/engine/temporary_library.h"

namespace kbsearch::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using FacetsTest = ResultsTest;

std::vector<Article> FacetArticles() {
  std::vector<Article> articles;
  const auto add = [&](const std::string& id, const std::string& language,
                       const std::string& body) -> Article& {
    articles.push_back(MakeArticle(id, language, "", body));
    return articles.back();
  };
  for (int i = 0; i < 3; ++i) {
    Article& article =
        add("router" + std::to_string(i), "en", "Restart the router.");
    article.category = {"Network", "Home"};
    article.tags = {"wifi"};
  }
  Article& procedure = add("reset", "en", "Reset the router by hand.");
  procedure.kind = ArticleKind::kProcedure;
  procedure.category = {"Network"};
  procedure.tags = {"wifi", "reset", "wifi"};
  // One article in three languages.
  add("moved", "en", "The router has moved.").tags = {"move"};
  add("moved", "fr", "Le router a bougé.").tags = {"move", "déménagement"};
  add("moved", "nl", "De router is verplaatst.");
  Article& internal = add("internal", "en", "Open the router case.");
  internal.audience = Audience::kAgent;
  internal.category = {"Secret"};
  Article& unrelated = add("unrelated", "en", "Pay the invoice.");
  unrelated.category = {"Network"};
  return articles;
}

TEST_F(FacetsTest, FacetsCountTheHitsOfAllPages) {
  Index(FacetArticles());
  SearchQuery query = Query("router", "en");
  query.languages = {"en", "fr", "nl"};
  query.page_size = 1;
  query.facets = {FacetField::kLanguage, FacetField::kKind,
                  FacetField::kCategory, FacetField::kTag};
  EXPECT_EQ(Facets(query),
            "language en:5 fr:1 nl:1; kind article:4 procedure:1; "
            "category Network:4 Home:3; "
            "tag wifi:4 déménagement:1 move:1 reset:1");
  query.facets = {FacetField::kKind};
  query.translation_mode = TranslationMode::kSeparate;
  EXPECT_EQ(Facets(query), "kind article:6 procedure:1");
  query.facets = {};
  EXPECT_THAT(Search(query).facets, IsEmpty());
}

TEST_F(FacetsTest, FacetsShowCustomersNothingInternal) {
  Index(FacetArticles());
  SearchQuery query = Query("router", "en");
  query.facets = {FacetField::kCategory, FacetField::kKind};
  EXPECT_EQ(Facets(query),
            "category Network:4 Home:3; kind article:4 procedure:1");
  query.audience = Audience::kAgent;
  EXPECT_EQ(Facets(query),
            "category Network:4 Home:3 Secret:1; kind article:5 procedure:1");
}

TEST_F(FacetsTest, AFacetIsCountedWithoutItsOwnFilterAndWithTheOthers) {
  Index(FacetArticles());
  SearchQuery query = Query("router", "en");
  query.facets = {FacetField::kKind, FacetField::kTag, FacetField::kLanguage};
  query.filter.kinds = {ArticleKind::kProcedure};
  EXPECT_EQ(Facets(query),
            "kind article:4 procedure:1; tag reset:1 wifi:1; language en:1");
  query.languages = {"fr"};
  EXPECT_EQ(Facets(query), "kind article:1; tag; language en:1");
  query.filter = {};
  EXPECT_EQ(Facets(query),
            "kind article:1; tag déménagement:1 move:1; "
            "language en:5 fr:1 nl:1");
}

TEST_F(FacetsTest, ACountIsWhatTheFilterGives) {
  Index(FacetArticles());
  SearchQuery query = Query("router", "en");
  query.facets = {FacetField::kCategory, FacetField::kTag, FacetField::kKind,
                  FacetField::kLanguage};
  for (const Facet& facet : Search(query).facets) {
    for (const FacetValue& value : facet.values) {
      SearchQuery filtered = Query("router", "en");
      if (facet.field == FacetField::kCategory) {
        filtered.filter.categories = {value.value};
      } else if (facet.field == FacetField::kTag) {
        filtered.filter.tags = {value.value};
      } else if (facet.field == FacetField::kKind) {
        filtered.filter.kinds.resize(1);
        ASSERT_TRUE(ParseKind(value.value, filtered.filter.kinds.data()));
      } else {
        filtered.languages = {value.value};
      }
      EXPECT_EQ(Ids(filtered).size(), value.count)
          << FacetFieldName(facet.field) << " " << value.value;
      EXPECT_TRUE(facet.exact);
    }
  }
}

TEST_F(FacetsTest, PhrasesAndExclusionsHoldForFacets) {
  Index(FacetArticles());
  SearchQuery query = Query("\"restart the router\"", "en");
  query.languages = {"en", "fr"};
  query.facets = {FacetField::kTag};
  EXPECT_EQ(Facets(query), "tag wifi:3");
  query.text = "router -restart";
  EXPECT_EQ(Facets(query), "tag déménagement:1 move:1 reset:1 wifi:1");
}

TEST_F(FacetsTest, FacetValuesAreAnyText) {
  Article article = MakeArticle("a", "el", "Δρομολογητής", "Ο δρομολογητής.");
  article.category = {"Δίκτυο, σπίτι", std::string("nul\0byte", 8),
                      std::string(300, 'x')};
  article.tags = {"", "🛜"};
  Index({article});
  SearchQuery query = Query("δρομολογητής");
  query.facets = {FacetField::kCategory, FacetField::kTag};
  for (const Facet& facet : Search(query).facets) {
    EXPECT_EQ(facet.values.size(), facet.field == FacetField::kTag ? 2u : 3u);
  }
  for (const std::string& category : article.category) {
    query.filter.categories = {category};
    EXPECT_THAT(Ids(query), ElementsAre("a")) << category;
  }
}

}  // namespace
}  // namespace kbsearch::engine
