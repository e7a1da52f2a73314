#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "fake_server.h"

namespace kbsearch::cli {
namespace {

using ::testing::HasSubstr;

class EvalCommandTest : public ::testing::Test {
 protected:
  EvalCommandTest() {
    server_.on_search = [this](const v1::SearchRequest& request,
                               v1::SearchResponse* response) {
      return Answer(request, response);
    };
  }

  // Pages of `rankings_[query]`, which are ids in the query's language.
  grpc::Status Answer(const v1::SearchRequest& request,
                      v1::SearchResponse* response) {
    requests_.push_back(request);
    const std::vector<std::string>& ids = rankings_[request.query()];
    size_t at = 0;
    if (!request.page_token().empty() &&
        !absl::SimpleAtoi(request.page_token(), &at)) {
      return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "page_token");
    }
    const auto page = static_cast<size_t>(request.page_size());
    for (; at < ids.size() && response->hits_size() < request.page_size();
         ++at) {
      v1::Hit* hit = response->add_hits();
      hit->set_article_id(ids[at]);
      hit->set_language_code(request.languages(0));
      hit->set_score(1);  // all the same: ranks must decide
    }
    if (at < ids.size() && page > 0) {
      response->set_next_page_token(absl::StrCat(at));
    }
    return grpc::Status::OK;
  }

  std::string Path(const std::string& name) const {
    return ::testing::TempDir() + "cli_eval_" +
           ::testing::UnitTest::GetInstance()->current_test_info()->name() +
           "_" + name;
  }

  ProgramResult Eval(const std::string& queries,
                     std::vector<std::string> arguments = {}) {
    const std::string path = Path("queries.jsonl");
    std::ofstream(path) << queries;
    arguments.insert(arguments.begin(),
                     {"eval", "--server", server_.address(), "--corpus", "shop",
                      "--queries", path});
    return RunProgram(arguments);
  }

  FakeServer server_;
  std::map<std::string, std::vector<std::string>> rankings_;
  std::vector<v1::SearchRequest> requests_;
};

std::string ReadAll(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path).rdbuf();
  return content.str();
}

std::string Query(const std::string& id, const std::string& language,
                  const std::string& text, const std::string& relevant) {
  return nlohmann::json{{"id", id},
                        {"lang", language},
                        {"text", text},
                        {"relevant", {relevant}}}
             .dump() +
         "\n";
}

TEST_F(EvalCommandTest, PrintsEachLanguageAndTheMeanOfLanguages) {
  rankings_ = {{"κωδικός", {"a", "b"}}, {"ρολόι", {"b", "a"}},
               {"пароль", {"x", "y", "z", "a"}}};
  const ProgramResult result = Eval(Query("1", "el", "κωδικός", "el:a") +
                                    Query("2", "ru", "пароль", "ru:a") +
                                    Query("3", "el", "ρολόι", "a"));
  EXPECT_EQ(result.status, 0) << result.error;
  EXPECT_EQ(
      result.out,
      "LANGUAGE  QUERIES  MRR@10  nDCG@10  Recall@10  Recall@100\n"
      "el              2  0.7500   0.8155     1.0000      1.0000\n"
      "ru              1  0.2500   0.4307     1.0000      1.0000\n"
      "mean            3  0.5000   0.6231     1.0000      1.0000\n");
}

TEST_F(EvalCommandTest, RestrictsAQueryToItsLanguage) {
  ASSERT_EQ(Eval(Query("1", "nl", "wachtwoord", "a")).status, 0);
  ASSERT_EQ(requests_.size(), 1u);
  EXPECT_EQ(requests_[0].corpus(), "shop");
  EXPECT_EQ(requests_[0].language_code(), "nl");
  EXPECT_THAT(requests_[0].languages(), ::testing::ElementsAre("nl"));
  EXPECT_EQ(requests_[0].page_size(), 100);
}

TEST_F(EvalCommandTest, WritesTheSameAsJson) {
  rankings_ = {{"mot de passe", {"b", "a"}}};
  const ProgramResult result =
      Eval(Query("1", "fr", "mot de passe", "a"), {"--json"});
  ASSERT_EQ(result.status, 0) << result.error;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["corpus"], "shop");
  EXPECT_EQ(json["languages"]["fr"]["queries"], 1);
  EXPECT_DOUBLE_EQ(json["languages"]["fr"]["mrr_at_10"], 0.5);
  EXPECT_NEAR(json["mean"]["ndcg_at_10"].get<double>(), 0.6309298, 1e-6);
}

