#include "server/calls/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/fake_library.h"

namespace kbsearch::server {
namespace {

using ::testing::ElementsAre;

TEST(ConvertTest, PageSizes) {
  const testing::FakeRegistry registry;
  const struct {
    int asked;
    int used;
  } kCases[] = {{0, 10},    {1, 1},     {10, 10},
                {100, 100}, {101, 100}, {2147483647, 100}};
  for (const auto& c : kCases) {
    v1::SearchRequest request;
    request.set_page_size(c.asked);
    EXPECT_EQ(ToEngine(request, registry).page_size, c.used) << c.asked;
  }
}

TEST(ConvertTest, Completions) {
  const testing::FakeRegistry registry;
  const struct {
    int asked;
    int used;
  } kCases[] = {{0, 8}, {1, 1}, {20, 20}, {21, 20}};
  for (const auto& c : kCases) {
    v1::AutocompleteRequest request;
    request.set_max_completions(c.asked);
    EXPECT_EQ(ToEngine(request, registry).max_completions, c.used) << c.asked;
  }
}

TEST(ConvertTest, InstantHits) {
  const testing::FakeRegistry registry;
  const struct {
    int asked;
    int used;
  } kCases[] = {{0, 3}, {1, 1}, {10, 10}, {11, 10}};
  for (const auto& c : kCases) {
    v1::AutocompleteRequest request;
    request.set_max_hits(c.asked);
    EXPECT_EQ(ToEngine(request, registry).max_hits, c.used) << c.asked;
    request.set_without_hits(true);
    EXPECT_EQ(ToEngine(request, registry).max_hits, 0) << c.asked;
  }
  v1::AutocompleteRequest request;
  request.add_languages("el-GR");
  request.add_languages("ru");
  EXPECT_THAT(ToEngine(request, registry).languages,
              ::testing::ElementsAre("el", "ru"));
}

TEST(ConvertTest, SearchRequest) {
  const testing::FakeRegistry registry;
  v1::SearchRequest request;
  request.set_corpus("helpdesk");
  request.set_query("  Возврат денег ");
  request.set_language_code("ru-RU");
  request.add_languages("ru");
  request.add_languages("el-GR");
  request.set_page_token("token");
  request.mutable_filter()->add_kinds(v1::ARTICLE_KIND_ARTICLE);
  request.mutable_filter()->add_kinds(v1::ARTICLE_KIND_FORUM_THREAD);
  request.mutable_filter()->add_categories("Счёт");
  request.mutable_filter()->add_tags("refund");
  request.mutable_filter()->mutable_updated_after()->set_seconds(5);
  const engine::SearchQuery query = ToEngine(request, registry);
  EXPECT_EQ(query.corpus, "helpdesk");
  EXPECT_EQ(query.text, "  Возврат денег ");
  EXPECT_EQ(query.language, "ru");
  EXPECT_THAT(query.languages, ElementsAre("ru", "el"));
  EXPECT_EQ(query.page_token, "token");
  EXPECT_THAT(query.filter.kinds,
              ElementsAre(engine::ArticleKind::kArticle,
                          engine::ArticleKind::kForumThread));
  EXPECT_THAT(query.filter.categories, ElementsAre("Счёт"));
  EXPECT_THAT(query.filter.tags, ElementsAre("refund"));
  EXPECT_EQ(query.filter.updated_after, 5);
  // Whatever the message says, it is the caller's role that decides.
  EXPECT_EQ(query.audience, engine::Audience::kPublic);
}

TEST(ConvertTest, FacetsAndTranslationMode) {
  const testing::FakeRegistry registry;
  v1::SearchRequest request;
  EXPECT_EQ(ToEngine(request, registry).translation_mode,
            engine::TranslationMode::kCollapse);
  for (const char* name : {"tag", "language", "tag"}) request.add_facets(name);
  request.set_translation_mode(v1::TRANSLATION_MODE_SEPARATE);
  const engine::SearchQuery query = ToEngine(request, registry);
  EXPECT_THAT(query.facets, ElementsAre(engine::FacetField::kTag,
                                        engine::FacetField::kLanguage));
  EXPECT_EQ(query.translation_mode, engine::TranslationMode::kSeparate);

  engine::SearchResult result;
  result.facets = {{engine::FacetField::kKind, {{"faq", 3}}, false}};
  v1::SearchResponse response;
  ToProto(result, &response);
  ASSERT_EQ(response.facets_size(), 1);
  EXPECT_EQ(response.facets(0).name(), "kind");
  EXPECT_FALSE(response.facets(0).exact());
  ASSERT_EQ(response.facets(0).values_size(), 1);
  EXPECT_EQ(response.facets(0).values(0).value(), "faq");
  EXPECT_EQ(response.facets(0).values(0).count(), 3);
}

TEST(ConvertTest, PartsOfASecondCountAsTheNext) {
  const testing::FakeRegistry registry;
  v1::SearchRequest request;
  auto* time = request.mutable_filter()->mutable_updated_after();
  time->set_seconds(5);
  EXPECT_EQ(ToEngine(request, registry).filter.updated_after, 5);
  time->set_nanos(1);
  EXPECT_EQ(ToEngine(request, registry).filter.updated_after, 6);
}

TEST(ConvertTest, UnknownLocaleIsNoLocale) {
  const testing::FakeRegistry registry;
  v1::SearchRequest request;
  request.set_language_code("tlh");
  EXPECT_EQ(ToEngine(request, registry).language, "");
  EXPECT_FALSE(ToEngine(request, registry).filter.updated_after);
}

TEST(ConvertTest, KindsGoThereAndBack) {
  const testing::FakeRegistry registry;
  for (int kind = v1::ArticleKind_MIN + 1; kind <= v1::ArticleKind_MAX;
       ++kind) {
    v1::SearchRequest request;
    request.mutable_filter()->add_kinds(static_cast<v1::ArticleKind>(kind));
    engine::SearchResult result;
    result.hits.resize(1);
    result.hits[0].kind = ToEngine(request, registry).filter.kinds.at(0);
    v1::SearchResponse response;
    ToProto(result, &response);
    EXPECT_EQ(response.hits(0).kind(), kind);
  }
}

TEST(ConvertTest, SearchResult) {
  engine::SearchResult result;
  engine::Hit hit;
  hit.article_id = "billing#2";
  hit.language = "el";
  hit.title = "Πώς ακυρώνω;";
  hit.url = "https://example.com/el";
  hit.kind = engine::ArticleKind::kFaq;
  hit.audience = engine::Audience::kAgent;
  hit.category = {"Λογαριασμός", "Πληρωμές"};
  hit.updated_at = 1700000000;
  hit.score = 1.5;
  hit.snippet = {{"Η ", false}, {"ακύρωση", true}};
  hit.answer = "Από τις ρυθμίσεις.";
  hit.anchor = "cancel";
  hit.available_languages = {"el", "ru"};
  hit.matched_by = {"title", "lemma"};
  result.hits = {hit, engine::Hit()};
  result.next_page_token = "next";
  result.total_size = 42;
  result.language = "el";
  result.language_confidence = 0.9;
  result.rewrites = {{"spelling", "ακυροση", "ακύρωση", true}};
  result.generation = 3;

  v1::SearchResponse response;
  ToProto(result, &response);
  ASSERT_EQ(response.hits_size(), 2);
  const v1::Hit& out = response.hits(0);
  EXPECT_EQ(out.article_id(), "billing#2");
  EXPECT_EQ(out.language_code(), "el");
  EXPECT_EQ(out.title(), "Πώς ακυρώνω;");
  EXPECT_EQ(out.url(), "https://example.com/el");
  EXPECT_EQ(out.kind(), v1::ARTICLE_KIND_FAQ);
  EXPECT_EQ(out.audience(), v1::AUDIENCE_AGENT);
  EXPECT_THAT(out.category(), ElementsAre("Λογαριασμός", "Πληρωμές"));
  EXPECT_EQ(out.updated_at().seconds(), 1700000000);
  EXPECT_EQ(out.score(), 1.5);
  ASSERT_EQ(out.snippet_size(), 2);
  EXPECT_EQ(out.snippet(0).text(), "Η ");
  EXPECT_FALSE(out.snippet(0).highlighted());
  EXPECT_TRUE(out.snippet(1).highlighted());
  EXPECT_EQ(out.answer(), "Από τις ρυθμίσεις.");
  EXPECT_EQ(out.anchor(), "cancel");
  EXPECT_THAT(out.available_languages(), ElementsAre("el", "ru"));
  EXPECT_THAT(out.matched_by(), ElementsAre("title", "lemma"));
  EXPECT_FALSE(response.hits(1).has_updated_at());
  EXPECT_EQ(response.hits(1).audience(), v1::AUDIENCE_PUBLIC);
  EXPECT_EQ(response.next_page_token(), "next");
  EXPECT_EQ(response.total_size(), 42);
  EXPECT_EQ(response.generation(), 3);
  EXPECT_EQ(response.interpretation().language_code(), "el");
  EXPECT_EQ(response.interpretation().confidence(), 0.9);
  ASSERT_EQ(response.interpretation().rewrites_size(), 1);
  EXPECT_EQ(response.interpretation().rewrites(0).stage(), "spelling");
  EXPECT_EQ(response.interpretation().rewrites(0).to(), "ακύρωση");
  EXPECT_TRUE(response.interpretation().rewrites(0).applied());
}

TEST(ConvertTest, Article) {
  engine::Article article;
  article.id = "vpn";
  article.language = "nl";
  article.title = "VPN instellen";
  article.blocks = {
      {engine::BlockKind::kHeading, 2, "Stappen", "stappen"},
      {engine::BlockKind::kParagraph, 0, "Open de app.", ""},
      {engine::BlockKind::kListItem, 0, "Kies VPN", ""},
      {engine::BlockKind::kCode, 0, "vpn up", ""},
      {engine::BlockKind::kTableRow, 0, "a | b", ""},
  };
  article.entries = {{"Wat is een VPN?", "Een tunnel.", "wat"},
                     {"Is het veilig?", "Ja.", ""}};
  article.kind = engine::ArticleKind::kProcedure;
  article.tags = {"vpn"};
  article.url = "https://example.com/vpn";
  v1::Article out;
  ToProto(article, &out);
  EXPECT_EQ(out.article_id(), "vpn");
  EXPECT_EQ(out.language_code(), "nl");
  EXPECT_EQ(out.title(), "VPN instellen");
  ASSERT_EQ(out.blocks_size(), 5);
  EXPECT_EQ(out.blocks(0).kind(), v1::Block::KIND_HEADING);
  EXPECT_EQ(out.blocks(0).level(), 2);
  EXPECT_EQ(out.blocks(0).anchor(), "stappen");
  EXPECT_EQ(out.blocks(1).kind(), v1::Block::KIND_PARAGRAPH);
  EXPECT_EQ(out.blocks(2).kind(), v1::Block::KIND_LIST_ITEM);
  EXPECT_EQ(out.blocks(3).kind(), v1::Block::KIND_CODE);
  EXPECT_EQ(out.blocks(4).kind(), v1::Block::KIND_TABLE_ROW);
  ASSERT_EQ(out.entries_size(), 2);
  EXPECT_EQ(out.entries(0).entry_id(), "vpn#1");
  EXPECT_EQ(out.entries(0).question(), "Wat is een VPN?");
  EXPECT_EQ(out.entries(1).entry_id(), "vpn#2");
  EXPECT_EQ(out.entries(1).answer(), "Ja.");
  EXPECT_EQ(out.kind(), v1::ARTICLE_KIND_PROCEDURE);
  EXPECT_EQ(out.audience(), v1::AUDIENCE_PUBLIC);
  EXPECT_THAT(out.tags(), ElementsAre("vpn"));
  EXPECT_FALSE(out.has_updated_at());
}

TEST(ConvertTest, TokenSurfaceIsCutFromTheText) {
  analyzers::Token token;
  token.begin = 4;
  token.end = 14;
  token.position = 2;
  token.is_stop = true;
  token.exact = "κωδικ";
  token.lemmas = {"κωδικος"};
  v1::AnalyzedToken out;
  ToProto(token, "τοκωδικμου", &out);
  EXPECT_EQ(out.surface(), "κωδικ");
  EXPECT_EQ(out.begin(), 4);
  EXPECT_EQ(out.end(), 14);
  EXPECT_EQ(out.position(), 2);
  EXPECT_EQ(out.role(), "whole");
  EXPECT_TRUE(out.is_stop());
  EXPECT_FALSE(out.is_protected());
  EXPECT_THAT(out.lemmas(), ElementsAre("κωδικος"));
}

}  // namespace
}  // namespace kbsearch::server
