#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/unit/cli/program_fixture.h"

namespace kbsearch::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class EvalCommandTest : public ProgramFixture {
 protected:
  std::string Path(const std::string& name) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    return testing::TempDir() + "cli_eval_" + test->name() + "_" + name;
  }

  std::string WriteQueries(const std::string& content) {
    std::ofstream(Path("queries")) << content;
    return Path("queries");
  }

  static std::string Read(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // `ids` in pages of two, in the language asked for.
  static grpc::Status Answer(const std::vector<std::string>& ids,
                             const v1::SearchRequest& request,
                             v1::SearchResponse* response) {
    const size_t begin =
        request.page_token().empty() ? 0 : std::stoul(request.page_token());
    for (size_t i = begin; i < begin + 2 && i < ids.size(); ++i) {
      v1::Hit* hit = response->add_hits();
      hit->set_article_id(ids[i]);
      hit->set_language_code(request.languages(0));
      hit->set_score(10.0 - static_cast<double>(i));
    }
    if (begin + 2 < ids.size()) {
      response->set_next_page_token(std::to_string(begin + 2));
    }
    return grpc::Status::OK;
  }
};

constexpr char kTwoQueries[] =
    R"({"id":"q-el","lang":"el","text":"κωδικός","relevant":["el:c"]})"
    "\n"
    R"({"id":"q-nl","lang":"nl","text":"wachtwoord","relevant":["a","faq"]})"
    "\n";

TEST_F(EvalCommandTest, ScoresPerLanguageAndWritesTheRun) {
  server_.search = [](const v1::SearchRequest& request,
                      v1::SearchResponse* response) {
    EXPECT_EQ(request.corpus(), "shop");
    EXPECT_EQ(request.page_size(), 100);
    EXPECT_THAT(request.languages(), ElementsAre(request.language_code()));
    return request.language_code() == "el"
               ? Answer({"a", "b", "c"}, request, response)
               : Answer({"faq#2", "faq#1", "b", "a"}, request, response);
  };
  ASSERT_EQ(Run({"eval", "--corpus", "shop", "--queries",
                 WriteQueries(kTwoQueries), "--mode", "search", "--run",
                 Path("run"), "--qrels", Path("qrels"), "--tag", "t"}),
            kExitDone)
      << err();
  // el: rank 3 → 1/3, 1/log2(4). nl: faq 1, b 2, a 3 → 1, 1.5/1.6309.
  EXPECT_EQ(out(),
            "language  queries     MRR@10    nDCG@10  Recall@10 Recall@100\n"
            "el              1     0.3333     0.5000     1.0000     1.0000\n"
            "nl              1     1.0000     0.9197     1.0000     1.0000\n"
            "mean            2     0.6667     0.7099     1.0000     1.0000\n");
  EXPECT_EQ(Read(Path("run")),
            "q-el Q0 el:a 1 10 t\n"
            "q-el Q0 el:b 2 9 t\n"
            "q-el Q0 el:c 3 8 t\n"
            "q-nl Q0 nl:faq 1 10 t\n"
            "q-nl Q0 nl:b 2 8 t\n"
            "q-nl Q0 nl:a 3 7 t\n");
  EXPECT_EQ(Read(Path("qrels")),
            "q-el 0 el:c 1\nq-nl 0 nl:a 1\nq-nl 0 nl:faq 1\n");
}

TEST_F(EvalCommandTest, JsonHoldsTheSameFigures) {
  server_.search = [](const v1::SearchRequest& request,
                      v1::SearchResponse* response) {
    return Answer({"x", "c", "a", "faq"}, request, response);
  };
  ASSERT_EQ(Run({"eval", "--json", "--corpus", "shop", "--queries",
                 WriteQueries(kTwoQueries)}),
            kExitDone);
  const auto report = nlohmann::json::parse(out());
  EXPECT_EQ(report["languages"]["el"]["queries"], 1);
  EXPECT_DOUBLE_EQ(report["languages"]["el"]["MRR@10"], 0.5);
  EXPECT_DOUBLE_EQ(report["languages"]["nl"]["MRR@10"], 1.0 / 3);
  EXPECT_DOUBLE_EQ(report["mean"]["Recall@100"], 1);
  EXPECT_TRUE(report["refused"].empty());
}

