// The whole line: articles in five languages → index → server → answers.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "analyzers/characters.h"
#include "tests/integration/real_index_fixture.h"

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
};

constexpr Text kTexts[] = {
    {"el", "Επαναφορά κωδικού πρόσβασης",
     "Αν ξεχάσατε τον κωδικό σας, πατήστε «Ξέχασα τον κωδικό» και ακολουθήστε "
     "τις οδηγίες στο μήνυμα που θα λάβετε.",
     "Εσωτερική διαδικασία χαμένων δεμάτων για τους υπαλλήλους.", "ΚΩΔΙΚΟΣ",
     "επανα"},
    {"fr", "Réinitialiser le mot de passe",
     "Si vous avez oublié votre mot de passe, cliquez sur « Mot de passe "
     "oublié » et suivez les instructions reçues par courriel.",
     "Procédure interne des colis perdus pour les employés.",
     "mot de passe oublié", "réini"},
    {"nl", "Wachtwoord opnieuw instellen",
     "Bent u uw wachtwoord vergeten, klik dan op Wachtwoord vergeten en volg "
     "de aanwijzingen in het bericht dat u ontvangt.",
     "Interne procedure voor verloren pakketten van medewerkers.",
     "wachtwoord vergeten", "wacht"},
    {"ru", "Восстановление пароля",
     "Если вы забыли пароль, нажмите «Забыли пароль?» и следуйте указаниям в "
     "письме, которое придёт на вашу почту.",
     "Внутренняя процедура потерянных посылок для сотрудников.", "забыл пароль",
     "восст"},
    {"en", "Reset your password",
     "If you forgot your password, choose Forgot password and follow the "
     "instructions in the message that you receive.",
     "Internal procedure of lost parcels for employees.", "forgot password",
     "reset"},
};

class RealIndexTest : public RealIndexFixture {
 protected:
  void SetUp() override {
    Build(Articles());
    UseTokens();
    Serve();
  }

  static std::vector<engine::Article> Articles() {
    std::vector<engine::Article> articles;
    for (const Text& text : kTexts) {
      engine::Article article;
      article.id = "reset-password";
      article.language = text.language;
      article.title = text.title;
      article.blocks = {{engine::BlockKind::kParagraph, 0, text.body, ""}};
      article.url = std::string("https://example.com/") + text.language;
      articles.push_back(article);
      article.id = "lost-parcels";
      article.title = text.internal;
      article.audience = engine::Audience::kAgent;
      article.kind = engine::ArticleKind::kProcedure;
      articles.push_back(article);
    }
    return articles;
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
    ASSERT_GE(response.completions_size(), 1);
    bool title = false;
    for (const auto& completion : response.completions()) {
      EXPECT_EQ(completion.language_code(), text.language);
      title = title || (completion.text() == text.title &&
                        completion.article_id() == "reset-password");
    }
    EXPECT_TRUE(title) << response.ShortDebugString();
    ASSERT_GE(response.hits_size(), 1);
    EXPECT_EQ(response.hits(0).article_id(), "reset-password");
    EXPECT_EQ(response.hits(0).language_code(), text.language);
  }
}

TEST_F(RealIndexTest, CompletionsOfAPortalHoldNothingOfAgents) {
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    const std::u32string title = analyzers::ToUtf32(text.internal);
    for (size_t keys = 1; keys <= title.size(); ++keys) {
      for (const Role role : {Role::kPortal, Role::kAgent}) {
        grpc::ClientContext context;
        context.AddMetadata("authorization", tokens_[role]);
        v1::AutocompleteRequest request;
        request.set_corpus("helpdesk");
        request.set_prefix(analyzers::ToUtf8(title.substr(0, keys)));
        request.add_languages(text.language);
        request.set_max_hits(10);
        v1::AutocompleteResponse response;
        ASSERT_TRUE(search_->Autocomplete(&context, request, &response).ok());
        bool seen = false;
        for (const auto& completion : response.completions()) {
          seen = seen || completion.article_id() == "lost-parcels" ||
                 completion.text() == text.internal;
        }
        bool hit_seen = false;
        for (const auto& hit : response.hits()) {
          hit_seen = hit_seen || hit.article_id() == "lost-parcels";
        }
        if (role == Role::kPortal) {
          EXPECT_FALSE(seen || hit_seen) << request.prefix();
        } else if (keys >= 3) {
          EXPECT_TRUE(seen) << request.prefix();
        }
      }
    }
  }
}

TEST_F(RealIndexTest, ADamagedFileOfTitlesIsDataLossAndNamed) {
  server_.reset();
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(data_)) {
    if (entry.path().filename() == "titles.bin") {
      std::filesystem::resize_file(entry.path(), 100);
    }
  }
  const auto server = server::Server::Start(
      options_,
      {registry_, [this] { return engine::Library::Open(data_, registry_); }});
  EXPECT_TRUE(absl::IsDataLoss(server.status())) << server.status();
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("titles.bin"));
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

TEST_F(RealIndexTest, FacetsNeverCountWhatIsForAgents) {
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    for (Role role : {Role::kPortal, Role::kAgent}) {
      v1::SearchRequest request = SearchRequest(text.internal);
      request.add_languages(text.language);
      request.add_facets("kind");
      v1::SearchResponse response;
      ASSERT_TRUE(Search(request, &response, tokens_[role]).ok());
      ASSERT_EQ(response.facets_size(), 1);
      EXPECT_EQ(response.facets(0).name(), "kind");
      EXPECT_TRUE(response.facets(0).exact());
      bool counted = false;
      for (const auto& value : response.facets(0).values()) {
        counted = counted || value.value() == "procedure";
      }
      EXPECT_EQ(counted, role == Role::kAgent);
    }
  }
}

TEST_F(RealIndexTest, TranslationsAreCollapsedOrSeparate) {
  v1::SearchRequest request = SearchRequest("wachtwoord пароль password");
  for (const auto mode :
       {v1::TRANSLATION_MODE_UNSPECIFIED, v1::TRANSLATION_MODE_COLLAPSE,
        v1::TRANSLATION_MODE_SEPARATE}) {
    request.set_translation_mode(mode);
    request.clear_languages();
    for (const char* language : {"nl", "ru", "en"}) {
      request.add_languages(language);
    }
    v1::SearchResponse response;
    ASSERT_TRUE(Search(request, &response, tokens_[Role::kPortal]).ok());
    EXPECT_EQ(response.hits_size(),
              mode == v1::TRANSLATION_MODE_SEPARATE ? 3 : 1);
  }
}

TEST_F(RealIndexTest, ANewGenerationIsServedWithoutARestart) {
  Build(Articles());
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