TEST_F(EvalCommandTest, WritesARunInFileOrderWithFallingScores) {
  std::string queries;
  std::string expected_ids;
  for (int i = 0; i < 40; ++i) {
    const std::string text = absl::StrCat("query ", i);
    rankings_[text] = {absl::StrCat("first ", i), "second"};
    queries += Query(absl::StrCat("q", i), "en", text, "second");
    absl::StrAppend(&expected_ids, "q", i, " en:first%20", i, " 1 q", i,
                    " en:second 2 ");
  }
  const std::string run = Path("run.txt");
  const ProgramResult result = Eval(
      queries, {"--run", run, "--tag", "mine", "--concurrency", "8"});
  ASSERT_EQ(result.status, 0) << result.error;
  std::string ids;
  std::istringstream lines(ReadAll(run));
  std::string qid, q0, id, tag;
  int rank = 0;
  float score = 0, above = 0;
  while (lines >> qid >> q0 >> id >> rank >> score >> tag) {
    absl::StrAppend(&ids, qid, " ", id, " ", rank, " ");
    EXPECT_EQ(tag, "mine");
    if (rank > 1) {
      EXPECT_LT(score, above);
    }
    above = score;
  }
  EXPECT_EQ(ids, expected_ids);
}

TEST_F(EvalCommandTest, AnFaqPageCountsOnceUnlessEntriesAreJudged) {
  rankings_ = {{"refund", {"faq#3", "faq#1", "other", "c#x", "faq"}},
               {"exact", {"faq#3", "faq#1", "other"}}};
  const std::string run = Path("run.txt");
  const ProgramResult result = Eval(Query("1", "en", "refund", "en:other") +
                                        Query("2", "en", "exact", "en:faq#1"),
                                    {"--run", run, "--json"});
  ASSERT_EQ(result.status, 0) << result.error;
  EXPECT_DOUBLE_EQ(
      nlohmann::json::parse(result.out)["mean"]["mrr_at_10"].get<double>(),
      0.5);
  const std::string content = ReadAll(run);
  EXPECT_THAT(content, HasSubstr("1 Q0 en:faq 1 "));
  EXPECT_THAT(content, HasSubstr("1 Q0 en:other 2 "));
  EXPECT_THAT(content, HasSubstr("1 Q0 en:c#x 3 "));
  EXPECT_THAT(content, HasSubstr("2 Q0 en:faq#1 2 "));
}

TEST_F(EvalCommandTest, PagesOnToTheDepthAskedFor) {
  std::vector<std::string> ids;
  for (int i = 0; i < 500; ++i) ids.push_back(absl::StrCat("a", i));
  rankings_["deep"] = ids;
  const std::string run = Path("run.txt");
  const ProgramResult result =
      Eval(Query("1", "en", "deep", "a249"), {"--k", "250", "--run", run});
  ASSERT_EQ(result.status, 0) << result.error;
  EXPECT_EQ(requests_.size(), 3u);
  EXPECT_THAT(ReadAll(run), HasSubstr("1 Q0 en:a249 250 "));
  EXPECT_THAT(ReadAll(run), ::testing::Not(HasSubstr("en:a250 ")));
}

TEST_F(EvalCommandTest, ShallowRankingsHaveNoDeepRecall) {
  rankings_["shallow"] = {"a"};
  const std::string query = Query("1", "en", "shallow", "a");
  EXPECT_THAT(Eval(query, {"--k", "20"}).out, HasSubstr("1.0000           -\n"));
  const auto json =
      nlohmann::json::parse(Eval(query, {"--k", "20", "--json"}).out);
  EXPECT_TRUE(json["mean"]["recall_at_100"].is_null());
}

TEST_F(EvalCommandTest, AnotherLanguagesVersionIsWrong) {
  server_.on_search = [](const v1::SearchRequest&,
                         v1::SearchResponse* response) {
    v1::Hit* hit = response->add_hits();
    hit->set_article_id("a");
    hit->set_language_code("en");
    return grpc::Status::OK;
  };
  EXPECT_THAT(Eval(Query("1", "el", "κωδικός", "a")).out,
              HasSubstr("mean            1  0.0000"));
}

TEST_F(EvalCommandTest, BadLinesAreExitOne) {
  const ProgramResult result = Eval(Query("1", "en", "a", "b") + "{}\n");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.error, HasSubstr("queries.jsonl:2: \"id\" is missing"));
  EXPECT_TRUE(requests_.empty());
}

TEST_F(EvalCommandTest, AFailedQueryIsNamed) {
  server_.on_search = [](const v1::SearchRequest&, v1::SearchResponse*) {
    return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "full");
  };
  const std::string run = Path("none.txt");
  const ProgramResult result =
      Eval(Query("q7", "en", "a", "b"), {"--run", run});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.error, HasSubstr("query q7: RESOURCE_EXHAUSTED: full"));
  EXPECT_FALSE(std::ifstream(run).good());
}

TEST_F(EvalCommandTest, WrongUsageIsExitTwo) {
  const std::string query = Query("1", "en", "a", "b");
  EXPECT_EQ(Eval(query, {"--mode", "suggest"}).status, 2);
  EXPECT_EQ(Eval(query, {"--k", "5"}).status, 2);
  EXPECT_EQ(Eval(query, {"--concurrency", "0"}).status, 2);
  EXPECT_EQ(Eval(query, {"--tag", ""}).status, 2);
  EXPECT_EQ(Eval(query, {"--run", "/nonexistent/run"}).status, 1);
}

}  // namespace
}  // namespace kbsearch::cli
