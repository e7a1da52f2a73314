// Calls over real gRPC, the engine being a mock.
#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/generic/generic_stub.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/server_fixture.h"

namespace kbsearch::testing {
namespace {

using ::testing::_;
using ::testing::AllOf;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Invoke;
using ::testing::Not;
using ::testing::Return;

constexpr auto kPatience = std::chrono::seconds(10);

class CallsTest : public ServerFixture {};

engine::Article ArticleIn(const std::string& language) {
  engine::Article article;
  article.id = "vpn";
  article.language = language;
  article.title = "VPN (" + language + ")";
  article.url = "https://example.com/" + language;
  return article;
}

TEST_F(CallsTest, SearchInFiveLanguages) {
  Start();
  const struct {
    const char* language;
    const char* query;
  } kCases[] = {{"el", "ΚΩΔΙΚΟΣ"},
                {"fr", "mot de passe oublié"},
                {"nl", "wachtwoord vergeten"},
                {"ru", "возврат денег"},
                {"en", "refund"}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.language);
    engine::SearchResult result;
    result.hits.resize(1);
    result.hits[0].title = c.query;
    result.generation = 7;
    EXPECT_CALL(library_->searcher(),
                Search(AllOf(Field(&engine::SearchQuery::text, c.query),
                             Field(&engine::SearchQuery::language, c.language),
                             Field(&engine::SearchQuery::audience,
                                   engine::Audience::kPublic))))
        .WillOnce(Return(result));
    v1::SearchRequest request = SearchRequest(c.query);
    request.set_language_code(c.language);
    v1::SearchResponse response;
    const grpc::Status status = Search(request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_EQ(response.hits_size(), 1);
    EXPECT_EQ(response.hits(0).title(), c.query);
    EXPECT_EQ(response.generation(), 7);
    EXPECT_FALSE(response.search_id().empty());
  }
}

TEST_F(CallsTest, BadRequestsNameTheirFields) {
  Start();
  EXPECT_CALL(library_->searcher(), Search(_)).Times(0);
  v1::SearchRequest request = SearchRequest(std::string(100000, 'q'));
  request.set_page_size(-3);
  v1::SearchResponse response;
  const grpc::Status status = Search(request, &response);
  EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), Not(HasSubstr("qqq")));
  google::rpc::Status wire;
  ASSERT_TRUE(wire.ParseFromString(status.error_details()));
  google::rpc::BadRequest details;
  ASSERT_EQ(wire.details_size(), 1);
  ASSERT_TRUE(wire.details(0).UnpackTo(&details));
  ASSERT_EQ(details.field_violations_size(), 2);
  EXPECT_EQ(details.field_violations(0).field(), "query");
  EXPECT_EQ(details.field_violations(1).field(), "page_size");
}

TEST_F(CallsTest, ABrokenPageTokenIsAFieldOfTheRequest) {
  Start();
  EXPECT_CALL(library_->searcher(), Search(_))
      .WillOnce(Return(absl::InvalidArgumentError("is damaged")));
  v1::SearchRequest request = SearchRequest("vpn");
  request.set_page_token("???");
  v1::SearchResponse response;
  const grpc::Status status = Search(request, &response);
  EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "page_token: is damaged");
  EXPECT_FALSE(status.error_details().empty());
}

TEST_F(CallsTest, EngineErrorsKeepTheirCodes) {
  Start();
  const struct {
    absl::Status engine;
    grpc::StatusCode code;
    bool text_is_shown;
  } kCases[] = {
      {absl::NotFoundError("detail"), grpc::NOT_FOUND, true},
      {absl::UnavailableError("detail"), grpc::UNAVAILABLE, true},
      {absl::DeadlineExceededError("detail"), grpc::DEADLINE_EXCEEDED, true},
      {absl::DataLossError("detail"), grpc::DATA_LOSS, false},
      {absl::InternalError("detail"), grpc::INTERNAL, false},
  };
  for (const auto& c : kCases) {
    EXPECT_CALL(library_->searcher(), Search(_)).WillOnce(Return(c.engine));
    v1::SearchResponse response;
    const grpc::Status status = Search(SearchRequest("vpn"), &response);
    EXPECT_EQ(status.error_code(), c.code);
    EXPECT_EQ(status.error_message() == "detail", c.text_is_shown);
  }
}

