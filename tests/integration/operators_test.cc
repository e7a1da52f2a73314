// What operators set, over gRPC: synonyms, curations, explanations, on a real
// index in five languages.
#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "engine/generations/generation_builder.h"
#include "engine/operators/rule_files.h"
#include "tests/integration/server_fixture.h"

namespace kbsearch::testing {
namespace {

using server::Role;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Text {
  const char* language;
  const char* company;   // title, in the company's words
  const char* customer;  // what customers say for it
  const char* word;      // the company's word for that
  const char* hours;     // title of another article
};

constexpr Text kTexts[] = {
    {"el", "Ελαττωματικά προϊόντα", "χαλασμένα", "ελαττωματικό",
     "Ώρες λειτουργίας"},
    {"fr", "Produits défectueux", "abîmés", "défectueux",
     "Horaires d'ouverture"},
    {"nl", "Defecte producten", "stuk", "defect", "Openingstijden"},
    {"ru", "Неисправные товары", "поломанные", "неисправный", "Часы работы"},
    {"en", "Faulty products", "broken", "faulty", "Opening hours"},
};

class OperatorCallsTest : public ServerFixture {
 protected:
  OperatorCallsTest()
      : data_(::testing::TempDir() + "/kbsearch-operators-" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(data_);
  }
  ~OperatorCallsTest() override {
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
    engine::GenerationBuilder::Options options;
    options.data_dir = data_;
    options.corpus = "helpdesk";
    options.jobs = 1;
    options.reanalyze = true;  // a build without a change would be none
    auto builder = engine::GenerationBuilder::Create(options, registry_);
    ASSERT_TRUE(builder.ok()) << builder.status();
    for (const Text& text : kTexts) {
      for (const auto& [id, title, audience] :
           {std::tuple{"faulty", text.company, engine::Audience::kPublic},
            std::tuple{"hours", text.hours, engine::Audience::kPublic},
            std::tuple{"sop", text.hours, engine::Audience::kAgent}}) {
        engine::Article article;
        article.id = id;
        article.language = text.language;
        article.title = title;
        article.audience = audience;
        article.blocks = {{engine::BlockKind::kParagraph, 0, title, ""}};
        ASSERT_TRUE((*builder)->Add(article).ok());
      }
    }
    const auto stats = (*builder)->Publish();
    ASSERT_TRUE(stats.ok()) << stats.status();
  }

  // Calls `method` of the admin service as `role`.
  template <class Request, class Response>
  grpc::Status Call(grpc::Status (v1::AdminService::Stub::*method)(
                        grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response,
                    Role role = Role::kOperator) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[role]);
    return (admin_.get()->*method)(&context, request, response);
  }

  std::vector<std::string> Ids(const std::string& query,
                               const std::string& language,
                               Role role = Role::kPortal) {
    v1::SearchRequest request = SearchRequest(query);
    request.set_language_code(language);
    request.add_languages(language);
    v1::SearchResponse response;
    const grpc::Status status = Search(request, &response, tokens_[role]);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<std::string> ids;
    for (const auto& hit : response.hits()) ids.push_back(hit.article_id());
    return ids;
  }

  static v1::PutSynonymsRequest OneWay(const Text& text) {
    v1::PutSynonymsRequest request;
    request.set_corpus("helpdesk");
    request.set_language_code(text.language);
    v1::Synonym* synonym = request.add_synonyms();
    synonym->add_from(text.customer);
    synonym->add_to(text.word);
    synonym->set_one_way(true);
    return request;
  }

