// The whole line: articles in five languages → index → server → answers.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <thread>

#include "engine/generation_builder.h"
#include "tests/integration/server_fixture.h"

namespace kbsearch::testing {
namespace {

using server::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

struct Text {
  const char* language;
  const char* title;
  const char* body;
  const char* internal;  // an agent's procedure
  const char* query;
  const char* prefix;
  const char* completion;  // begins a completion of the prefix
};

constexpr Text kTexts[] = {
    {"el", "Επαναφορά κωδικού πρόσβασης",
     "Αν ξεχάσατε τον κωδικό σας, πατήστε «Ξέχασα τον κωδικό» και ακολουθήστε "
     "τις οδηγίες στο μήνυμα που θα λάβετε.",
     "Εσωτερική διαδικασία χαμένων δεμάτων για τους υπαλλήλους.", "ΚΩΔΙΚΟΣ",
     "επανα", "επανα"},
    {"fr", "Réinitialiser le mot de passe",
     "Si vous avez oublié votre mot de passe, cliquez sur « Mot de passe "
     "oublié » et suivez les instructions reçues par courriel.",
     "Procédure interne des colis perdus pour les employés.",
     "mot de passe oublié", "réini", "réini"},
    {"nl", "Wachtwoord opnieuw instellen",
     "Bent u uw wachtwoord vergeten, klik dan op Wachtwoord vergeten en volg "
     "de aanwijzingen in het bericht dat u ontvangt.",
     "Interne procedure voor verloren pakketten van medewerkers.",
     "wachtwoord vergeten", "wacht", "wacht"},
    {"ru", "Восстановление пароля",
     "Если вы забыли пароль, нажмите «Забыли пароль?» и следуйте указаниям в "
     "письме, которое придёт на вашу почту.",
     "Внутренняя процедура потерянных посылок для сотрудников.", "забыл пароль",
     "восст", "восст"},
    {"en", "Reset your password",
     "If you forgot your password, choose Forgot password and follow the "
     "instructions in the message that you receive.",
     "Internal procedure of lost parcels for employees.", "forgot password",
     "reset", "reset"},
};

class RealIndexTest : public ServerFixture {
 protected:
  RealIndexTest()
      : data_(::testing::TempDir() + "/kbsearch-real-index-" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(data_);
  }
  ~RealIndexTest() override {
    server_.reset();
    std::filesystem::remove_all(data_);
  }

  void SetUp() override {
    auto registry = analyzers::Registry::Load();
    ASSERT_TRUE(registry.ok()) << registry.status();
    registry_ = *registry;
    Build();
    UseTokens();
    auto server = server::Server::Start(
        options_, {registry_,
                   [this] { return engine::Library::Open(data_, registry_); }});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    Connect();
  }

  void Build() {
    auto builder =
        engine::GenerationBuilder::Create({data_, "helpdesk", 1}, registry_);
    ASSERT_TRUE(builder.ok()) << builder.status();
    for (const Text& text : kTexts) {
      engine::Article article;
      article.id = "reset-password";
      article.language = text.language;
      article.title = text.title;
      article.blocks = {{engine::BlockKind::kParagraph, 0, text.body, ""}};
      article.url = std::string("https://example.com/") + text.language;
      ASSERT_TRUE((*builder)->Add(article).ok());
      article.id = "lost-parcels";
      article.title = text.internal;
      article.audience = engine::Audience::kAgent;
      article.kind = engine::ArticleKind::kProcedure;
      ASSERT_TRUE((*builder)->Add(article).ok());
    }
    const auto stats = (*builder)->Publish();
    ASSERT_TRUE(stats.ok()) << stats.status();
  }

  grpc::Status GetArticle(const std::string& id, const std::string& language,
                          Role role, v1::GetArticleResponse* response) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[role]);
    v1::GetArticleRequest request;
    request.set_corpus("helpdesk");
    request.set_article_id(id);
    request.set_language_code(language);
    return search_->GetArticle(&context, request, response);
  }

  const std::string data_;
  std::shared_ptr<const analyzers::Registry> registry_;
};