TEST_F(CallsTest, AnExceptionInOneCallDoesNotEndTheServer) {
  Start();
  EXPECT_CALL(library_->searcher(), Search(_))
      .WillOnce(Invoke([](const engine::SearchQuery&)
                           -> absl::StatusOr<engine::SearchResult> {
        throw std::bad_alloc();
      }))
      .WillOnce(Return(engine::SearchResult()));
  v1::SearchResponse response;
  EXPECT_EQ(Search(SearchRequest("a"), &response).error_code(), grpc::INTERNAL);
  EXPECT_TRUE(Search(SearchRequest("b"), &response).ok());
}

TEST_F(CallsTest, TextThatIsNotUtf8IsAnInvalidArgument) {
  Start();
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  const grpc::Slice slice("\x0a\x01h\x12\x01\xff");  // corpus "h", query \xff
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, "/kbsearch.v1.SearchService/Search",
                 grpc::StubOptions(), &request, &response,
                 [&](const grpc::Status& status) { done.set_value(status); });
  EXPECT_EQ(done.get_future().get().error_code(), grpc::INVALID_ARGUMENT);
}

TEST_F(CallsTest, MessagesAboveFourMegabytesAreRefused) {
  Start();
  v1::SearchResponse response;
  EXPECT_EQ(
      Search(SearchRequest(std::string(5 << 20, 'q')), &response).error_code(),
      grpc::RESOURCE_EXHAUSTED);
}

TEST_F(CallsTest, Autocomplete) {
  Start();
  engine::AutocompleteResult result;
  result.completions.resize(1);
  result.completions[0].text = "возврат денег";
  result.completions[0].spans = {{"возв", false}, {"рат денег", true}};
  result.hits.resize(1);
  result.hits[0].article_id = "refund";
  EXPECT_CALL(library_->searcher(),
              Autocomplete(Field(&engine::AutocompleteQuery::prefix, "возв")))
      .WillOnce(Return(result));
  v1::AutocompleteRequest request;
  request.set_corpus("helpdesk");
  request.set_prefix("возв");
  v1::AutocompleteResponse response;
  grpc::ClientContext context;
  ASSERT_TRUE(search_->Autocomplete(&context, request, &response).ok());
  ASSERT_EQ(response.completions_size(), 1);
  EXPECT_EQ(response.completions(0).spans(1).text(), "рат денег");
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_EQ(response.hits(0).article_id(), "refund");
}

TEST_F(CallsTest, AnEmptyPrefixGivesNoCompletions) {
  Start();
  EXPECT_CALL(library_->searcher(), Autocomplete(_)).Times(0);
  for (const auto& [corpus, code] :
       {std::pair<const char*, grpc::StatusCode>{"helpdesk", grpc::OK},
        {"nowhere", grpc::NOT_FOUND}}) {
    v1::AutocompleteRequest request;
    request.set_corpus(corpus);
    v1::AutocompleteResponse response;
    grpc::ClientContext context;
    EXPECT_EQ(search_->Autocomplete(&context, request, &response).error_code(),
              code);
    EXPECT_EQ(response.completions_size(), 0);
  }
}

TEST_F(CallsTest, GetArticleListsItsTranslations) {
  Start();
  EXPECT_CALL(library_->searcher(), GetArticle("helpdesk", "vpn#1", "nl", _, _))
      .WillOnce(Invoke(
          [](auto&, auto&, auto&, auto, std::vector<std::string>* languages) {
            *languages = {"el", "nl", "ru"};
            return ArticleIn("nl");
          }));
  EXPECT_CALL(library_->searcher(), GetArticle("helpdesk", "vpn", "el", _, _))
      .WillOnce(Return(ArticleIn("el")));
  EXPECT_CALL(library_->searcher(), GetArticle("helpdesk", "vpn", "ru", _, _))
      .WillOnce(Return(absl::NotFoundError("gone")));
  v1::GetArticleRequest request;
  request.set_corpus("helpdesk");
  request.set_article_id("vpn#1");
  request.set_language_code("nl-BE");
  v1::GetArticleResponse response;
  grpc::ClientContext context;
  ASSERT_TRUE(search_->GetArticle(&context, request, &response).ok());
  EXPECT_EQ(response.article().title(), "VPN (nl)");
  ASSERT_EQ(response.article().translations_size(), 1);
  EXPECT_EQ(response.article().translations(0).language_code(), "el");
  EXPECT_EQ(response.article().translations(0).title(), "VPN (el)");
  EXPECT_EQ(response.article().translations(0).url(), "https://example.com/el");
}

