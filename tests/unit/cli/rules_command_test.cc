// kbsearch synonyms, curations and explain, against a fake server.
#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "tests/unit/cli/program_fixture.h"

namespace kbsearch::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class RulesCommandTest : public ProgramFixture {
 protected:
  RulesCommandTest() {
    server_.list_synonyms = [](const v1::ListSynonymsRequest& request,
                               v1::ListSynonymsResponse* response) {
      v1::Synonym* one = response->add_synonyms();
      one->add_from("σπασμένο");
      one->add_to("ελαττωματικό");
      one->set_one_way(true);
      v1::Synonym* two = response->add_synonyms();
      two->add_from("κινητό");
      two->add_from("τηλέφωνο " + request.language_code());
      return grpc::Status::OK;
    };
    server_.put_synonyms = [this](const v1::PutSynonymsRequest& request,
                                  v1::PutSynonymsResponse* response) {
      put_synonyms_ = request;
      *response->mutable_synonyms() = request.synonyms();
      return grpc::Status::OK;
    };
  }
  ~RulesCommandTest() override { std::filesystem::remove(file_); }

  void WriteInput(const std::string& content) {
    ASSERT_TRUE(WriteFileAtomically(file_, content).ok());
  }

  int Synonyms(const std::vector<std::string>& action) {
    std::vector<std::string> arguments = {"synonyms", "--corpus", "shop",
                                          "--language", "el"};
    arguments.insert(arguments.end(), action.begin(), action.end());
    return Run(arguments);
  }

  std::string file_ =
      testing::TempDir() + "/kbsearch-rules-" +
      testing::UnitTest::GetInstance()->current_test_info()->name();
  v1::PutSynonymsRequest put_synonyms_;
};

TEST_F(RulesCommandTest, SynonymsAreListedAsText) {
  EXPECT_EQ(Synonyms({"list"}), kExitDone);
  EXPECT_EQ(out(), "σπασμένο => ελαττωματικό\nκινητό, τηλέφωνο el\n");
}

TEST_F(RulesCommandTest, ExportsComeBackByImportInBothForms) {
  file_ += ".json";
  for (const char* ending : {".json", ".txt"}) {
    std::filesystem::remove(file_);
    file_ = std::filesystem::path(file_).replace_extension(ending);
    EXPECT_EQ(Synonyms({"export", file_}), kExitDone) << err();
    EXPECT_EQ(Synonyms({"import", file_}), kExitDone) << err();
    EXPECT_THAT(out(), HasSubstr("2 synonyms in el, in effect now"));
    EXPECT_EQ(put_synonyms_.corpus(), "shop");
    ASSERT_EQ(put_synonyms_.synonyms_size(), 2);
    EXPECT_THAT(put_synonyms_.synonyms(0).to(), ElementsAre("ελαττωματικό"));
    EXPECT_TRUE(put_synonyms_.synonyms(0).one_way());
    EXPECT_THAT(put_synonyms_.synonyms(1).from(),
                ElementsAre("κινητό", "τηλέφωνο el"));
  }
}

TEST_F(RulesCommandTest, ImportNamesTheLineThatIsWrong) {
  WriteInput("a, b\n\nc =>\n");
  EXPECT_EQ(Synonyms({"import", file_}), kExitFailed);
  EXPECT_THAT(err(), AllOf(HasSubstr(file_), HasSubstr("line 3: has nothing")));
  WriteInput("# x\na, b\nc, …\n");
  server_.put_synonyms = [](const v1::PutSynonymsRequest&,
                            v1::PutSynonymsResponse*) {
    google::rpc::BadRequest bad;
    auto* violation = bad.add_field_violations();
    violation->set_field("synonyms[1].from[1]");
    violation->set_description("holds no word");
    google::rpc::Status details;
    details.add_details()->PackFrom(bad);
    return grpc::Status(grpc::INVALID_ARGUMENT, "wrong",
                        details.SerializeAsString());
  };
  EXPECT_EQ(Synonyms({"import", file_}), kExitFailed);
  EXPECT_THAT(err(), HasSubstr("line 3: synonyms[1].from[1]: holds no word"));
  WriteInput("{\"synonyms\": [{\"form\": []}]}");
  EXPECT_EQ(Synonyms({"import", file_}), kExitFailed);
  EXPECT_THAT(err(), HasSubstr("form"));
  EXPECT_EQ(Synonyms({"import", file_ + ".missing"}), kExitFailed);
  EXPECT_THAT(err(), HasSubstr(".missing"));
}

