#include "cli/program.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include <ctime>

#include "tests/unit/cli/program_fixture.h"

namespace kbsearch::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ProgramTest : public ProgramFixture {};

TEST_F(ProgramTest, WrongUsageIsTwoAndNamesTheMistake) {
  struct Case {
    std::vector<std::string> arguments;
    const char* message;
  };
  const Case kCases[] = {
      {{}, "required"},
      {{"serach"}, "'serach' is not a command"},
      {{"search", "--corpus", "shop"}, "QUERY"},
      {{"search", "αλλαγή"}, "--corpus"},
      {{"search", "--corpus", "shop", "--kind", "blog", "q"}, "'blog'"},
      {{"search", "--corpus", "shop", "--page-size", "many", "q"}, "many"},
      {{"search", "--corpus", "shop", "--nope", "q"}, "--nope"},
      {{"search", "--corpus", "shop", "--server", "x", "q"}, "--server: 'x'"},
      {{"get", "--corpus", "shop"}, "ARTICLE"},
      {{"eval", "--corpus", "shop"}, "--queries"},
      {{"eval", "--corpus", "s", "--queries", "f", "--mode", "x"},
       "'x' is not search"},
      {{"eval", "--corpus", "s", "--queries", "f", "--k", "5"}, "--k"},
      {{"eval", "--corpus", "s", "--queries", "f", "--concurrency", "0"},
       "--concurrency"},
  };
  for (const Case& test : kCases) {
    EXPECT_EQ(Run(test.arguments), kExitUsage) << test.message;
    EXPECT_THAT(err(),
                AllOf(StartsWith("kbsearch: "), HasSubstr(test.message)));
    EXPECT_EQ(out(), "");
  }
}

TEST_F(ProgramTest, WordsInAnotherEncodingAreNamed) {
  EXPECT_EQ(Run({"search", "--corpus", "shop", "\xEA\xF9\xE4"}), kExitFailed);
  EXPECT_THAT(err(), HasSubstr("argument 4: line 1 is not UTF-8"));
}

TEST_F(ProgramTest, HelpAndVersionGoToStandardOutput) {
  EXPECT_EQ(Run({"--help"}), kExitDone);
  for (const char* command :
       {"search", "get", "complete", "corpora", "analyze", "eval"}) {
    EXPECT_THAT(out(), HasSubstr(command));
  }
  EXPECT_EQ(Run({"search", "--help"}), kExitDone);
  EXPECT_THAT(out(), AllOf(HasSubstr("--only"), HasSubstr("KBSEARCH_SERVER"),
                           HasSubstr("--json")));
  EXPECT_EQ(Run({"--version"}), kExitDone);
  EXPECT_THAT(out(), StartsWith("kbsearch "));
  EXPECT_EQ(err(), "");
}

TEST_F(ProgramTest, SearchSendsEveryFlag) {
  v1::SearchRequest got;
  server_.search = [&](const v1::SearchRequest& request, v1::SearchResponse*) {
    got = request;
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"search",
                 "--corpus",
                 "shop",
                 "--language",
                 "el",
                 "--only",
                 "el,en",
                 "--page-size",
                 "3",
                 "--page-token",
                 "abc",
                 "--kind",
                 "faq,forum_thread",
                 "--category",
                 "Account, security",
                 "--category",
                 "Δύο",
                 "--tag",
                 "pin",
                 "--updated-after",
                 "2026-01-31",
                 "--facet",
                 "kind",
                 "--separate",
                 "--token",
                 "secret",
                 "ξέχασα",
                 "τον",
                 "κωδικό"}),
            kExitDone)
      << err();
  EXPECT_EQ(got.corpus(), "shop");
  EXPECT_EQ(got.query(), "ξέχασα τον κωδικό");
  EXPECT_EQ(got.language_code(), "el");
  EXPECT_THAT(got.languages(), ElementsAre("el", "en"));
  EXPECT_EQ(got.page_size(), 3);
  EXPECT_EQ(got.page_token(), "abc");
  EXPECT_THAT(got.filter().kinds(),
              ElementsAre(v1::ARTICLE_KIND_FAQ, v1::ARTICLE_KIND_FORUM_THREAD));
  EXPECT_THAT(got.filter().categories(),
              ElementsAre("Account, security", "Δύο"));
  EXPECT_THAT(got.filter().tags(), ElementsAre("pin"));
  EXPECT_THAT(got.facets(), ElementsAre("kind"));
  EXPECT_EQ(got.filter().updated_after().seconds(), 1769817600);
  EXPECT_EQ(got.translation_mode(), v1::TRANSLATION_MODE_SEPARATE);
  EXPECT_EQ(server_.authorization(), "Bearer secret");
}

