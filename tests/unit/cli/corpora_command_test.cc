// corpora and analyze.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fake_server.h"

namespace kbsearch::cli {
namespace {

using ::testing::HasSubstr;

void AddCorpus(const std::string& name, int64_t size,
               const std::vector<std::pair<std::string, int>>& languages,
               v1::ListCorporaResponse* response) {
  v1::Corpus* corpus = response->add_corpora();
  corpus->set_name(name);
  corpus->set_generation(3);
  corpus->set_size_bytes(size);
  corpus->mutable_built_at()->set_seconds(1767225600);
  corpus->mutable_built_at()->set_nanos(5000000);
  for (const auto& [code, articles] : languages) {
    v1::CorpusLanguage* language = corpus->add_languages();
    language->set_language_code(code);
    language->set_articles(articles);
  }
}

TEST(CorporaCommandTest, PrintsARowACorpus) {
  FakeServer server;
  AddCorpus("helpdesk", 4200000, {{"el", 66}, {"ru", 7}}, &server.corpora);
  AddCorpus("lo", 812, {{"en", 2540}}, &server.corpora);
  const ProgramResult result =
      RunProgram({"corpora", "--server", server.address()});
  EXPECT_EQ(result.status, 0) << result.error;
  EXPECT_EQ(
      result.out,
      "CORPUS    GENERATION  el    en  ru    SIZE  BUILT AT\n"
      "helpdesk           3  66     -   7  4.2 MB  2026-01-01T00:00:00Z\n"
      "lo                 3   -  2540   -   812 B  2026-01-01T00:00:00Z\n");
}

TEST(CorporaCommandTest, SaysWhatToDoWhenThereAreNone) {
  FakeServer server;
  EXPECT_THAT(RunProgram({"corpora", "--server", server.address()}).out,
              HasSubstr("kbsearch-indexer build"));
}

TEST(CorporaCommandTest, ExplainsAMissingRight) {
  FakeServer server;
  server.status = grpc::Status(grpc::StatusCode::PERMISSION_DENIED,
                               "admin calls need the role operator");
  const ProgramResult result =
      RunProgram({"corpora", "--server", server.address()});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.error, HasSubstr("admin calls need the role operator"));
  EXPECT_THAT(result.error, HasSubstr("give an operator's with --token-file"));
}

TEST(AnalyzeCommandTest, PrintsStepsAndTokens) {
  FakeServer server;
  server.analysis.set_language_code("ru");
  auto* guess = server.analysis.add_guesses();
  guess->set_language_code("ru");
  guess->set_probability(0.99);
  auto* step = server.analysis.add_steps();
  step->set_name("clean");
  step->set_output("мои пароли");
  step = server.analysis.add_steps();
  step->set_name("lemmatize");
  step->set_output("пароль");
  auto* stop = server.analysis.add_tokens();
  stop->set_surface("мои");
  stop->set_end(6);
  stop->set_role("whole");
  stop->set_exact("мои");
  stop->set_is_stop(true);
  auto* token = server.analysis.add_tokens();
  token->set_surface("пароли");
  token->set_begin(7);
  token->set_end(19);
  token->set_position(1);
  token->set_role("whole");
  token->set_exact("пароли");
  token->add_lemmas("пароль");
  token->add_lemmas("парол");
  const ProgramResult result =
      RunProgram({"analyze", "--server", server.address(), "мои пароли"});
  EXPECT_EQ(result.status, 0) << result.error;
  EXPECT_EQ(server.analyze_request.text(), "мои пароли");
  EXPECT_EQ(server.analyze_request.language_code(), "");
  EXPECT_EQ(result.out,
            "Language: ru (looks like: ru 99 %)\n"
            "\n"
            "Steps\n"
            "  clean: мои пароли\n"
            "  lemmatize: пароль\n"
            "\n"
            "WORD  BYTES  SURFACE  ROLE   EXACT   LEMMAS        MARKS\n"
            "   0  0-6    мои      whole  мои                   stop\n"
            "   1  7-19   пароли   whole  пароли  пароль парол\n");
}

}  // namespace
}  // namespace kbsearch::cli