// Each of them would have replaced all rules, or was told without its place.
TEST_F(RulesCommandTest, AnotherFormIsNamedWithFileLineAndWhatIsExpected) {
  bool put = false;
  server_.put_synonyms = [&](const v1::PutSynonymsRequest&,
                             v1::PutSynonymsResponse*) {
    put = true;
    return grpc::Status::OK;
  };
  server_.put_curations = [&](const v1::PutCurationsRequest&,
                              v1::PutCurationsResponse*) {
    put = true;
    return grpc::Status::OK;
  };
  struct Case {
    const char* content;
    const char* place;
    const char* what;
  };
  const Case kNoSynonyms[] = {
      {"[{\"from\": [\"a\"], \"to\": [\"b\"]}]\n", ":1: ", "a JSON list"},
      {"# ours\nsynonyms:\n- from: [a, b]\n", ":2: ", "this is YAML"},
      {"\n- from: [a, b]\n", ":2: ", "this is YAML"},
      {"---\n", ":1: ", "this is YAML"},
      {"{\n\"synonyms\": [\n {\"from\" [\"a\"]}]}",
       ":3: ", "no JSON from here"},
      {"{\"synonyms\": [\n {\"frm\": [\"a\"]}]}", ":2: ", "frm"},
      {"{\"curations\": []}", ":1: ", "holds \"curations\""},
      {"{}", ":1: ", "this is empty"},
  };
  for (const Case& c : kNoSynonyms) {
    WriteInput(c.content);
    EXPECT_EQ(Synonyms({"import", file_}), kExitFailed) << c.content;
    EXPECT_THAT(err(), AllOf(HasSubstr(file_ + c.place), HasSubstr(c.what),
                             HasSubstr("a, b => c"), HasSubstr("\"synonyms\"")))
        << c.content;
  }
  const Case kNoCurations[] = {
      {"curations:\n- query: refund\n", ":1: ", "this is YAML"},
      {"[]", ":1: ", "a JSON list"},
      {"query,pinned\nrefund,faq#1\n", ":1: ", "no JSON"},
      {"a, b => c\n", ":1: ", "no JSON"},
      {"", ":1: ", "no JSON"},
      {"{\"curations\": [\n\n{\"querry\": \"x\"}]}", ":3: ", "querry"},
      {"{\"synonyms\": []}", ":1: ", "holds \"synonyms\""},
  };
  for (const Case& c : kNoCurations) {
    WriteInput(c.content);
    EXPECT_EQ(Run({"curations", "--corpus", "shop", "import", file_}),
              kExitFailed)
        << c.content;
    EXPECT_THAT(err(), AllOf(HasSubstr(file_ + c.place), HasSubstr(c.what),
                             HasSubstr("{\"curations\": [")))
        << c.content;
  }
  EXPECT_FALSE(put);
}

TEST_F(RulesCommandTest, FilesInAnotherEncodingAreNamedWithTheLine) {
  WriteInput("κινητό, τηλέφωνο\n\xEA\xE9\xED\xE7\xF4\xFC => x\n");
  EXPECT_EQ(Synonyms({"import", file_}), kExitFailed);
  EXPECT_THAT(err(), HasSubstr(file_ + ": line 2 is not UTF-8"));
}

TEST_F(RulesCommandTest, StandardInputAndOutputAreFilesToo) {
  EXPECT_EQ(Synonyms({"export", "-"}), kExitDone);
  EXPECT_THAT(out(), HasSubstr("{\"from\":[\"σπασμένο\"],\"to\":"
                               "[\"ελαττωματικό\"],\"one_way\":true}"));
  input_ = "a => b\n";
  EXPECT_EQ(Synonyms({"import", "-"}), kExitDone);
  EXPECT_EQ(put_synonyms_.synonyms_size(), 1);
}

TEST_F(RulesCommandTest, WrongUsageIsTwo) {
  EXPECT_EQ(Synonyms({"import"}), kExitUsage);
  EXPECT_THAT(err(), HasSubstr("import needs a FILE"));
  EXPECT_EQ(Synonyms({"list", "x"}), kExitUsage);
  EXPECT_EQ(Synonyms({"remove"}), kExitUsage);
  EXPECT_EQ(Run({"synonyms", "--corpus", "shop", "list"}), kExitUsage);
  EXPECT_EQ(Run({"curations", "--corpus", "shop"}), kExitUsage);
  EXPECT_EQ(Run({"explain", "--corpus", "shop"}), kExitUsage);
}