TEST_F(ProgramTest, BadValuesReachTheServerWhichKnowsTheLimits) {
  v1::SearchRequest got;
  server_.search = [&](const v1::SearchRequest& request, v1::SearchResponse*) {
    got = request;
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"search", "--corpus", "", "--page-size=-5", ""}), kExitDone)
      << err();
  EXPECT_EQ(got.query(), "");
  EXPECT_EQ(got.page_size(), -5);
  EXPECT_EQ(server_.authorization(), "");
}

v1::SearchResponse SampleResponse() {
  v1::SearchResponse response;
  const auto status = google::protobuf::util::JsonStringToMessage(R"({
    "hits": [{
      "articleId": "faq-account#1", "languageCode": "ru",
      "title": "Как сменить пароль?", "url": "https://shop.example/ru/faq",
      "kind": "ARTICLE_KIND_FAQ", "audience": "AUDIENCE_AGENT",
      "snippet": [{"text": "Чтобы сменить "},
                  {"text": "пароль", "highlighted": true},
                  {"text": "\u001b[2J, откройте"}],
      "answer": "Откройте настройки.\nНажмите «Сменить».",
      "availableLanguages": ["el", "ru"], "category": ["Счёт", "Вход"]}],
    "nextPageToken": "next", "totalSize": "12",
    "interpretation": {"languageCode": "ru", "confidence": 0.97,
      "rewrites": [{"stage": "spelling", "from": "пароьл", "to": "пароль",
                    "applied": true}]}})",
                                                                  &response);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return response;
}

TEST_F(ProgramTest, SearchShowsHitsToPeople) {
  server_.search = [](const v1::SearchRequest&, v1::SearchResponse* response) {
    *response = SampleResponse();
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"search", "--corpus", "shop", "q"}), kExitDone);
  EXPECT_EQ(out(),
            "Searched for “пароль” instead of “пароьл” (spelling).\n"
            "About 12 articles, query in ru (97 %)\n"
            "\n"
            "1. Как сменить пароль? [ru · faq · agents only · Счёт › Вход]\n"
            "    https://shop.example/ru/faq\n"
            "    Чтобы сменить пароль\uFFFD[2J, откройте\n"
            "    Answer:\n"
            "    Откройте настройки.\n"
            "    Нажмите «Сменить».\n"
            "    faq-account#1 · in el ru\n"
            "\n"
            "Next page: the same with --page-token next\n");
  style_ = {true, 40};
  ASSERT_EQ(Run({"search", "--corpus", "shop", "q"}), kExitDone);
  EXPECT_THAT(out(), HasSubstr("\x1b[1;33mпароль\x1b[0m"));
}

