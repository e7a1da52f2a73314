// Articles changed in a live corpus, and rebuilds, over gRPC.
#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <set>

#include "tests/integration/operations_fixture.h"

namespace kbsearch::testing {
namespace {

using server::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct Text {
  const char* language;
  const char* title;
  const char* query;  // another form of it
};
constexpr Text kTexts[] = {{"el", "Επιστροφή χρημάτων", "επιστροφές"},
                           {"en", "Returning purchases", "returned purchase"},
                           {"fr", "Remboursements", "remboursement"},
                           {"nl", "Terugbetalingen", "terugbetaling"},
                           {"ru", "Возврат денег", "возвраты"}};

class OperationsTest : public OperationsFixture {
 protected:
  // The judged query finds the article, or does not.
  std::string Lines(const std::string& word) const {
    std::string lines = Line("refund", "en", "Refund", "How to get a " + word);
    lines += Line("other", "en", "Delivery", "When parcels come");
    return lines;
  }
  // A program in the indexer's place.
  void UseIndexer(const std::string& script) {
    options_.reindexing.program = folder_ + "/indexer.sh";
    std::ofstream(options_.reindexing.program) << "#!/bin/sh\n" << script;
    std::filesystem::permissions(options_.reindexing.program,
                                 std::filesystem::perms::owner_all);
  }
};

TEST_F(OperationsTest, ArticlesArePutFoundAndDeletedInFiveLanguages) {
  Build(Line("old", "en", "Printer", "Printer"));
  StartReal();
  std::vector<v1::Article> articles;
  for (const Text& text : kTexts) {
    articles.push_back(Article("refund", text.language, text.title));
  }
  articles.push_back(Article("", "en", "No id"));
  articles.push_back(Article("klingon", "tlh", "Qapla'"));
  v1::UpsertArticlesResponse taken;
  const grpc::Status status = Upsert(articles, &taken);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(taken.results_size(), 7);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(taken.results(i).error(), "");
    EXPECT_EQ(taken.results(i).language_code(), kTexts[i].language);
  }
  EXPECT_THAT(taken.results(5).error(), HasSubstr("use 1 to 200 bytes"));
  EXPECT_THAT(taken.results(6).error(), HasSubstr("unknown language"));
  for (const Text& text : kTexts) {
    SCOPED_TRACE(text.language);
    EXPECT_TRUE(
        Eventually([&] { return !Ids(text.query, text.language).empty(); }));
    EXPECT_THAT(Ids(text.query, text.language), ElementsAre("refund"));
  }
  EXPECT_EQ(Corpus().applied_changes(), 5);
  EXPECT_EQ(Corpus().pending_changes(), 0);

