// Suggestions and related articles over real gRPC.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/integration/real_index_fixture.h"

namespace kbsearch::testing {
namespace {

using server::Role;
using ::testing::_;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Return;

class SuggestionCallsTest : public ServerFixture {
 protected:
  grpc::Status Suggest(const v1::SuggestArticlesRequest& request,
                       v1::SuggestArticlesResponse* response) {
    grpc::ClientContext context;
    return search_->SuggestArticles(&context, request, response);
  }
};

TEST_F(SuggestionCallsTest, DefaultsAndLimitsAreTheServers) {
  options_.suggest_min_confidence = 0.42;
  Start();
  v1::SuggestArticlesRequest request;
  request.set_corpus("helpdesk");
  request.set_body("Ο εκτυπωτής δεν τυπώνει");
  request.set_language_code("el-GR");
  engine::SuggestResult result;
  result.abstained = true;
  result.terms = {"εκτυπωτησ"};
  result.languages = {"el"};
  EXPECT_CALL(library_->searcher(),
              Suggest(AllOf(Field(&engine::SuggestQuery::min_confidence, 0.42),
                            Field(&engine::SuggestQuery::max_suggestions, 3),
                            Field(&engine::SuggestQuery::language, "el"),
                            Field(&engine::SuggestQuery::audience,
                                  engine::Audience::kPublic))))
      .WillOnce(Return(result));
  v1::SuggestArticlesResponse response;
  grpc::Status status = Suggest(request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(response.abstained());
  EXPECT_THAT(response.language_codes(), Contains("el"));
  EXPECT_FALSE(response.suggestion_id().empty());
  // What was looked for is for agents.
  EXPECT_THAT(response.terms(), IsEmpty());

  request.set_min_confidence(0);
  request.set_max_suggestions(99);
  EXPECT_CALL(library_->searcher(),
              Suggest(AllOf(Field(&engine::SuggestQuery::min_confidence, 0),
                            Field(&engine::SuggestQuery::max_suggestions, 5))))
      .WillOnce(Return(result));
  status = Suggest(request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();

  request.clear_body();
  EXPECT_EQ(Suggest(request, &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

engine::Article MakeArticle(const std::string& id, const std::string& title,
                            const std::string& body) {
  engine::Article article;
  article.id = id;
  article.language = "fr";
  article.title = title;
  article.blocks = {{engine::BlockKind::kParagraph, 0, body, ""}};
  return article;
}

std::vector<engine::Article> Articles() {
  std::vector<engine::Article> articles = {
      MakeArticle(
          "imprimante", "L'imprimante n'imprime plus",
          "Vérifiez que l'imprimante est allumée et que le bac contient "
          "du papier, puis relancez l'impression."),
      MakeArticle("encre", "Changer la cartouche d'encre",
                  "Ouvrez le capot de l'imprimante et remplacez la cartouche."),
      MakeArticle("livraison", "Délais de livraison",
                  "La livraison prend trois jours ouvrables."),
      MakeArticle("compte", "Fermer son compte",
                  "Choisissez Compte, puis Fermer mon compte.")};
  engine::Article canned =
      MakeArticle("reponse-imprimante", "Réponse : imprimante en panne",
                  "Nous remplaçons gratuitement l'imprimante en panne.");
  canned.kind = engine::ArticleKind::kCannedResponse;
  canned.audience = engine::Audience::kAgent;
  articles.push_back(canned);
  return articles;
}

class SuggestionsTest : public RealIndexFixture {
 protected:
  void SetUp() override {
    Build(Articles());
    UseTokens();
    Serve();
  }

  std::vector<std::string> Suggested(Role role,
                                     v1::SuggestArticlesResponse* response) {
    v1::SuggestArticlesRequest request;
    request.set_corpus("helpdesk");
    request.set_subject("Imprimante en panne");
    request.set_body(
        "Bonjour,\n\nmon imprimante n'imprime plus, commande n° 4821377.\n\n"
        "Cordialement,\nA. B.");
    request.set_min_confidence(0);
    request.set_max_suggestions(5);
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[role]);
    const grpc::Status status =
        search_->SuggestArticles(&context, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<std::string> ids;
    for (const auto& suggestion : response->suggestions()) {
      ids.push_back(suggestion.hit().article_id());
    }
    return ids;
  }

  grpc::Status Related(Role role, const std::string& id,
                       std::vector<std::string>* ids) {
    v1::RelatedArticlesRequest request;
    request.set_corpus("helpdesk");
    request.set_article_id(id);
    v1::RelatedArticlesResponse response;
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[role]);
    const grpc::Status status =
        search_->RelatedArticles(&context, request, &response);
    for (const auto& hit : response.hits()) ids->push_back(hit.article_id());
    return status;
  }
};

TEST_F(SuggestionsTest, EachAudienceGetsItsOwn) {
  v1::SuggestArticlesResponse for_customer;
  const auto customers = Suggested(Role::kPortal, &for_customer);
  EXPECT_THAT(customers, Contains("imprimante"));
  EXPECT_THAT(customers, Not(Contains("reponse-imprimante")));
  EXPECT_THAT(for_customer.terms(), IsEmpty());

  v1::SuggestArticlesResponse for_agent;
  EXPECT_THAT(Suggested(Role::kAgent, &for_agent),
              AllOf(Contains("imprimante"), Contains("reponse-imprimante")));
  EXPECT_THAT(for_agent.terms(), Contains("imprimante"));
  EXPECT_THAT(for_agent.terms(), Not(Contains("4821377")));
}

TEST_F(SuggestionsTest, RelatedArticlesKeepTheAudience) {
  std::vector<std::string> ids;
  ASSERT_TRUE(Related(Role::kPortal, "imprimante", &ids).ok());
  ASSERT_FALSE(ids.empty());
  EXPECT_EQ(ids.front(), "encre");
  EXPECT_THAT(ids, Not(Contains("reponse-imprimante")));
  EXPECT_EQ(Related(Role::kPortal, "reponse-imprimante", &ids).error_code(),
            grpc::StatusCode::NOT_FOUND);
  ids.clear();
  ASSERT_TRUE(Related(Role::kAgent, "imprimante", &ids).ok());
  EXPECT_THAT(ids, Contains("reponse-imprimante"));
}

}  // namespace
}  // namespace kbsearch::testing