TEST_F(ProgramTest, FacetsAreShownAsBars) {
  server_.search = [](const v1::SearchRequest&, v1::SearchResponse* response) {
    v1::Facet* facet = response->add_facets();
    facet->set_name("category");
    facet->set_exact(true);
    const std::pair<const char*, int> kValues[] = {
        {"Λογαριασμός", 40}, {"Счёт\x1b", 20}, {"e\u0301", 1}};
    for (const auto& [name, count] : kValues) {
      facet->add_values()->set_value(name);
      facet->mutable_values()->rbegin()->set_count(count);
    }
    facet = response->add_facets();
    facet->set_name("tag");
    for (int i = 0; i < 25; ++i) facet->add_values()->set_value("t");
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"search", "--corpus", "shop", "q"}), kExitDone);
  EXPECT_THAT(out(), HasSubstr("\ncategory\n"
                               "  Λογαριασμός  40  ████████████████████\n"
                               "  Счёт\uFFFD        20  ██████████\n"
                               "  e\u0301             1  █\n"
                               "\ntag (at least)\n"));
  EXPECT_THAT(out(), HasSubstr("  … 5 more\n"));
}

TEST_F(ProgramTest, ADateThatIsNoneIsWrongUsage) {
  EXPECT_EQ(Run({"search", "--corpus", "shop", "--updated-after", "soon", "q"}),
            kExitUsage);
  EXPECT_THAT(err(), HasSubstr("2026-01-31"));
}

TEST_F(ProgramTest, JsonIsTheMessage) {
  server_.search = [](const v1::SearchRequest&, v1::SearchResponse* response) {
    *response = SampleResponse();
    return grpc::Status::OK;
  };
  style_ = {true, 40};
  ASSERT_EQ(Run({"search", "--json", "--corpus", "shop", "q"}), kExitDone);
  v1::SearchResponse parsed;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(out(), &parsed).ok());
  EXPECT_EQ(parsed.SerializeAsString(), SampleResponse().SerializeAsString());
}

TEST_F(ProgramTest, NothingFoundIsNotAFailure) {
  server_.search = [](const v1::SearchRequest&, v1::SearchResponse*) {
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run({"search", "--corpus", "shop", "q"}), kExitDone);
  EXPECT_THAT(out(), HasSubstr("No articles found."));
  EXPECT_THAT(out(), Not(HasSubstr("About 0")));
}

TEST_F(ProgramTest, FailureShowsFieldsAndRemedy) {
  google::rpc::BadRequest details;
  auto* violation = details.add_field_violations();
  violation->set_field("query");
  violation->set_description("is empty; type a word");
  google::rpc::Status wire;
  wire.add_details()->PackFrom(details);
  struct Case {
    grpc::Status status;
    const char* message;
  };
  const Case kCases[] = {
      {{grpc::StatusCode::INVALID_ARGUMENT, "m", wire.SerializeAsString()},
       "INVALID_ARGUMENT\n  query: is empty; type a word\n"},
      {{grpc::StatusCode::INVALID_ARGUMENT, "m", "no status"},
       "INVALID_ARGUMENT: m\n"},
      {{grpc::StatusCode::NOT_FOUND, "no corpus 'shop'"},
       "NOT_FOUND: no corpus 'shop'\n"},
      {{grpc::StatusCode::UNAUTHENTICATED, "who?"}, "--token-file"},
      {{grpc::StatusCode::PERMISSION_DENIED, "no"}, "whose role"},
      {{grpc::StatusCode::RESOURCE_EXHAUSTED, "full"}, "overloaded"},
      {{grpc::StatusCode::UNAVAILABLE, "opening"},
       "Is kbsearch-server running"},
      {{grpc::StatusCode::DATA_LOSS, "damaged"}, "kbsearch-indexer verify"},
      {{grpc::StatusCode::INTERNAL, "\x1b[31m"}, "INTERNAL: \uFFFD[31m"},
  };
  for (const Case& test : kCases) {
    server_.search = [&](const v1::SearchRequest&, v1::SearchResponse*) {
      return test.status;
    };
    EXPECT_EQ(Run({"search", "--corpus", "shop", "q"}), kExitFailed);
    EXPECT_THAT(err(), HasSubstr(test.message));
    EXPECT_EQ(out(), "");
  }
}

