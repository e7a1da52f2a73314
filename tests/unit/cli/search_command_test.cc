#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <string>

#include "fake_server.h"

namespace kbsearch::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

void AddSpan(const std::string& text, bool highlighted, v1::Hit* hit) {
  auto* span = hit->add_snippet();
  span->set_text(text);
  span->set_highlighted(highlighted);
}

grpc::Status AnswerInGreek(const v1::SearchRequest&,
                           v1::SearchResponse* response) {
  response->set_total_size(42);
  response->set_next_page_token("t0ken");
  response->mutable_interpretation()->set_language_code("el");
  response->mutable_interpretation()->set_confidence(0.97);
  auto* rewrite = response->mutable_interpretation()->add_rewrites();
  rewrite->set_stage("spelling");
  rewrite->set_from("κοδικός");
  rewrite->set_to("κωδικός");
  rewrite->set_applied(true);
  v1::Hit* article = response->add_hits();
  article->set_article_id("reset-password");
  article->set_language_code("el");
  article->set_title("Επαναφορά κωδικού");
  article->set_url("https://help.example/el/reset-password");
  article->set_anchor("steps");
  article->set_kind(v1::ARTICLE_KIND_ARTICLE);
  AddSpan("Αν ξεχάσατε τον ", false, article);
  AddSpan("κωδικό", true, article);
  AddSpan(" σας", false, article);
  for (const char* code : {"el", "en", "ru"}) {
    article->add_available_languages(code);
  }
  v1::Hit* faq = response->add_hits();
  faq->set_article_id("faq-account#2");
  faq->set_language_code("el");
  faq->set_title("Πού είναι ο κωδικός;");
  faq->set_kind(v1::ARTICLE_KIND_FAQ);
  faq->set_answer("Στο μήνυμα που σας στείλαμε.");
  return grpc::Status::OK;
}

class SearchCommandTest : public ::testing::Test {
 protected:
  ProgramResult Search(std::vector<std::string> arguments,
                       const Console::Options& options = {}) {
    arguments.insert(arguments.begin(),
                     {"search", "--server", server_.address(), "--corpus",
                      "helpdesk"});
    return RunProgram(arguments, {}, options);
  }

  FakeServer server_;
};

TEST_F(SearchCommandTest, PrintsHitsAsPlainTextWithoutATerminal) {
  server_.on_search = AnswerInGreek;
  const ProgramResult result = Search({"κοδικός"});
  EXPECT_EQ(result.status, 0) << result.error;
  EXPECT_EQ(result.out,
            "About 42 results; query read as el (97 %)\n"
            "Searched for κωδικός instead of κοδικός (spelling)\n"
            "\n"
            "1. Επαναφορά κωδικού\n"
            "    el · article · reset-password\n"
            "    https://help.example/el/reset-password#steps\n"
            "    Αν ξεχάσατε τον κωδικό σας\n"
            "    Also in: en, ru\n"
            "\n"
            "2. Πού είναι ο κωδικός;\n"
            "    el · faq · faq-account#2\n"
            "    Answer: Στο μήνυμα που σας στείλαμε.\n"
            "\n"
            "More with: --page-token t0ken\n");
}

TEST_F(SearchCommandTest, ColoursAndWrapsOnATerminal) {
  server_.on_search = AnswerInGreek;
  const ProgramResult result =
      Search({"κωδικός"}, {.colour = true, .width = 24});
  EXPECT_THAT(result.out, HasSubstr("\x1b[1m1. Επαναφορά"));
  EXPECT_THAT(result.out,
              HasSubstr("    Αν ξεχάσατε τον\n    \x1b[1;33mκωδικό\x1b[0m σας"));
}

TEST_F(SearchCommandTest, SendsWhatWasAskedFor) {
  const ProgramResult result = Search(
      {"--language", "el", "--only", "el,en", "--only", "fr", "--page-size",
       "5", "--page-token", "tok", "--kind", "faq", "--kind", "procedure",
       "--category", "Returns, refunds", "--tag", "a", "--token", "secret",
       "забыл пароль"});
  EXPECT_EQ(result.status, 0) << result.error;
  const v1::SearchRequest& request = server_.search_request;
  EXPECT_EQ(request.corpus(), "helpdesk");
  EXPECT_EQ(request.query(), "забыл пароль");
  EXPECT_EQ(request.language_code(), "el");
  EXPECT_THAT(request.languages(), ElementsAre("el", "en", "fr"));
  EXPECT_EQ(request.page_size(), 5);
  EXPECT_EQ(request.page_token(), "tok");
  EXPECT_THAT(request.filter().kinds(),
              ElementsAre(v1::ARTICLE_KIND_FAQ, v1::ARTICLE_KIND_PROCEDURE));
  EXPECT_THAT(request.filter().categories(), ElementsAre("Returns, refunds"));
  EXPECT_THAT(request.filter().tags(), ElementsAre("a"));
  EXPECT_EQ(server_.authorization, "Bearer secret");
}