TEST_F(RealIndexTest, FindsTheArticleInEachLanguage) {
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    v1::SearchRequest request = SearchRequest(text.query);
    request.set_language_code(text.language);
    v1::SearchResponse response;
    const grpc::Status status =
        Search(request, &response, tokens_[Role::kPortal]);
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_GE(response.hits_size(), 1);
    const v1::Hit& hit = response.hits(0);
    EXPECT_EQ(hit.article_id(), "reset-password");
    EXPECT_EQ(hit.language_code(), text.language);
    EXPECT_EQ(hit.title(), text.title);
    EXPECT_THAT(hit.available_languages(),
                ElementsAre("el", "en", "fr", "nl", "ru"));
    bool highlighted = false;
    std::string snippet;
    for (const auto& span : hit.snippet()) {
      highlighted = highlighted || span.highlighted();
      snippet += span.text();
    }
    EXPECT_TRUE(highlighted) << snippet;
    EXPECT_EQ(response.generation(), 1);
  }
}

TEST_F(RealIndexTest, PortalsNeverSeeWhatIsForAgents) {
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    for (Role role : {Role::kPortal, Role::kAgent}) {
      v1::SearchRequest request = SearchRequest(text.internal);
      request.add_languages(text.language);
      v1::SearchResponse response;
      ASSERT_TRUE(Search(request, &response, tokens_[role]).ok());
      bool found = false;
      for (const auto& hit : response.hits()) {
        found = found || hit.article_id() == "lost-parcels";
      }
      EXPECT_EQ(found, role == Role::kAgent);
      v1::GetArticleResponse article;
      EXPECT_EQ(GetArticle("lost-parcels", text.language, role, &article)
                    .error_code(),
                role == Role::kAgent ? grpc::OK : grpc::NOT_FOUND);
    }
  }
}

TEST_F(RealIndexTest, CompletesInEachLanguage) {
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[Role::kPortal]);
    v1::AutocompleteRequest request;
    request.set_corpus("helpdesk");
    request.set_prefix(text.prefix);
    request.set_language_code(text.language);
    v1::AutocompleteResponse response;
    const grpc::Status status =
        search_->Autocomplete(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_GE(response.completions_size(), 1);
  }
}

TEST_F(RealIndexTest, GivesTheArticleInTheLanguageWished) {
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    v1::GetArticleResponse response;
    ASSERT_TRUE(
        GetArticle("reset-password", text.language, Role::kPortal, &response)
            .ok());
    EXPECT_EQ(response.article().language_code(), text.language);
    EXPECT_EQ(response.article().title(), text.title);
    ASSERT_GE(response.article().blocks_size(), 1);
    EXPECT_EQ(response.article().translations_size(), 4);
    for (const auto& translation : response.article().translations()) {
      EXPECT_THAT(translation.url(), HasSubstr(translation.language_code()));
      EXPECT_THAT(translation.title(), Not(text.title));
    }
  }
}

TEST_F(RealIndexTest, ErrorsHaveTheirCodes) {
  v1::SearchRequest request = SearchRequest("password");
  v1::SearchResponse response;
  request.set_page_token("broken");
  EXPECT_EQ(Search(request, &response, tokens_[Role::kPortal]).error_code(),
            grpc::INVALID_ARGUMENT);
  for (const char* corpus : {"nowhere", "../helpdesk", "HELPDESK"}) {
    request = SearchRequest("password");
    request.set_corpus(corpus);
    EXPECT_EQ(Search(request, &response, tokens_[Role::kPortal]).error_code(),
              grpc::NOT_FOUND)
        << corpus;
  }
  v1::GetArticleResponse article;
  EXPECT_EQ(GetArticle("nothing", "el", Role::kPortal, &article).error_code(),
            grpc::NOT_FOUND);
}

TEST_F(RealIndexTest, ANewGenerationIsServedWithoutARestart) {
  Build();
  v1::SearchResponse response;
  for (int i = 0; i < 100 && response.generation() != 2; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    response.Clear();
    ASSERT_TRUE(
        Search(SearchRequest("password"), &response, tokens_[Role::kPortal])
            .ok());
  }
  EXPECT_EQ(response.generation(), 2);
}

}  // namespace
}  // namespace kbsearch::testing