TEST_F(ProgramTest, SaysWhereItLookedForTheServer) {
  EXPECT_EQ(Run({"search", "--corpus", "shop", "--server", "127.0.0.1:1", "q"}),
            kExitFailed);
  EXPECT_THAT(err(),
              AllOf(HasSubstr("UNAVAILABLE"),
                    HasSubstr("kbsearch-server running at 127.0.0.1:1")));
}

TEST_F(ProgramTest, GetShowsTheArticle) {
  v1::GetArticleRequest got;
  server_.get_article = [&](const v1::GetArticleRequest& request,
                            v1::GetArticleResponse* response) {
    got = request;
    v1::Article& article = *response->mutable_article();
    article.set_title("Wachtwoord wijzigen");
    article.set_language_code("nl");
    auto* heading = article.add_blocks();
    heading->set_kind(v1::Block::KIND_HEADING);
    heading->set_text("Stappen");
    auto* item = article.add_blocks();
    item->set_kind(v1::Block::KIND_LIST_ITEM);
    item->set_text("Open de app");
    auto* code = article.add_blocks();
    code->set_kind(v1::Block::KIND_CODE);
    code->set_text("a  b\n\x1b[0mc");
    auto* entry = article.add_entries();
    entry->set_question("Waarom?");
    entry->set_answer("Daarom.");
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"get", "--corpus", "shop", "--language", "nl", "pw"}),
            kExitDone)
      << err();
  EXPECT_EQ(got.corpus(), "shop");
  EXPECT_EQ(got.article_id(), "pw");
  EXPECT_EQ(got.language_code(), "nl");
  EXPECT_THAT(out(), StartsWith("Wachtwoord wijzigen\nnl\n"));
  EXPECT_THAT(out(), HasSubstr("\nStappen\n  • Open de app\n    a  b\n"
                               "    \uFFFD[0mc\n\nWaarom?\nDaarom.\n"));
}

TEST_F(ProgramTest, CompleteListsOneCompletionALine) {
  v1::AutocompleteRequest got;
  server_.autocomplete = [&](const v1::AutocompleteRequest& request,
                             v1::AutocompleteResponse* response) {
    got = request;
    response->add_completions()->set_text("mot de passe");
    auto* second = response->add_completions();
    second->set_text("motif");
    second->add_spans()->set_text("mot");
    second->mutable_spans(0)->set_highlighted(false);
    auto* added = second->add_spans();
    added->set_text("if");
    added->set_highlighted(true);
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"complete", "--corpus", "shop", "--max", "4", "mot"}),
            kExitDone);
  EXPECT_EQ(got.prefix(), "mot");
  EXPECT_EQ(got.max_completions(), 4);
  EXPECT_EQ(got.max_hits(), 3);
  EXPECT_FALSE(got.without_hits());
  EXPECT_EQ(out(), "mot de passe\nmotif\n");
}

TEST_F(ProgramTest, CompleteShowsInstantHits) {
  v1::AutocompleteRequest got;
  server_.autocomplete = [&](const v1::AutocompleteRequest& request,
                             v1::AutocompleteResponse* response) {
    got = request;
    response->add_completions()->set_text("mot de passe");
    response->add_hits()->set_title("Mot de passe oublié");
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"complete", "--corpus", "shop", "--hits", "2", "--only",
                 "fr,nl", "mot"}),
            kExitDone);
  EXPECT_EQ(got.max_hits(), 2);
  EXPECT_THAT(got.languages(), ElementsAre("fr", "nl"));
  EXPECT_THAT(out(), AllOf(StartsWith("mot de passe\n"),
                           HasSubstr("Mot de passe oublié")));
  ASSERT_EQ(
      Run({"complete", "--corpus", "shop", "--hits", "0", "--json", "mot"}),
      kExitDone);
  EXPECT_TRUE(got.without_hits());
  EXPECT_THAT(out(), HasSubstr("\"hits\""));
}