TEST_F(RulesCommandTest, CurationsAreListedExportedAndImportedWithWarnings) {
  server_.list_curations = [](const v1::ListCurationsRequest&,
                              v1::ListCurationsResponse* response) {
    v1::Curation* curation = response->add_curations();
    curation->set_query("возврат денег");
    curation->set_language_code("ru");
    curation->add_pinned_article_ids("refund");
    curation->add_hidden_article_ids("forum#1");
    response->add_curations()->set_query("wifi");
    return grpc::Status::OK;
  };
  v1::PutCurationsRequest put;
  server_.put_curations = [&](const v1::PutCurationsRequest& request,
                              v1::PutCurationsResponse* response) {
    put = request;
    *response->mutable_curations() = request.curations();
    response->add_warnings("curations[0].pinned_article_ids[0]: no article");
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run({"curations", "--corpus", "shop", "list"}), kExitDone);
  EXPECT_THAT(
      out(),
      AllOf(HasSubstr("возврат денег [ru]"), HasSubstr("    pins refund"),
            HasSubstr("    hides forum#1"), HasSubstr("wifi [any language]")));
  EXPECT_EQ(Run({"curations", "--corpus", "shop", "export", file_}), kExitDone);
  EXPECT_EQ(Run({"curations", "--corpus", "shop", "import", file_}), kExitDone);
  EXPECT_THAT(err(), HasSubstr("warning: curations[0].pinned_article_ids[0]"));
  EXPECT_THAT(out(), HasSubstr("2 curations, in effect now"));
  ASSERT_EQ(put.curations_size(), 2);
  EXPECT_THAT(put.curations(0).pinned_article_ids(), ElementsAre("refund"));
}

TEST_F(RulesCommandTest, ExplainShowsStagesPartsAndReasons) {
  v1::ExplainRequest asked;
  server_.explain = [&](const v1::ExplainRequest& request,
                        v1::ExplainResponse* response) {
    asked = request;
    for (const auto& [name, detail] :
         {std::pair{"language", "el 0.98"}, std::pair{"words", "a = b"},
          std::pair{"words", "c = d"}}) {
      auto* stage = response->add_stages();
      stage->set_name(name);
      stage->set_detail(detail);
    }
    auto* found = response->add_candidates();
    found->mutable_hit()->set_title("Αλλαγή κωδικού");
    found->mutable_hit()->set_article_id("reset");
    found->mutable_hit()->set_language_code("el");
    found->mutable_hit()->set_score(3.25);
    found->set_rank(1);
    auto* part = found->add_parts();
    part->set_name("coverage");
    part->set_value(3.25);
    part->set_detail("1 × 3.25");
    auto* word = found->add_words();
    word->set_name("κωδικοσ");
    word->set_value(1.5);
    word->set_detail("word");
    auto* absent = response->add_candidates();
    absent->mutable_hit()->set_article_id("refund");
    absent->set_absent_because("no word in common");
    return grpc::Status::OK;
  };
  EXPECT_EQ(
      Run({"explain", "--corpus", "shop", "--language", "el", "--only", "el",
           "--article", "reset", "--as-portal", "τους", "κωδικούς"}),
      kExitDone)
      << err();
  EXPECT_EQ(out(),
            "language  el 0.98\n"
            "words     a = b\n"
            "          c = d\n"
            "\n"
            "1 Αλλαγή κωδικού [el]\n"
            "    reset · score 3.250\n"
            "    words found\n"
            "       1.500  κωδικοσ  word\n"
            "    score\n"
            "       3.250  coverage  1 × 3.25\n"
            "\n"
            "– refund\n"
            "    refund\n"
            "    Not shown: no word in common\n");
  EXPECT_EQ(asked.search().query(), "τους κωδικούς");
  EXPECT_THAT(asked.search().languages(), ElementsAre("el"));
  EXPECT_EQ(asked.search().page_size(), 5);
  EXPECT_EQ(asked.article_id(), "reset");
  EXPECT_EQ(asked.audience(), v1::AUDIENCE_PUBLIC);
}

TEST_F(RulesCommandTest, ExplainOfNothingSaysSo) {
  server_.explain = [](const v1::ExplainRequest&, v1::ExplainResponse*) {
    return grpc::Status::OK;
  };
  EXPECT_EQ(Run({"explain", "--corpus", "shop", "слово"}), kExitDone);
  EXPECT_THAT(out(), HasSubstr("No articles found."));
}

}  // namespace
}  // namespace kbsearch::cli