TEST_F(SearchCommandTest, TakesAnyQueryAsItIs) {
  for (const char* query :
       {"[a,b]", "analyze", "C++ \"x\"", "a=b", "wachtwoord vergeten?"}) {
    EXPECT_EQ(Search({query}).status, 0) << query;
    EXPECT_EQ(server_.search_request.query(), query);
  }
  EXPECT_EQ(Search({"--", "-5 °C"}).status, 0);
  EXPECT_EQ(server_.search_request.query(), "-5 °C");
}

TEST_F(SearchCommandTest, WritesJsonThatProtobufReads) {
  server_.on_search = AnswerInGreek;
  const ProgramResult result = Search({"--json", "κωδικός"});
  EXPECT_EQ(result.status, 0) << result.error;
  v1::SearchResponse read;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(result.out, &read).ok());
  ASSERT_EQ(read.hits_size(), 2);
  EXPECT_EQ(read.hits(0).title(), "Επαναφορά κωδικού");
}

TEST_F(SearchCommandTest, SaysWhenNothingWasFound) {
  const ProgramResult result = Search({"мотоцикл"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "Nothing found for мотоцикл\n");
}

TEST_F(SearchCommandTest, ArticlesCannotSteerTheTerminal) {
  server_.on_search = [](const v1::SearchRequest&,
                         v1::SearchResponse* response) {
    v1::Hit* hit = response->add_hits();
    hit->set_title("a\x1b]0;owned\x07");
    hit->set_url("https://help.example/\x1b[2J");
    AddSpan("b\x1b[2J", false, hit);
    return grpc::Status::OK;
  };
  EXPECT_THAT(Search({"a"}).out, Not(HasSubstr("\x1b")));
}

TEST_F(SearchCommandTest, AFailedCallIsExitOne) {
  server_.on_search = [](const v1::SearchRequest&, v1::SearchResponse*) {
    return grpc::Status(grpc::StatusCode::NOT_FOUND,
                        "there is no corpus \x1b[2Jx");
  };
  const ProgramResult result = Search({"a"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.error,
              HasSubstr("kbsearch: NOT_FOUND: there is no corpus"));
  EXPECT_THAT(result.error, Not(HasSubstr("\x1b")));
}

TEST_F(SearchCommandTest, WrongUsageIsExitTwo) {
  const struct {
    std::vector<std::string> arguments;
    const char* message;
  } kCases[] = {
      {{}, "subcommand"},
      {{"serch", "a"}, "serch"},
      {{"search"}, "QUERY"},
      {{"search", "a"}, "--corpus"},
      {{"search", "--corpus", "x", "forgot", "password"}, "quotes"},
      {{"search", "--corpus", "x", "--kind", "memo", "a"}, "memo"},
      {{"search", "--corpus", "x", "--page-size", "ten", "a"}, "ten"},
      {{"search", "--corpus", "x", "--colour", "a"}, "--colour"},
      {{"search", "--corpus", "x", "--server", "h", "a"}, "--server"},
      {{"search", "--corpus", "x", "\xEA\xF9"}, "not UTF-8"},
  };
  for (const auto& c : kCases) {
    const ProgramResult result = RunProgram(c.arguments);
    EXPECT_EQ(result.status, 2) << c.message;
    EXPECT_THAT(result.error, HasSubstr(c.message));
  }
}

TEST(ProgramTest, HelpAndVersionAreExitZero) {
  EXPECT_THAT(RunProgram({"--version"}).out, HasSubstr("kbsearch "));
  for (const char* command :
       {"search", "get", "complete", "corpora", "analyze", "eval"}) {
    const ProgramResult result = RunProgram({command, "--help"});
    EXPECT_EQ(result.status, 0);
    EXPECT_THAT(result.out, HasSubstr("--server HOST:PORT")) << command;
    EXPECT_THAT(RunProgram({"--help"}).out, HasSubstr(command));
  }
}

TEST(ProgramTest, SettingsComeFromTheEnvironmentToo) {
  FakeServer server;
  const ProgramResult result = RunProgram(
      {"search", "a"}, {{"KBSEARCH_SERVER", server.address()},
                        {"KBSEARCH_CORPUS", "shop"},
                        {"KBSEARCH_TOKEN", "from-environment"}});
  EXPECT_EQ(result.status, 0) << result.error;
  EXPECT_EQ(server.search_request.corpus(), "shop");
  EXPECT_EQ(server.authorization, "Bearer from-environment");
}

TEST(ProgramTest, AServerThatIsNotThereIsNamed) {
  std::string address;
  {
    FakeServer gone;
    address = gone.address();
  }
  const ProgramResult result =
      RunProgram({"search", "--server", address, "--corpus", "x", "a"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.error,
              HasSubstr("is kbsearch-server running at " + address));
}

}  // namespace
}  // namespace kbsearch::cli