TEST_F(CallsTest, TheDeadlineReachesTheEngine) {
  options_.max_request_time = std::chrono::seconds(5);
  Start();
  std::vector<double> seconds;
  EXPECT_CALL(library_->searcher(), Search(_))
      .Times(2)
      .WillRepeatedly(Invoke([&](const engine::SearchQuery& query) {
        seconds.push_back(std::chrono::duration<double>(
                              query.deadline - std::chrono::steady_clock::now())
                              .count());
        return engine::SearchResult();
      }));
  v1::SearchResponse response;
  EXPECT_TRUE(Search(SearchRequest("a"), &response).ok());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(2));
  EXPECT_TRUE(search_->Search(&context, SearchRequest("b"), &response).ok());
  ASSERT_EQ(seconds.size(), 2u);
  EXPECT_LE(seconds[0], 5.0);
  EXPECT_GT(seconds[0], 2.5);
  EXPECT_LE(seconds[1], 2.1);  // gRPC rounds timeouts up on the wire
  EXPECT_GT(seconds[1], 0.0);
}

// A searcher that holds the workers until it is released.
class Gate {
 public:
  absl::StatusOr<engine::SearchResult> Wait() {
    ++inside_;
    open_.wait();
    return engine::SearchResult();
  }
  void Open() { opener_.set_value(); }
  void WaitUntilInside(int count) {
    while (inside_ < count) std::this_thread::yield();
  }

 private:
  std::promise<void> opener_;
  std::shared_future<void> open_ = opener_.get_future().share();
  std::atomic<int> inside_{0};
};

TEST_F(CallsTest, OverloadIsRefusedAtOnceAndLateRequestsAreDropped) {
  options_.workers = 1;
  options_.queue_limit = 1;
  Start();
  Gate gate;
  std::atomic<int> searched{0};
  EXPECT_CALL(library_->searcher(), Search(_))
      .WillRepeatedly(Invoke([&](const engine::SearchQuery&) {
        ++searched;
        return gate.Wait();
      }));
  const auto call = [this](std::chrono::milliseconds timeout) {
    return std::async(std::launch::async, [this, timeout] {
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + timeout);
      v1::SearchResponse response;
      return search_->Search(&context, SearchRequest("vpn"), &response)
          .error_code();
    });
  };
  auto running = call(kPatience);
  gate.WaitUntilInside(1);
  // The first to arrive takes the one place in the queue, gives up waiting and
  // leaves it taken; whoever comes then is refused at once.
  bool gave_up = false;
  grpc::StatusCode code = grpc::OK;
  for (int i = 0; i < 100 && code != grpc::RESOURCE_EXHAUSTED; ++i) {
    code = call(std::chrono::milliseconds(50)).get();
    gave_up = gave_up || code == grpc::DEADLINE_EXCEEDED;
  }
  EXPECT_TRUE(gave_up);
  EXPECT_EQ(code, grpc::RESOURCE_EXHAUSTED);
  gate.Open();
  EXPECT_EQ(running.get(), grpc::OK);
  // The place is free once the worker has seen that nobody waits for the
  // answer.
  do {
    code = call(kPatience).get();
  } while (code == grpc::RESOURCE_EXHAUSTED);
  EXPECT_EQ(code, grpc::OK);
  EXPECT_EQ(searched, 2);  // what was late never reached the engine
}

TEST_F(CallsTest, TheRequestIdComesBack) {
  Start();
  ON_CALL(library_->searcher(), Search(_))
      .WillByDefault(Return(engine::SearchResult()));
  const struct {
    const char* sent;
    bool kept;
  } kCases[] = {{"trace-1.A", true}, {"a b", false}, {nullptr, false}};
  for (const auto& c : kCases) {
    grpc::ClientContext context;
    if (c.sent != nullptr) context.AddMetadata("x-request-id", c.sent);
    v1::SearchResponse response;
    ASSERT_TRUE(
        search_->Search(&context, SearchRequest("vpn"), &response).ok());
    const auto& trailing = context.GetServerTrailingMetadata();
    const auto id = trailing.find("x-request-id");
    ASSERT_NE(id, trailing.end());
    const std::string value(id->second.data(), id->second.size());
    EXPECT_FALSE(value.empty());
    if (c.sent != nullptr) {
      EXPECT_EQ(value == c.sent, c.kept);
    }
  }
}

}  // namespace
}  // namespace kbsearch::testing