  using Admin = v1::AdminService::Stub;
  const std::string data_;
  std::shared_ptr<const analyzers::Registry> registry_;
};

TEST_F(OperatorCallsTest, SynonymsWorkAtOnceAndOutliveARebuild) {
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    EXPECT_THAT(Ids(text.customer, text.language), IsEmpty());
    v1::PutSynonymsResponse put;
    const grpc::Status status = Call(&Admin::PutSynonyms, OneWay(text), &put);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(put.synonyms_size(), 1);
    EXPECT_THAT(Ids(text.customer, text.language), ElementsAre("faulty"));
    v1::ListSynonymsRequest request;
    request.set_corpus("helpdesk");
    request.set_language_code(text.language);
    v1::ListSynonymsResponse list;
    ASSERT_TRUE(Call(&Admin::ListSynonyms, request, &list).ok());
    ASSERT_EQ(list.synonyms_size(), 1);
    EXPECT_EQ(list.synonyms(0).from(0), text.customer);
    EXPECT_EQ(list.synonyms(0).to(0), text.word);
    EXPECT_TRUE(list.synonyms(0).one_way());
  }
  Build();
  v1::SearchResponse response;
  for (int i = 0; i < 200 && response.generation() != 2; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ASSERT_TRUE(
        Search(SearchRequest("hours"), &response, tokens_[Role::kPortal]).ok());
  }
  ASSERT_EQ(response.generation(), 2);
  for (const Text& text : kTexts) {
    EXPECT_THAT(Ids(text.customer, text.language), ElementsAre("faulty"));
  }
}

TEST_F(OperatorCallsTest, AFileEditedOnDiskTakesEffectWhileServing) {
  const auto written = WriteFileAtomically(
      engine::SynonymFile(data_, "helpdesk", "ru"),
      engine::FormatSynonyms({{{"поломанный"}, {"неисправный"}, true}}));
  ASSERT_TRUE(written.ok()) << written;
  std::vector<std::string> ids;
  for (int i = 0; i < 200 && ids.empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ids = Ids("поломанные", "ru");
  }
  EXPECT_THAT(ids, ElementsAre("faulty"));
}

TEST_F(OperatorCallsTest, CurationsPinAndHideAndInternalArticlesStayInternal) {
  v1::PutCurationsRequest request;
  request.set_corpus("helpdesk");
  for (const Text& text : kTexts) {
    v1::Curation* curation = request.add_curations();
    curation->set_query(text.customer);
    curation->set_language_code(text.language);
    for (const char* id : {"sop", "hours", "nowhere", "hours#3"}) {
      curation->add_pinned_article_ids(id);
    }
    curation->add_hidden_article_ids("faulty");
  }
  v1::PutCurationsResponse response;
  const grpc::Status status = Call(&Admin::PutCurations, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.warnings_size(), 15);
  EXPECT_THAT(response.warnings(0),
              HasSubstr("curations[0].pinned_article_ids[0]: \"sop\" is "
                        "internal: portals never see it"));
  EXPECT_THAT(response.warnings(1), HasSubstr("no article \"nowhere\""));
  EXPECT_THAT(response.warnings(2), HasSubstr("no article \"hours#3\""));
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    EXPECT_THAT(Ids(text.customer, text.language), ElementsAre("hours"));
    EXPECT_THAT(Ids(text.customer, text.language, Role::kAgent),
                ElementsAre("sop", "hours"));
  }
  v1::ListCurationsRequest list_request;
  list_request.set_corpus("helpdesk");
  v1::ListCurationsResponse list;
  ASSERT_TRUE(Call(&Admin::ListCurations, list_request, &list).ok());
  ASSERT_EQ(list.curations_size(), 5);
  EXPECT_EQ(list.curations(0).query(), kTexts[0].customer);
  v1::SearchRequest search = SearchRequest(kTexts[0].customer);
  search.set_language_code("el");
  v1::SearchResponse found;
  ASSERT_TRUE(Search(search, &found, tokens_[Role::kPortal]).ok());
  ASSERT_GE(found.hits_size(), 1);
  EXPECT_TRUE(found.hits(0).pinned());
}