  v1::DeleteArticlesRequest request;
  request.set_corpus("helpdesk");
  request.add_articles()->set_article_id("refund");
  request.mutable_articles(0)->set_language_code("el");
  request.add_articles()->set_article_id("nothing");
  v1::DeleteArticlesResponse deleted;
  ASSERT_TRUE(
      Call(&v1::AdminService::Stub::DeleteArticles, request, &deleted).ok());
  EXPECT_EQ(deleted.deleted(), 1);
  ASSERT_EQ(deleted.not_found_size(), 1);
  EXPECT_EQ(deleted.not_found(0).article_id(), "nothing");
  EXPECT_TRUE(Eventually([&] { return Ids("επιστροφές", "el").empty(); }));
  EXPECT_THAT(Ids("возвраты", "ru"), ElementsAre("refund"));
  request.mutable_articles(0)->clear_language_code();
  ASSERT_TRUE(
      Call(&v1::AdminService::Stub::DeleteArticles, request, &deleted).ok());
  EXPECT_EQ(deleted.deleted(), 4);
  EXPECT_TRUE(Eventually([&] { return Ids("возвраты", "ru").empty(); }));
}

TEST_F(OperationsTest, WhoMayNotOrErrsIsTold) {
  Build(Line("old", "en", "Printer", "Printer"));
  StartReal();
  v1::UpsertArticlesResponse response;
  const std::vector<v1::Article> one = {Article("a", "en", "Scanner")};
  EXPECT_EQ(Upsert(*admin_, tokens_[Role::kAgent], one, &response).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Upsert(*admin_, tokens_[Role::kOperator], one, &response, "")
                .error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Upsert(*admin_, tokens_[Role::kOperator], one, &response, "none")
                .error_code(),
            grpc::StatusCode::NOT_FOUND);
  v1::DeleteArticlesRequest request;
  request.set_corpus("helpdesk");
  request.add_articles()->set_article_id("a#1");
  v1::DeleteArticlesResponse deleted;
  const grpc::Status status =
      Call(&v1::AdminService::Stub::DeleteArticles, request, &deleted);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("articles[0].article_id"));
  v1::StartReindexRequest start;
  start.set_corpus("none");
  v1::StartReindexResponse started;
  EXPECT_EQ(
      Call(&v1::AdminService::Stub::StartReindex, start, &started).error_code(),
      grpc::StatusCode::NOT_FOUND);
  v1::GetReindexRequest get;
  get.set_reindex_id("helpdesk-1");
  v1::GetReindexResponse got;
  EXPECT_EQ(Call(&v1::AdminService::Stub::GetReindex, get, &got).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(OperationsTest, AReindexReadsTheLastSourcesAndKeepsWhatWasPushed) {
  Build(Lines("refund"));
  StartReal();
  v1::UpsertArticlesResponse taken;
  ASSERT_TRUE(Upsert({Article("pushed", "el", "Εγγύηση")}, &taken).ok());
  ASSERT_TRUE(
      WriteFileAtomically(
          source_, Lines("refund") + Line("late", "en", "Late", "Late parcels"))
          .ok());
  const v1::Reindex ended = End(Start());
  EXPECT_EQ(ended.state(), v1::Reindex::STATE_SUCCEEDED) << ended.error();
  EXPECT_EQ(ended.generation(), 2);
  EXPECT_EQ(ended.done(), 4);
  EXPECT_THAT(Ids("εγγυήσεις", "el"), ElementsAre("pushed"));
  EXPECT_THAT(Ids("late", "en"), ElementsAre("late"));
  const v1::Corpus corpus = Corpus();
  EXPECT_EQ(corpus.generation(), 2);
  EXPECT_EQ(corpus.applied_changes(), 0);
  EXPECT_THAT(corpus.earlier_generations(), ElementsAre(1));
  EXPECT_EQ(corpus.last_reindex().reindex_id(), ended.reindex_id());
  EXPECT_EQ(corpus.problem(), "");
  // And back: the pushed article stays.
  v1::RollbackCorpusRequest back;
  back.set_corpus("helpdesk");
  v1::RollbackCorpusResponse rolled;
  ASSERT_TRUE(
      Call(&v1::AdminService::Stub::RollbackCorpus, back, &rolled).ok());
  EXPECT_EQ(rolled.corpus().generation(), 1);
  EXPECT_THAT(Ids("εγγυήσεις", "el"), ElementsAre("pushed"));
  EXPECT_THAT(Ids("late", "en"), IsEmpty());
  const grpc::Status none =
      Call(&v1::AdminService::Stub::RollbackCorpus, back, &rolled);
  EXPECT_EQ(none.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(none.error_message(), HasSubstr("there are: 2"));
}

TEST_F(OperationsTest, OneReindexACorpusWhichCanBeCancelled) {
  Build(Lines("refund"));
  UseIndexer("exec sleep 60\n");
  StartReal();
  const v1::Reindex running = Start();
  v1::StartReindexRequest request;
  request.set_corpus("helpdesk");
  v1::StartReindexResponse response;
  const grpc::Status second =
      Call(&v1::AdminService::Stub::StartReindex, request, &response);
  EXPECT_EQ(second.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(second.error_message(), HasSubstr(running.reindex_id()));
  v1::CancelReindexRequest cancel;
  cancel.set_reindex_id(running.reindex_id());
  v1::CancelReindexResponse cancelled;
  ASSERT_TRUE(
      Call(&v1::AdminService::Stub::CancelReindex, cancel, &cancelled).ok());
  EXPECT_EQ(End(running).state(), v1::Reindex::STATE_CANCELLED);
  EXPECT_THAT(Ids("refunds", "en"), ElementsAre("refund"));
}

TEST_F(OperationsTest, ACrashOfTheIndexerIsAFailedOperation) {
  Build(Lines("refund"));
  UseIndexer("kill -SEGV $$\n");
  StartReal();
  const v1::Reindex ended = End(Start());
  EXPECT_EQ(ended.state(), v1::Reindex::STATE_FAILED);
  EXPECT_THAT(ended.error(), HasSubstr("died of signal 11"));
  EXPECT_THAT(Ids("refunds", "en"), ElementsAre("refund"));
  EXPECT_EQ(Corpus().generation(), 1);
  // What the next server knows of it.
  server_.reset();
  StartReal();
  EXPECT_EQ(Corpus().last_reindex().state(), v1::Reindex::STATE_FAILED);
}

TEST_F(OperationsTest, AReindexWhoseSourcesAreGoneSaysSo) {
  Build(Lines("refund"));
  std::filesystem::remove(source_);
  StartReal();
  const v1::Reindex ended = End(Start());
  EXPECT_EQ(ended.state(), v1::Reindex::STATE_FAILED);
  EXPECT_THAT(ended.error(), HasSubstr("/articles.jsonl: No such file"));
  EXPECT_THAT(Ids("refunds", "en"), ElementsAre("refund"));
}

TEST_F(OperationsTest, TheGateStopsAGenerationThatFindsLess) {
  Build(Lines("refund") + Line("b", "en", "Shipping", "Refund of shipping"));
  ASSERT_TRUE(WriteFileAtomically(
                  data_ + "/corpora/helpdesk/judgements.jsonl",
                  "{\"id\":\"q1\",\"lang\":\"en\",\"text\":\"get a refund\","
                  "\"relevant\":[\"en:refund\"]}\n"
                  "{\"id\":\"q2\",\"lang\":\"en\",\"text\":\"parcels\","
                  "\"relevant\":[\"other\"]}\n")
                  .ok());
  ASSERT_TRUE(
      WriteFileAtomically(
          source_, Line("refund", "en", "Something else", "Nothing of it") +
                       Line("other", "en", "Delivery", "When parcels come"))
          .ok());
  StartReal();
  v1::Reindex ended = End(Start());
  EXPECT_EQ(ended.state(), v1::Reindex::STATE_FAILED);
  EXPECT_THAT(ended.error(), HasSubstr("did not pass the gate"));
  ASSERT_TRUE(ended.has_gate());
  EXPECT_FALSE(ended.gate().passed());
  ASSERT_EQ(ended.gate().measures_size(), 1);
  EXPECT_EQ(ended.gate().measures(0).queries(), 2);
  EXPECT_EQ(ended.gate().measures(0).ndcg_before(), 1);
  EXPECT_EQ(ended.gate().measures(0).ndcg_after(), 0.5);
  ASSERT_EQ(ended.gate().changes_size(), 1);
  EXPECT_EQ(ended.gate().changes(0).query_id(), "q1");
  EXPECT_EQ(ended.gate().changes(0).rank_before(), 1);
  EXPECT_EQ(ended.gate().changes(0).rank_after(), 0);
  EXPECT_EQ(Corpus().generation(), 1);
  EXPECT_THAT(Corpus().earlier_generations(), IsEmpty());
  ended = End(Start([](auto* request) { request->set_force(true); }));
  EXPECT_EQ(ended.state(), v1::Reindex::STATE_SUCCEEDED) << ended.error();
  EXPECT_FALSE(ended.gate().passed());
  EXPECT_GT(Corpus().generation(), 1);
}

TEST_F(OperationsTest, ManyChangesAreBuiltIntoANewGeneration) {
  Build(Lines("refund"));
  options_.reindexing.merge_after = 3;
  StartReal();
  v1::UpsertArticlesResponse taken;
  ASSERT_TRUE(Upsert({Article("a", "nl", "Factuur"), Article("b", "nl", "Bon"),
                      Article("c", "nl", "Korting")},
                     &taken)
                  .ok());
  EXPECT_TRUE(Eventually([&] { return Corpus().generation() == 2; }));
  EXPECT_EQ(Corpus().applied_changes(), 0);
  EXPECT_THAT(Ids("facturen", "nl"), ElementsAre("a"));
  EXPECT_THAT(Ids("refunds", "en"), ElementsAre("refund"));
}

TEST_F(OperationsTest, AnAnswerIsOfOneGeneration) {
  const auto lines = [](const std::string& mark) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      text += Line("a" + std::to_string(i), "en", "Common " + mark,
                   "common words of " + mark);
    }
    return text;
  };
  const bool soak = getenv("KBSEARCH_SOAK") != nullptr;
  Build(lines("one"));
  StartReal();
  std::atomic<bool> stop{false};
  std::atomic<int> answers{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      v1::SearchRequest request = SearchRequest("common");
      request.set_page_size(100);
      std::map<int64_t, std::string> mark_of;
      while (!stop) {
        v1::SearchResponse response;
        const grpc::Status status =
            Search(request, &response, tokens_[Role::kPortal]);
        ASSERT_TRUE(status.ok()) << status.error_message();
        ASSERT_EQ(response.hits_size(), 40);
        std::set<std::string> titles;
        for (const auto& hit : response.hits()) titles.insert(hit.title());
        ASSERT_EQ(titles.size(), 1u);
        const auto [known, is_new] =
            mark_of.emplace(response.generation(), *titles.begin());
        ASSERT_EQ(known->second, *titles.begin());
        ++answers;
      }
    });
  }
  for (int build = 0; build < (soak ? 20 : 3); ++build) {
    ASSERT_TRUE(
        WriteFileAtomically(source_, lines(build % 2 == 0 ? "two" : "one"))
            .ok());
    const v1::Reindex ended = End(Start());
    EXPECT_EQ(ended.state(), v1::Reindex::STATE_SUCCEEDED) << ended.error();
  }
  stop = true;
  for (std::thread& client : clients) client.join();
  EXPECT_GT(answers, 10);
}