TEST_F(EvalCommandTest, DepthLimitsTheRankingAndThePaging) {
  int calls = 0;
  server_.search = [&](const v1::SearchRequest& request,
                       v1::SearchResponse* response) {
    ++calls;
    std::vector<std::string> ids;
    for (int i = 0; i < 50; ++i) ids.push_back(std::to_string(i));
    return Answer(ids, request, response);
  };
  ASSERT_EQ(
      Run({"eval", "--corpus", "shop", "--k", "11", "--concurrency", "1",
           "--run", Path("run"), "--queries",
           WriteQueries(
               R"({"id":"q","lang":"fr","text":"mot","relevant":["3"]})")}),
      kExitDone);
  EXPECT_EQ(calls, 6);
  const std::string run = Read(Path("run"));
  EXPECT_EQ(std::count(run.begin(), run.end(), '\n'), 11);
  EXPECT_THAT(out(), Not(HasSubstr("Recall@100")));
}

TEST_F(EvalCommandTest, BadLinesAreNamedAndNothingIsAsked) {
  server_.search = [](const v1::SearchRequest&, v1::SearchResponse*) {
    ADD_FAILURE() << "asked";
    return grpc::Status::OK;
  };
  const std::string path = WriteQueries(
      std::string(kTwoQueries) + "{oops\n{\"id\":\"q\"}\n{\"id\":1e999}\n");
  EXPECT_EQ(Run({"eval", "--corpus", "shop", "--queries", path}), kExitFailed);
  EXPECT_THAT(err(), AllOf(HasSubstr(path + ":3: not JSON"),
                           HasSubstr(path + ":4: \"lang\" is missing"),
                           HasSubstr(path + ":5: holds a number that is too"),
                           HasSubstr("3 of its lines")));
  EXPECT_EQ(Run({"eval", "--corpus", "shop", "--queries", "/nonexistent"}),
            kExitFailed);
  EXPECT_THAT(err(), HasSubstr("/nonexistent: cannot be read"));
}

TEST_F(EvalCommandTest, TriesAgainWhenTheServerIsOverloaded) {
  int calls = 0;
  server_.search = [&](const v1::SearchRequest& request,
                       v1::SearchResponse* response) {
    if (++calls <= 2) {
      return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "full");
    }
    return Answer({"c"}, request, response);
  };
  EXPECT_EQ(
      Run({"eval", "--corpus", "shop", "--queries", WriteQueries(kTwoQueries)}),
      kExitDone)
      << err();
  EXPECT_EQ(calls, 4);
}

TEST_F(EvalCommandTest, ARefusedQueryCountsAsNotFoundAndIsTold) {
  server_.search = [](const v1::SearchRequest& request,
                      v1::SearchResponse* response) {
    if (request.language_code() == "nl") {
      return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "too long");
    }
    return Answer({"c"}, request, response);
  };
  EXPECT_EQ(
      Run({"eval", "--corpus", "shop", "--queries", WriteQueries(kTwoQueries)}),
      kExitFailed);
  EXPECT_THAT(err(), AllOf(HasSubstr("query q-nl"), HasSubstr("too long")));
  EXPECT_THAT(out(), HasSubstr("mean            2     0.5000"));
}

TEST_F(EvalCommandTest, StopsWhenTheCorpusIsNotThere) {
  server_.search = [](const v1::SearchRequest&, v1::SearchResponse*) {
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "no corpus 'shop'");
  };
  EXPECT_EQ(Run({"eval", "--corpus", "shop", "--queries",
                 WriteQueries(kTwoQueries), "--run", Path("run")}),
            kExitFailed);
  EXPECT_THAT(err(), AllOf(HasSubstr("stopped at query q-"),
                           HasSubstr("no corpus 'shop'")));
  EXPECT_EQ(out(), "");
}

TEST_F(EvalCommandTest, SaysWhenTheRunCannotBeWritten) {
  server_.search = [](const v1::SearchRequest& request,
                      v1::SearchResponse* response) {
    return Answer({"c"}, request, response);
  };
  EXPECT_EQ(Run({"eval", "--corpus", "shop", "--queries",
                 WriteQueries(kTwoQueries), "--run", "/nonexistent/run"}),
            kExitFailed);
  EXPECT_THAT(err(), HasSubstr("/nonexistent/run: cannot be written"));
}

}  // namespace
}  // namespace kbsearch::cli
