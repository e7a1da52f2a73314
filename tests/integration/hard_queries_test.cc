// Whatever is typed, pasted or sent gets a sensible answer or a clear error,
// and the server goes on: over gRPC, over HTTP and from the terminal.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.h"
#include "tests/integration/http_client.h"
#include "tests/integration/real_index_fixture.h"

namespace kbsearch::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Far more than any of them takes; a search that does not end fails.
constexpr std::chrono::seconds kDeadline{20};

struct HardQuery {
  const char* name;
  std::string bytes;
  grpc::StatusCode code = grpc::StatusCode::OK;
  bool finds = false;  // the article about passwords
};

std::string Repeat(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

std::vector<HardQuery> HardQueries() {
  constexpr auto kInvalid = grpc::StatusCode::INVALID_ARGUMENT;
  constexpr auto kOk = grpc::StatusCode::OK;
  return {
      {"1,000 characters", Repeat("ξέχασα τον κωδικό ", 56), kOk, true},
      {"200 words", Repeat("password wifi пароль mot ", 50), kOk, true},
      {"as many words as are accepted", Repeat("ab ", 3333) + "x", kOk, false},
      {"10,000 bytes of one word", std::string(10'000, 'x'), kOk, false},
      {"10,000 bytes of one Greek word", Repeat("ω", 5000), kOk, false},
      {"10,000 bytes of one code", Repeat("A1-", 3333), kOk, false},
      {"more than 10,000 bytes", std::string(10'001, 'x'), kInvalid, false},
      {"emoji only", "😀👨‍👩‍👧‍👦🇬🇷", kOk, false},
      {"many emoji", Repeat("👨‍👩‍👧‍👦", 350), kOk, false},
      {"emoji beside a word", "😀 password 😀", kOk, true},
      {"control characters only", "\x01\x02\x1b\x7f", kOk, false},
      {"control characters beside a word",
       "\x1b"
       "password\x07",
       kOk, true},
      {"zero bytes", std::string("\0\0", 2), kOk, false},
      {"zero bytes beside a word", std::string("\0password\0", 10), kOk, true},
      {"right-to-left text", "שכחתי את הסיסמה שלי", kOk, false},
      {"right-to-left marks", "\u202Epassword\u202C\u200F", kOk, true},
      {"Arabic", "نسيت كلمة المرور", kOk, false},
      {"no spaces", "忘记密码了怎么办รหัสผ่าน", kOk, false},
      {"a lone surrogate", "password \xED\xA0\x80", kInvalid, false},
      {"a surrogate pair in CESU-8", "\xED\xA0\xBD\xED\xB8\x80", kInvalid,
       false},
      {"a cut character", "passwor\xC3", kInvalid, false},
      {"another encoding", "\xEA\xF9\xE4\xE9\xEA\xFC\xF2", kInvalid, false},
      {"only combining marks", Repeat("\u0301", 500), kOk, false},
      {"a word under marks", "p" + Repeat("\u0301", 500) + "assword", kOk,
       true},
      {"only function words", "the of and in", kOk, false},
      {"only function words, Greek", "και το να με", kOk, false},
      {"only function words, French", "le de la et", kOk, false},
      {"only function words, Dutch", "de het een en", kOk, false},
      {"only function words, Russian", "и в на не", kOk, false},
      {"only punctuation", "?!... — «»", kOk, false},
      {"only quotation marks", Repeat("\"", 500), kOk, false},
      {"only hyphens", Repeat("-", 500), kOk, false},
      {"open quotation marks", Repeat("\"a ", 333), kOk, false},
      {"hyphens before words", "password" + Repeat(" -zz", 200), kOk, true},
      {"unbalanced quotation mark", "\"password", kOk, true},
      {"query languages of others", "password AND (title:* OR *:*) ~2 ^5", kOk,
       true},
      {"SQL", "password'; DROP TABLE articles; --", kOk, true},
      {"a format string", "%s%n password %99999d", kOk, true},
      {"HTML", "<script>alert('password')</script>", kOk, true},
      {"an address", "https://example.com/reset?password=1#-top", kOk, false},
      {"line breaks", "I forgot\r\n\r\nmy password\n", kOk, true},
      {"white space only", " \t\n\u00A0\u3000", kInvalid, false},
      {"nothing", "", kInvalid, false},
  };
}

class HardQueriesTest : public RealIndexFixture {
 protected:
  void SetUp() override {
    const struct {
      const char* language;
      const char* title;
      const char* body;
    } kTexts[] = {
        {"el", "Κωδικός πρόσβασης", "Ξέχασα τον κωδικό μου (password)."},
        {"en", "Forgot your password?", "Reset the password of your account."},
        {"fr", "Mot de passe oublié", "Changez votre mot de passe."},
        {"nl", "Wachtwoord vergeten", "Kies een nieuw wachtwoord."},
        {"ru", "Забыли пароль?", "Задайте новый пароль."},
    };
    std::vector<engine::Article> articles;
    for (const auto& text : kTexts) {
      engine::Article article;
      article.id = "password";
      article.language = text.language;
      article.title = text.title;
      article.blocks = {{engine::BlockKind::kParagraph, 0, text.body, ""}};
      articles.push_back(article);
    }
    Build(articles);
    Serve();
  }

  v1::SearchRequest Request(const HardQuery& hard) {
    v1::SearchRequest request = SearchRequest(hard.bytes);
    for (const char* facet : {"language", "kind", "category", "tag"}) {
      request.add_facets(facet);
    }
    return request;
  }

  void ExpectAlive() {
    v1::SearchResponse response;
    ASSERT_TRUE(Search(SearchRequest("password"), &response).ok());
    EXPECT_EQ(response.hits_size(), 1);
  }
};

// A JSON string of any bytes: what JSON lets stand as it is stays.
std::string JsonString(const std::string& bytes) {
  std::string json = "\"";
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof(escaped), "\\u%04x", c);
      json += escaped;
    } else {
      if (c == '"' || c == '\\') json += '\\';
      json += c;
    }
  }
  return json + "\"";
}

TEST_F(HardQueriesTest, OverGrpc) {
  for (const HardQuery& hard : HardQueries()) {
    SCOPED_TRACE(hard.name);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    v1::SearchResponse response;
    const grpc::Status status =
        search_->Search(&context, Request(hard), &response);
    EXPECT_EQ(status.error_code(), hard.code) << status.error_message();
    if (!status.ok()) {
      EXPECT_FALSE(status.error_message().empty());
    }
    EXPECT_EQ(response.facets_size(), status.ok() ? 4 : 0);
    if (hard.finds) {
      ASSERT_EQ(response.hits_size(), 1);
      EXPECT_EQ(response.hits(0).article_id(), "password");
      EXPECT_GT(response.hits(0).snippet_size(), 0);
    }
  }
  ExpectAlive();
}

TEST_F(HardQueriesTest, OverHttp) {
  for (const HardQuery& hard : HardQueries()) {
    SCOPED_TRACE(hard.name);
    HttpCall call;
    call.method = "POST";
    call.url = "http://127.0.0.1:" + std::to_string(server_->http_port()) +
               "/kbsearch.v1.SearchService/Search";
    call.headers = {"content-type: application/json",
                    "connect-timeout-ms: 20000"};
    call.body =
        R"({"corpus":"helpdesk","query":)" + JsonString(hard.bytes) + "}";
    const HttpAnswer answer = Fetch(call);
    EXPECT_EQ(answer.status, hard.code == grpc::StatusCode::OK ? 200 : 400)
        << answer.body;
    if (hard.finds) {
      EXPECT_THAT(answer.body, HasSubstr("\"password\""));
    }
  }
  ExpectAlive();
}

TEST_F(HardQueriesTest, LoneSurrogatesEscapedInJson) {
  for (const char* query : {R"("\ud800")", R"("password \udc00 x")",
                            R"("\ud83d\ude00 password")", R"("\u0000")"}) {
    HttpCall call;
    call.method = "POST";
    call.url = "http://127.0.0.1:" + std::to_string(server_->http_port()) +
               "/kbsearch.v1.SearchService/Search";
    call.headers = {"content-type: application/json"};
    call.body = std::string(R"({"corpus":"helpdesk","query":)") + query + "}";
    EXPECT_THAT(Fetch(call).status, AnyOf(200, 400)) << query;
  }
  ExpectAlive();
}

TEST_F(HardQueriesTest, FromTheTerminal) {
  for (const HardQuery& hard : HardQueries()) {
    // A command line holds no zero bytes.
    if (hard.bytes.find('\0') != std::string::npos) continue;
    SCOPED_TRACE(hard.name);
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const cli::Environment environment{
        in, out, err, [](const char*) -> const char* { return nullptr; }, {}};
    const int exit = cli::RunProgram(
        {"search", "--server",
         "127.0.0.1:" + std::to_string(server_->grpc_port()), "--corpus",
         "helpdesk", "--facet", "language", "--", hard.bytes},
        environment);
    EXPECT_EQ(exit, hard.code == grpc::StatusCode::OK ? cli::kExitDone
                                                      : cli::kExitFailed)
        << err.str();
    EXPECT_NE(out.str().empty(), err.str().empty());
    EXPECT_THAT(out.str(), Not(HasSubstr("\x1b")));
    EXPECT_THAT(err.str(), Not(HasSubstr("\x1b")));
  }
  ExpectAlive();
}

TEST_F(HardQueriesTest, WhileTyping) {
  for (const HardQuery& hard : HardQueries()) {
    SCOPED_TRACE(hard.name);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    v1::AutocompleteRequest request;
    request.set_corpus("helpdesk");
    request.set_prefix(hard.bytes);
    v1::AutocompleteResponse response;
    EXPECT_THAT(
        search_->Autocomplete(&context, request, &response).error_code(),
        AnyOf(grpc::StatusCode::OK, grpc::StatusCode::INVALID_ARGUMENT));
  }
  ExpectAlive();
}

}  // namespace
}  // namespace kbsearch::testing