TEST_F(OperationsTest, ExportAndBuildGiveTheSame) {
  std::string lines;
  for (const Text& text : kTexts) {
    lines += Line("a", text.language, text.title,
                  std::string(text.title) + ".\\n\\n- x\\n- y");
  }
  Build(lines);
  v1::UpsertArticlesResponse taken;
  StartReal();
  v1::Article faq = Article("faq", "ru", "Вопросы");
  faq.mutable_blocks(0)->set_anchor("top");
  faq.add_entries()->set_question("Как вернуть «товар»?");
  faq.mutable_entries(0)->set_answer("Просто.\nПришлите его.");
  faq.add_tags("возврат");
  faq.set_url("https://example.org/faq?a=1&b=2");
  faq.mutable_updated_at()->set_seconds(1769853600);
  faq.set_audience(v1::AUDIENCE_AGENT);
  ASSERT_TRUE(Upsert({faq}, &taken).ok());
  const std::string exported = folder_ + "/exported.jsonl";
  Indexer({"export", "--output", exported});
  Program(KBSEARCH_INDEXER_PROGRAM,
          {"build", "--data", folder_ + "/again", "--corpus", "helpdesk",
           "--source", exported})
      .Finish(0);
  const std::string again =
      Program(KBSEARCH_INDEXER_PROGRAM,
              {"export", "--data", folder_ + "/again", "--corpus", "helpdesk"})
          .Finish(0);
  const auto first = ReadFile(exported);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(*first, again);
  EXPECT_THAT(*first, HasSubstr("Пришлите его."));
  EXPECT_EQ(std::count(first->begin(), first->end(), '\n'), 6);
}

}  // namespace
}  // namespace kbsearch::testing