TEST_F(OperatorCallsTest, ExplainTellsStagesPartsAndAbsence) {
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    v1::PutSynonymsResponse put;
    ASSERT_TRUE(Call(&Admin::PutSynonyms, OneWay(text), &put).ok());
    v1::ExplainRequest request;
    request.mutable_search()->set_corpus("helpdesk");
    request.mutable_search()->set_query(text.customer);
    request.mutable_search()->add_languages(text.language);
    v1::ExplainResponse response;
    ASSERT_TRUE(Call(&Admin::Explain, request, &response).ok());
    std::vector<std::string> stages;
    for (const auto& stage : response.stages()) stages.push_back(stage.name());
    EXPECT_THAT(stages, Contains("language"));
    EXPECT_THAT(stages, Contains("words"));
    EXPECT_THAT(stages, Contains("synonyms"));
    ASSERT_EQ(response.candidates_size(), 1);
    EXPECT_EQ(response.candidates(0).hit().article_id(), "faulty");
    EXPECT_EQ(response.candidates(0).rank(), 1);
    ASSERT_GE(response.candidates(0).parts_size(), 1);
    EXPECT_GT(response.candidates(0).parts(0).value(), 0);

    request.set_article_id("sop");
    response.Clear();
    ASSERT_TRUE(Call(&Admin::Explain, request, &response).ok());
    EXPECT_THAT(response.candidates(0).absent_because(),
                HasSubstr("no word in common"));
    request.set_audience(v1::AUDIENCE_PUBLIC);
    ASSERT_TRUE(Call(&Admin::Explain, request, &response).ok());
    EXPECT_THAT(response.candidates(0).absent_because(), HasSubstr("internal"));
  }
}

TEST_F(OperatorCallsTest, WrongEntriesAreNamedInTheDetails) {
  v1::PutSynonymsRequest request = OneWay(kTexts[0]);
  request.add_synonyms()->add_from("?");
  v1::PutSynonymsResponse response;
  const grpc::Status status = Call(&Admin::PutSynonyms, request, &response);
  EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT);
  google::rpc::Status details;
  google::rpc::BadRequest violations;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  ASSERT_EQ(details.details_size(), 1);
  ASSERT_TRUE(details.details(0).UnpackTo(&violations));
  ASSERT_EQ(violations.field_violations_size(), 1);
  EXPECT_EQ(violations.field_violations(0).field(), "synonyms[1]");
  EXPECT_THAT(Ids(kTexts[0].customer, "el"), IsEmpty());
}

TEST_F(OperatorCallsTest, OnlyOperatorsMayAndOnlyForCorporaThatAreThere) {
  v1::PutSynonymsRequest synonyms = OneWay(kTexts[0]);
  v1::PutCurationsRequest curations;
  curations.set_corpus("helpdesk");
  v1::ListSynonymsRequest list_synonyms;
  list_synonyms.set_corpus("helpdesk");
  list_synonyms.set_language_code("el");
  v1::ListCurationsRequest list_curations;
  list_curations.set_corpus("helpdesk");
  v1::ExplainRequest explain;
  explain.mutable_search()->set_corpus("helpdesk");
  explain.mutable_search()->set_query("hours");
  const auto codes = [&](Role role) {
    v1::PutSynonymsResponse a;
    v1::PutCurationsResponse b;
    v1::ListSynonymsResponse c;
    v1::ListCurationsResponse d;
    v1::ExplainResponse e;
    return std::vector<grpc::StatusCode>{
        Call(&Admin::PutSynonyms, synonyms, &a, role).error_code(),
        Call(&Admin::PutCurations, curations, &b, role).error_code(),
        Call(&Admin::ListSynonyms, list_synonyms, &c, role).error_code(),
        Call(&Admin::ListCurations, list_curations, &d, role).error_code(),
        Call(&Admin::Explain, explain, &e, role).error_code()};
  };
  EXPECT_THAT(codes(Role::kPortal), ::testing::Each(grpc::PERMISSION_DENIED));
  EXPECT_THAT(codes(Role::kAgent), ::testing::Each(grpc::PERMISSION_DENIED));
  EXPECT_THAT(codes(Role::kOperator), ::testing::Each(grpc::OK));
  for (const char* corpus : {"nowhere", "../helpdesk"}) {
    synonyms.set_corpus(corpus);
    curations.set_corpus(corpus);
    list_synonyms.set_corpus(corpus);
    list_curations.set_corpus(corpus);
    explain.mutable_search()->set_corpus(corpus);
    EXPECT_THAT(codes(Role::kOperator), ::testing::Each(grpc::NOT_FOUND));
  }
}

}  // namespace
}  // namespace kbsearch::testing