TEST_F(ProgramTest, CorporaListsLanguages) {
  v1::Corpus corpus;
  corpus.set_name("shop");
  corpus.set_generation(3);
  corpus.set_size_bytes(2500000);
  for (const char* code : {"el", "ru"}) {
    auto* language = corpus.add_languages();
    language->set_language_code(code);
    language->set_articles(61);
  }
  corpus.mutable_built_at()->set_seconds(std::time(nullptr) - 3 * 3600 - 60);
  corpus.set_pending_changes(17);
  server_.list_corpora = [&](const v1::ListCorporaRequest&,
                             v1::ListCorporaResponse* response) {
    *response->add_corpora() = corpus;
    return grpc::Status::OK;
  };
  server_.get_corpus = [&](const v1::GetCorpusRequest& request,
                           v1::GetCorpusResponse* response) {
    if (request.corpus() != "shop") {
      return grpc::Status(grpc::StatusCode::NOT_FOUND, "no such corpus");
    }
    *response->mutable_corpus() = corpus;
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"corpora"}), kExitDone);
  const std::string list = out();
  EXPECT_THAT(list, AllOf(HasSubstr("shop"), HasSubstr(", 3 h ago"),
                          HasSubstr("2.5  17       ok"),
                          HasSubstr("el        61"), HasSubstr("ru        61"),
                          HasSubstr("shop: not reindexed yet")));
  ASSERT_EQ(Run({"corpora", "shop"}), kExitDone);
  EXPECT_EQ(out(), list);
  EXPECT_EQ(Run({"corpora", "other"}), kExitFailed);
  EXPECT_THAT(err(), HasSubstr("no such corpus"));
  // One that cannot be served has a name and a reason.
  corpus = v1::Corpus();
  corpus.set_name("broken");
  corpus.set_problem("manifest.json: damaged");
  ASSERT_EQ(Run({"corpora"}), kExitDone);
  EXPECT_THAT(out(), AllOf(HasSubstr("PROBLEM"),
                           HasSubstr("broken: PROBLEM: manifest.json: damaged"),
                           Not(HasSubstr("1970"))));
}

TEST_F(ProgramTest, AnalyzeShowsTheStepsUnderEachOther) {
  server_.analyze_text = [&](const v1::AnalyzeTextRequest&,
                             v1::AnalyzeTextResponse* response) {
    response->set_language_code("nl");
    for (const auto& [language, probability] :
         {std::pair("nl", 0.992), std::pair("fi", 0.008)}) {
      auto* guess = response->add_guesses();
      guess->set_language_code(language);
      guess->set_probability(probability);
    }
    for (const auto& [name, output] : {std::pair("clean", "klantenservice"),
                                       std::pair("variants", "a\x1b[31m")}) {
      auto* step = response->add_steps();
      step->set_name(name);
      step->set_output(output);
    }
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"analyze", "klantenservice"}), kExitDone) << err();
  EXPECT_THAT(out(), HasSubstr("language: nl  nl 0.99\n"
                               "clean     klantenservice\n"
                               "variants  a"));
  EXPECT_EQ(out().find('\x1b'), std::string::npos);
}

TEST_F(ProgramTest, AnalyzeReadsStandardInputAndAlignsColumns) {
  v1::AnalyzeTextRequest got;
  server_.analyze_text = [&](const v1::AnalyzeTextRequest& request,
                             v1::AnalyzeTextResponse* response) {
    got = request;
    response->set_language_code("el");
    auto* token = response->add_tokens();
    token->set_surface("κωδικό");
    token->set_end(12);
    token->set_role("whole");
    token->set_exact("κωδικο");
    token->add_lemmas("κωδικ");
    return grpc::Status::OK;
  };
  input_ = "κωδικό";
  ASSERT_EQ(Run({"analyze", "-"}), kExitDone) << err();
  EXPECT_EQ(got.text(), "κωδικό");
  EXPECT_EQ(out(),
            "language: el\n"
            "position  bytes  surface  role   exact   lemmas  marks\n"
            "0         0-12   κωδικό   whole  κωδικο  κωδικ\n");
}

}  // namespace
}  // namespace kbsearch::cli
