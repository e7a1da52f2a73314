// Who may do what, and what they see.
#include <gmock/gmock.h>

#include <string>

#include "tests/integration/server_fixture.h"

namespace kbsearch::testing {
namespace {

using server::Role;
using ::testing::_;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Return;

class CallersTest : public ServerFixture {
 protected:
  grpc::Status ListCorpora(const std::string& authorization,
                           v1::ListCorporaResponse* response) {
    grpc::ClientContext context;
    if (!authorization.empty()) {
      context.AddMetadata("authorization", authorization);
    }
    return admin_->ListCorpora(&context, v1::ListCorporaRequest(), response);
  }
};

TEST_F(CallersTest, TheRoleDecidesTheAudienceOfEveryCall) {
  UseTokens();
  Start();
  const struct {
    Role role;
    engine::Audience audience;
  } kCases[] = {{Role::kPortal, engine::Audience::kPublic},
                {Role::kAgent, engine::Audience::kAgent},
                {Role::kOperator, engine::Audience::kAgent}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(tokens_[c.role]);
    EXPECT_CALL(library_->searcher(),
                Search(Field(&engine::SearchQuery::audience, c.audience)))
        .WillOnce(Return(engine::SearchResult()));
    EXPECT_CALL(
        library_->searcher(),
        Autocomplete(Field(&engine::AutocompleteQuery::audience, c.audience)))
        .WillOnce(Return(engine::AutocompleteResult()));
    EXPECT_CALL(library_->searcher(), GetArticle(_, _, _, c.audience, _))
        .WillOnce(Return(engine::Article()));
    v1::SearchResponse found;
    EXPECT_TRUE(Search(SearchRequest("vpn"), &found, tokens_[c.role]).ok());
    grpc::ClientContext completing;
    completing.AddMetadata("authorization", tokens_[c.role]);
    v1::AutocompleteRequest prefix;
    prefix.set_corpus("helpdesk");
    prefix.set_prefix("v");
    v1::AutocompleteResponse completions;
    EXPECT_TRUE(search_->Autocomplete(&completing, prefix, &completions).ok());
    grpc::ClientContext getting;
    getting.AddMetadata("authorization", tokens_[c.role]);
    v1::GetArticleRequest wanted;
    wanted.set_corpus("helpdesk");
    wanted.set_article_id("vpn");
    v1::GetArticleResponse article;
    EXPECT_TRUE(search_->GetArticle(&getting, wanted, &article).ok());
  }
}

TEST_F(CallersTest, NoTokenAndWrongTokensAreUnauthenticated) {
  UseTokens();
  Start();
  EXPECT_CALL(library_->searcher(), Search(_)).Times(0);
  for (const std::string& authorization :
       {std::string(), std::string("Bearer wrong"), std::string("Basic eA=="),
        tokens_[Role::kOperator] + "x"}) {
    v1::SearchResponse response;
    EXPECT_EQ(
        Search(SearchRequest("vpn"), &response, authorization).error_code(),
        grpc::UNAUTHENTICATED);
    v1::ListCorporaResponse corpora;
    EXPECT_EQ(ListCorpora(authorization, &corpora).error_code(),
              grpc::UNAUTHENTICATED);
  }
}

TEST_F(CallersTest, AdminCallsNeedAnOperator) {
  UseTokens();
  Start();
  for (Role role : {Role::kPortal, Role::kAgent}) {
    v1::ListCorporaResponse response;
    EXPECT_EQ(ListCorpora(tokens_[role], &response).error_code(),
              grpc::PERMISSION_DENIED);
    EXPECT_EQ(response.corpora_size(), 0);
    for (auto call : {0, 1}) {
      grpc::ClientContext context;
      context.AddMetadata("authorization", tokens_[role]);
      v1::GetCorpusRequest corpus;
      corpus.set_corpus("helpdesk");
      v1::AnalyzeTextRequest text;
      text.set_text("abc");
      v1::GetCorpusResponse a;
      v1::AnalyzeTextResponse b;
      EXPECT_EQ((call == 0 ? admin_->GetCorpus(&context, corpus, &a)
                           : admin_->AnalyzeText(&context, text, &b))
                    .error_code(),
                grpc::PERMISSION_DENIED);
    }
  }
  v1::ListCorporaResponse response;
  ASSERT_TRUE(ListCorpora(tokens_[Role::kOperator], &response).ok());
  ASSERT_EQ(response.corpora_size(), 2);
  const v1::Corpus& corpus = response.corpora(0);
  EXPECT_EQ(corpus.name(), "helpdesk");
  EXPECT_EQ(corpus.generation(), 7);
  EXPECT_EQ(corpus.built_at().seconds(), 1700000000);
  EXPECT_EQ(corpus.size_bytes(), 4096);
  ASSERT_EQ(corpus.languages_size(), 2);
  EXPECT_EQ(corpus.languages(0).language_code(), "el");
  EXPECT_EQ(corpus.languages(0).articles(), 12);
  EXPECT_EQ(corpus.languages(0).public_articles(), 10);
  EXPECT_EQ(corpus.languages(0).faq_entries(), 3);
}

TEST_F(CallersTest, OperatorsAskForACorpusAndForAnAnalysis) {
  UseTokens();
  Start();
  const auto context = [&] {
    auto made = std::make_unique<grpc::ClientContext>();
    made->AddMetadata("authorization", tokens_[Role::kOperator]);
    return made;
  };
  v1::GetCorpusRequest wanted;
  wanted.set_corpus("helpdesk");
  v1::GetCorpusResponse corpus;
  ASSERT_TRUE(admin_->GetCorpus(context().get(), wanted, &corpus).ok());
  EXPECT_EQ(corpus.corpus().name(), "helpdesk");
  wanted.set_corpus("nowhere");
  EXPECT_EQ(admin_->GetCorpus(context().get(), wanted, &corpus).error_code(),
            grpc::NOT_FOUND);

  const struct {
    const char* text;
    const char* asked;
    const char* used;
    int guesses;
  } kCases[] = {{"κωδικός", "", "el", 2},
                {"пароль", "ru-RU", "ru", 2},
                {"12", "", "el", 0}};
  for (const auto& c : kCases) {
    v1::AnalyzeTextRequest request;
    request.set_text(c.text);
    request.set_language_code(c.asked);
    v1::AnalyzeTextResponse response;
    ASSERT_TRUE(admin_->AnalyzeText(context().get(), request, &response).ok());
    EXPECT_EQ(response.language_code(), c.used);
    EXPECT_EQ(response.guesses_size(), c.guesses);
    ASSERT_EQ(response.steps_size(), 1);
    EXPECT_EQ(response.steps(0).name(), "fold");
    ASSERT_EQ(response.tokens_size(), 1);
    EXPECT_EQ(response.tokens(0).surface(), c.text);
    EXPECT_EQ(response.tokens(0).role(), "joined");
  }
}

TEST_F(CallersTest, WithoutATokenFileEverybodyIsAPortal) {
  Start();
  EXPECT_CALL(library_->searcher(), Search(Field(&engine::SearchQuery::audience,
                                                 engine::Audience::kPublic)))
      .Times(2)
      .WillRepeatedly(Return(engine::SearchResult()));
  v1::SearchResponse response;
  EXPECT_TRUE(Search(SearchRequest("vpn"), &response).ok());
  EXPECT_TRUE(Search(SearchRequest("vpn"), &response, "Bearer any").ok());
  v1::ListCorporaResponse corpora;
  const grpc::Status status = ListCorpora("", &corpora);
  EXPECT_EQ(status.error_code(), grpc::PERMISSION_DENIED);
  EXPECT_THAT(status.error_message(), HasSubstr("new-token"));
}

TEST_F(CallersTest, ReloadingChangesWhoMayCall) {
  UseTokens();
  Start();
  ON_CALL(library_->searcher(), Search(_))
      .WillByDefault(Return(engine::SearchResult()));
  v1::SearchResponse response;
  const v1::SearchRequest request = SearchRequest("vpn");
  const server::NewToken fresh =
      server::MakeToken("fresh", Role::kAgent).value();

  ASSERT_TRUE(WriteFileAtomically(options_.token_file, "- broken").ok());
  EXPECT_FALSE(server_->ReloadTokens().ok());
  EXPECT_TRUE(Search(request, &response, tokens_[Role::kPortal]).ok());

  ASSERT_TRUE(WriteFileAtomically(options_.token_file, fresh.yaml_entry).ok());
  EXPECT_TRUE(server_->ReloadTokens().ok());
  EXPECT_EQ(Search(request, &response, tokens_[Role::kPortal]).error_code(),
            grpc::UNAUTHENTICATED);
  EXPECT_TRUE(Search(request, &response, "Bearer " + fresh.token).ok());
}

}  // namespace
}  // namespace kbsearch::testing
