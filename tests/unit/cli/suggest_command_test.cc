// kbsearch suggest, related, and eval of both.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/cli/program_fixture.h"

namespace kbsearch::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class SuggestCommandTest : public ProgramFixture {
 protected:
  std::string WriteFile(const std::string& content) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const std::string path =
        testing::TempDir() + "cli_suggest_" + test->name() + ".txt";
    std::ofstream(path) << content;
    return path;
  }

  static void AddSuggestion(const std::string& id, double confidence,
                            v1::SuggestArticlesResponse* response) {
    v1::Suggestion* suggestion = response->add_suggestions();
    suggestion->mutable_hit()->set_article_id(id);
    suggestion->mutable_hit()->set_title("Titre " + id);
    suggestion->mutable_hit()->set_language_code("fr");
    suggestion->set_confidence(confidence);
  }
};

TEST_F(SuggestCommandTest, ReadsTheTicketAndShowsConfidences) {
  v1::SuggestArticlesRequest got;
  server_.suggest = [&](const v1::SuggestArticlesRequest& request,
                        v1::SuggestArticlesResponse* response) {
    got = request;
    AddSuggestion("a", 0.71, response);
    response->add_terms("facture");
    response->add_language_codes("fr");
    return grpc::Status::OK;
  };
  input_ = "Je ne trouve pas ma facture.\n";
  ASSERT_EQ(Run({"suggest", "--corpus", "shop", "--subject", "Facture",
                 "--file", "-", "--language", "fr", "--only", "fr,en", "--max",
                 "5", "--min-confidence", "0.5"}),
            kExitDone)
      << err();
  EXPECT_EQ(got.subject(), "Facture");
  EXPECT_EQ(got.body(), input_);
  EXPECT_THAT(got.languages(), ElementsAre("fr", "en"));
  EXPECT_EQ(got.max_suggestions(), 5);
  EXPECT_EQ(got.min_confidence(), 0.5);
  EXPECT_THAT(out(), HasSubstr("Titre a"));
  EXPECT_THAT(out(), HasSubstr("71 %"));
  EXPECT_THAT(out(), HasSubstr("facture"));
}

TEST_F(SuggestCommandTest, LeavesTheThresholdToTheServerAndSaysWhyNothing) {
  bool has_threshold = true;
  server_.suggest = [&](const v1::SuggestArticlesRequest& request,
                        v1::SuggestArticlesResponse* response) {
    has_threshold = request.has_min_confidence();
    response->set_abstained(true);
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"suggest", "--corpus", "shop", "--file",
                 WriteFile("Где мой заказ?")}),
            kExitDone)
      << err();
  EXPECT_FALSE(has_threshold);
  EXPECT_THAT(out(), HasSubstr("likely enough"));
}

TEST_F(SuggestCommandTest, AFileThatIsNotThereIsNamed) {
  EXPECT_EQ(Run({"suggest", "--corpus", "shop", "--file", "/no/such"}),
            kExitFailed);
  EXPECT_THAT(err(), HasSubstr("/no/such"));
}

TEST_F(SuggestCommandTest, RelatedShowsNearDuplicatesAndJson) {
  server_.related = [](const v1::RelatedArticlesRequest& request,
                       v1::RelatedArticlesResponse* response) {
    EXPECT_EQ(request.article_id(), "faq#2");
    EXPECT_EQ(request.page_size(), 7);
    v1::Hit* hit = response->add_hits();
    hit->set_article_id("b");
    hit->set_near_duplicate(true);
    return grpc::Status::OK;
  };
  ASSERT_EQ(Run({"related", "--corpus", "shop", "--max", "7", "faq#2"}),
            kExitDone)
      << err();
  EXPECT_THAT(out(), HasSubstr("near duplicate"));
  ASSERT_EQ(
      Run({"related", "--corpus", "shop", "--max", "7", "--json", "faq#2"}),
      kExitDone)
      << err();
  EXPECT_EQ(nlohmann::json::parse(out())["hits"][0]["articleId"], "b");
}

TEST_F(SuggestCommandTest, EvalScoresTickets) {
  server_.suggest = [](const v1::SuggestArticlesRequest& request,
                       v1::SuggestArticlesResponse* response) {
    EXPECT_THAT(request.languages(), ElementsAre("fr"));
    if (request.has_min_confidence() || request.subject() == "A") {
      AddSuggestion("a", 0.9, response);
    }
    return grpc::Status::OK;
  };
  const std::string tickets =
      WriteFile(R"({"id":"1","lang":"fr","subject":"A","relevant":["a"]})"
                "\n"
                R"({"id":"2","lang":"fr","subject":"B","relevant":[]})"
                "\n");
  ASSERT_EQ(Run({"eval", "--corpus", "shop", "--mode", "suggest", "--queries",
                 tickets, "--json"}),
            kExitDone)
      << err();
  const auto report = nlohmann::json::parse(out());
  const auto& fr = report["languages"]["fr"];
  EXPECT_EQ(fr["success@3"], 1);
  EXPECT_EQ(fr["at_threshold"]["precision"], 1);
  EXPECT_EQ(fr["at_threshold"]["abstention"], 1);
  EXPECT_EQ(fr["curve"].size(), 9u);
  EXPECT_EQ(fr["curve"][0]["abstention"], 0);
  ASSERT_EQ(Run({"eval", "--corpus", "shop", "--mode", "suggest", "--queries",
                 tickets}),
            kExitDone);
  EXPECT_THAT(out(), HasSubstr("threshold"));
}

TEST_F(SuggestCommandTest, EvalScoresRelatedArticles) {
  server_.related = [](const v1::RelatedArticlesRequest& request,
                       v1::RelatedArticlesResponse* response) {
    for (const char* id : {"x", "b"}) {
      v1::Hit* hit = response->add_hits();
      hit->set_article_id(id);
      hit->set_language_code(request.language_code());
    }
    return grpc::Status::OK;
  };
  // The same id in two languages is two queries.
  ASSERT_EQ(Run({"eval", "--corpus", "shop", "--mode", "related", "--queries",
                 WriteFile(R"({"id":"a","lang":"el","related":["b"]})"
                           "\n"
                           R"({"id":"a","lang":"nl","related":["nl:x"]})"
                           "\n"),
                 "--json"}),
            kExitDone)
      << err();
  const auto report = nlohmann::json::parse(out());
  EXPECT_EQ(report["languages"]["el"]["MRR@10"], 0.5);
  EXPECT_EQ(report["languages"]["nl"]["MRR@10"], 1);
  EXPECT_FALSE(report["mean"].contains("Recall@100"));
}

TEST_F(SuggestCommandTest, EvalNamesBadLines) {
  EXPECT_EQ(Run({"eval", "--corpus", "shop", "--mode", "suggest", "--queries",
                 WriteFile(R"({"id":"1","lang":"fr","relevant":[]})")}),
            kExitFailed);
  EXPECT_THAT(err(), HasSubstr(":1: "));
}

}  // namespace
}  // namespace kbsearch::cli
