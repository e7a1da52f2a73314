// Events from the call to the figures, over real gRPC and a real index.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/events/event_recorder.h"
#include "server/events/event_store.h"
#include "tests/integration/program.h"
#include "tests/integration/real_index_fixture.h"

namespace kbsearch::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

engine::Article Article(const std::string& id, const std::string& language,
                        const std::string& title, const std::string& text) {
  engine::Article article;
  article.id = id;
  article.language = language;
  article.title = title;
  engine::Block block;
  block.text = text;
  article.blocks = {block};
  return article;
}

class EventsTest : public RealIndexFixture {
 protected:
  void BuildAll() {
    const std::string fax =
        "Switch the machine on, press the green button and hold it for five "
        "seconds until the lamp is lit.";
    engine::Article old = Article("vpn", "en", "Connect to the VPN",
                                  "Open the settings and choose the network.");
    old.updated_at = 1000000000;
    Build({old,
           Article("vpn", "nl", "Verbinding maken met de VPN",
                   "Open de instellingen en kies het netwerk."),
           Article("fax", "en", "Reset the telefax", fax),
           Article("fax2", "en", "Reset the telefax", fax + " Done."),
           Article("scan", "en", "Scan a page", "Put the page on the glass."),
           Article("never", "ru", "Никто не ищет", "Совсем никто.")});
  }

  void ServeWithEvents() {
    UseTokens();
    options_.data_dir = data_;
    options_.events.location = data_ + "/events.sqlite";
    options_.events.key_file = data_ + "/events.key";
    options_.events.flush_interval = std::chrono::milliseconds(20);
    options_.events.keep_text = true;
    Serve();
  }

  std::string Find(const std::string& query, const std::string& language,
                   const std::string& session) {
    v1::SearchRequest request = SearchRequest(query);
    request.set_language_code(language);
    request.add_languages(language);
    request.set_session_id(session);
    v1::SearchResponse response;
    const grpc::Status status =
        Search(request, &response, tokens_[server::Role::kPortal]);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.search_id();
  }

  grpc::Status Record(v1::RecordEventRequest::Type type,
                      const std::string& search_id,
                      const std::string& article_id = "",
                      const std::string& session = "") {
    v1::RecordEventRequest request;
    request.set_corpus("helpdesk");
    request.set_type(type);
    request.set_search_id(search_id);
    request.set_article_id(article_id);
    request.set_session_id(session);
    request.set_position(article_id.empty() ? 0 : 1);
    return Record(request);
  }

  grpc::Status Record(const v1::RecordEventRequest& request) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[server::Role::kPortal]);
    v1::RecordEventResponse response;
    return search_->RecordEvent(&context, request, &response);
  }

  grpc::Status Insights(v1::GetInsightsResponse* response,
                        server::Role role = server::Role::kOperator) {
    v1::GetInsightsRequest request;
    request.set_corpus("helpdesk");
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[role]);
    return admin_->GetInsights(&context, request, response);
  }

  // Asks until so many searches and tickets are stored.
  v1::GetInsightsResponse InsightsOf(int64_t searches, int64_t tickets = 0) {
    v1::GetInsightsResponse response;
    for (int i = 0; i < 200; ++i) {
      response.Clear();
      const grpc::Status status = Insights(&response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      if (response.searches() >= searches && response.tickets() >= tickets) {
        break;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(response.searches(), searches);
    return response;
  }

  std::unique_ptr<grpc::ClientReader<v1::WatchFailedSearchesResponse>> Watch(
      grpc::ClientContext* context, server::Role role,
      const std::vector<std::string>& languages = {}) {
    context->AddMetadata("authorization", tokens_[role]);
    v1::WatchFailedSearchesRequest request;
    request.set_corpus("helpdesk");
    request.mutable_languages()->Assign(languages.begin(), languages.end());
    auto reader = search_->WatchFailedSearches(context, request);
    reader->WaitForInitialMetadata();
    return reader;
  }
};

TEST_F(EventsTest, FromSearchesToFigures) {
  BuildAll();
  ServeWithEvents();
  const std::string found = Find("connect VPN", "en", "one");
  EXPECT_TRUE(
      Record(v1::RecordEventRequest::TYPE_CLICK, found, "vpn", "one").ok());
  Find("reset telefax", "en", "two");
  const std::string none = Find("zzzzqqqq", "en", "two");
  EXPECT_TRUE(Record(v1::RecordEventRequest::TYPE_TICKET_SUBMITTED, none).ok());
  const v1::GetInsightsResponse insights = InsightsOf(3, 1);
  EXPECT_EQ(insights.sessions(), 2);
  EXPECT_EQ(insights.tickets(), 1);
  EXPECT_EQ(insights.deflection(0).sessions_per_ticket(), 2);
  ASSERT_EQ(insights.no_results_size(), 1);
  EXPECT_EQ(insights.no_results(0).query(), "zzzzqqqq");
  ASSERT_EQ(insights.latency_size(), 1);
  EXPECT_EQ(insights.latency(0).call(), "Search");
  EXPECT_EQ(insights.latency(0).count(), 3);
  EXPECT_GT(insights.latency(0).p50_ms(), 0);
}

TEST_F(EventsTest, WhatIsMissingAndWhere) {
  BuildAll();
  ServeWithEvents();
  // Dutch customers without a Dutch article: one led to the English one, one
  // asks for what nobody has written; the word telefax is the same in both.
  v1::SearchRequest request = SearchRequest("scan page");
  request.set_language_code("nl");
  v1::SearchResponse response;
  ASSERT_TRUE(Search(request, &response, tokens_[server::Role::kPortal]).ok());
  Find("telefax", "nl", "two");
  Find("zzzzqqqq", "nl", "three");
  const v1::GetInsightsResponse insights = InsightsOf(3);
  std::map<std::string, std::string> gaps;
  for (const auto& gap : insights.content_gaps()) {
    gaps[gap.query()] =
        gap.reason() + " " + gap.exists_in() + " " + gap.article_id();
  }
  EXPECT_EQ(gaps["zzzzqqqq"], "missing_everywhere  ");
  EXPECT_THAT(gaps["telefax"], HasSubstr("missing_in_language en fax"));
}

TEST_F(EventsTest, ArticlesThatDoNotDoTheirWork) {
  BuildAll();
  ServeWithEvents();
  const std::string found = Find("reset telefax", "en", "one");
  Find("connect VPN", "en", "one");
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(
        Record(v1::RecordEventRequest::TYPE_NOT_HELPFUL, found, "fax").ok());
  }
  Record(v1::RecordEventRequest::TYPE_TICKET_SUBMITTED, found);
  const v1::GetInsightsResponse insights = InsightsOf(2, 1);
  std::vector<std::string> problems;
  for (const auto& row : insights.articles()) {
    problems.push_back(row.problem() + " " + row.language_code() + " " +
                       row.article_id() + " " + row.other_article_id());
  }
  EXPECT_THAT(problems,
              ElementsAre("not_helpful en fax ", "stale en vpn ",
                          "near_duplicate en fax fax2", "never_found ru never ",
                          "never_found en scan ", "never_found nl vpn "));
  EXPECT_EQ(insights.articles(1).title(), "Connect to the VPN");
  EXPECT_EQ(insights.articles(1).updated_at().seconds(), 1000000000);
}

TEST_F(EventsTest, UnknownIdsAreNoErrorAndBadEventsAre) {
  BuildAll();
  ServeWithEvents();
  using Request = v1::RecordEventRequest;
  EXPECT_TRUE(Record(Request::TYPE_CLICK, "nobody-knows", "vpn").ok());
  EXPECT_THAT(Record(Request::TYPE_CLICK, "", "vpn").error_message(),
              HasSubstr("search_id"));
  EXPECT_THAT(Record(Request::TYPE_CLICK, "x").error_message(),
              HasSubstr("article_id"));
  EXPECT_THAT(Record(Request::TYPE_UNSPECIFIED, "x").error_message(),
              HasSubstr("type"));
  EXPECT_THAT(Record(Request::TYPE_SOLVED, "x", "", std::string(101, 's'))
                  .error_message(),
              HasSubstr("session_id"));
  Request elsewhere;
  elsewhere.set_corpus("nothing");
  elsewhere.set_type(Request::TYPE_SOLVED);
  elsewhere.set_search_id("x");
  EXPECT_EQ(Record(elsewhere).error_code(), grpc::NOT_FOUND);
}

TEST_F(EventsTest, UseTakesPartInRankingUnlessSwitchedOff) {
  BuildAll();
  options_.events.location = data_ + "/events.sqlite";
  options_.events.key_file = data_ + "/events.key";
  {
    auto store = server::events::EventStore::Open(options_.events.location);
    ASSERT_TRUE(store.ok()) << store.status();
    server::events::Batch batch;
    batch.batch_id = "all";
    server::events::SearchEvent search;
    search.search_id = "list";
    search.corpus = "helpdesk";
    search.at = server::events::SystemTimeMs() - 1000;
    search.shown = {{"fax2", "en", 0}};
    batch.searches = {search};
    server::events::OutcomeEvent helpful;
    helpful.corpus = "helpdesk";
    helpful.at = search.at;
    helpful.type = server::events::OutcomeType::kHelpful;
    helpful.search_id = "list";
    helpful.article_id = "fax2";
    batch.outcomes = {helpful};
    ASSERT_TRUE((*store)->Append(batch).ok());
  }
  const auto use_within = [&](std::chrono::milliseconds time) {
    std::shared_ptr<engine::Library> library;
    auto server = server::Server::Start(
        options_, {registry_, [&] {
                     auto opened = engine::Library::Open(data_, registry_);
                     if (opened.ok()) library = *opened;
                     return opened;
                   }});
    EXPECT_TRUE(server.ok()) << server.status();
    const auto end = std::chrono::steady_clock::now() + time;
    double use = 0;
    while (use == 0 && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      const auto priors = library->priors()->Find("helpdesk");
      if (priors != nullptr) use = priors->Of("fax2", "en");
    }
    return use;
  };
  EXPECT_GT(use_within(std::chrono::seconds(20)), 0);
  options_.rank_by_use = false;
  EXPECT_EQ(use_within(std::chrono::seconds(1)), 0);
}

TEST_F(EventsTest, InsightsAreForOperatorsAndNeedEvents) {
  BuildAll();
  UseTokens();
  options_.data_dir = data_;
  Serve();
  v1::GetInsightsResponse response;
  EXPECT_EQ(Insights(&response, server::Role::kAgent).error_code(),
            grpc::PERMISSION_DENIED);
  EXPECT_EQ(Insights(&response).error_code(), grpc::FAILED_PRECONDITION);
  // Events are taken all the same: a portal need not know.
  EXPECT_TRUE(Record(v1::RecordEventRequest::TYPE_SOLVED, "x").ok());
}

TEST_F(EventsTest, AWatcherHearsWithinASecond) {
  BuildAll();
  ServeWithEvents();
  grpc::ClientContext context;
  grpc::ClientContext other_context;
  auto reader = Watch(&context, server::Role::kAgent);
  auto russian = Watch(&other_context, server::Role::kOperator, {"ru"});
  Find("zzzzqqqq me@example.com", "en", "stuck");
  const auto failed = std::chrono::steady_clock::now();
  Find("qqqqzzzz", "en", "stuck");
  v1::WatchFailedSearchesResponse entry;
  ASSERT_TRUE(reader->Read(&entry));
  EXPECT_LT(std::chrono::steady_clock::now() - failed, std::chrono::seconds(1));
  EXPECT_EQ(entry.session_id(), "stuck");
  EXPECT_THAT(entry.queries(), ElementsAre("zzzzqqqq [email]", "qqqqzzzz"));
  EXPECT_GE(entry.last_failed_at().seconds(),
            entry.first_failed_at().seconds());
  // Stopping ends the streams.
  server_->Stop();
  EXPECT_FALSE(reader->Read(&entry));
  EXPECT_EQ(reader->Finish().error_code(), grpc::UNAVAILABLE);
  EXPECT_FALSE(russian->Read(&entry));
}

TEST_F(EventsTest, WatchersThatGoOrDoNotReadHoldNothing) {
  BuildAll();
  ServeWithEvents();
  {
    grpc::ClientContext context;
    auto gone = Watch(&context, server::Role::kAgent);
    context.TryCancel();
    v1::WatchFailedSearchesResponse entry;
    EXPECT_FALSE(gone->Read(&entry));
  }
  grpc::ClientContext context;
  auto slow = Watch(&context, server::Role::kAgent);
  const std::string filler(150, 'z');
  for (int i = 0; i < 1500; ++i) {
    const std::string session = "s" + std::to_string(i);
    Find("qqqq" + filler, "en", session);
    Find("zzzz" + filler, "en", session);
  }
  server_->Stop();
  context.TryCancel();
}

TEST_F(EventsTest, WhoMayNotWatchIsTold) {
  BuildAll();
  ServeWithEvents();
  const auto refusal = [&](server::Role role, const std::string& corpus) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", tokens_[role]);
    v1::WatchFailedSearchesRequest request;
    request.set_corpus(corpus);
    return search_->WatchFailedSearches(&context, request)->Finish();
  };
  EXPECT_EQ(refusal(server::Role::kPortal, "helpdesk").error_code(),
            grpc::PERMISSION_DENIED);
  EXPECT_EQ(refusal(server::Role::kAgent, "nothing").error_code(),
            grpc::NOT_FOUND);
  EXPECT_EQ(refusal(server::Role::kAgent, "").error_code(),
            grpc::INVALID_ARGUMENT);
}

// The promise of --events-flush-ms.
TEST_F(EventsTest, AKilledServerHasLostAtMostOneInterval) {
  BuildAll();
  Program program(KBSEARCH_SERVER_PROGRAM,
                  {"--data", data_, "--listen", "127.0.0.1:0", "--http", "off",
                   "--events-flush-ms", "200"});
  ASSERT_TRUE(program.ReadUntil("event=serving"));
  const std::string& log = program.read_so_far();
  const std::string mark = "protocol=grpc address=";
  const size_t begin = log.find(mark) + mark.size();
  search_ = v1::SearchService::NewStub(
      grpc::CreateChannel(log.substr(begin, log.find('\n', begin) - begin),
                          grpc::InsecureChannelCredentials()));
  // A full pipe would block the server's log.
  std::thread drain([&] { program.ReadUntil("to the end"); });
  using Clock = std::chrono::steady_clock;
  std::vector<std::pair<std::string, Clock::time_point>> answered;
  const auto end = Clock::now() + std::chrono::seconds(3);
  while (Clock::now() < end) {
    v1::SearchResponse response;
    EXPECT_TRUE(Search(SearchRequest("vpn"), &response).ok());
    answered.emplace_back(response.search_id(), Clock::now());
  }
  const Clock::time_point killed = Clock::now();
  program.Signal(SIGKILL);
  drain.join();
  auto store =
      server::events::EventStore::Open(data_ + "/events.sqlite").value();
  const auto rows =
      store->database().Run("SELECT search_id FROM searches").value();
  std::set<std::string> stored;
  for (const auto& row : rows) stored.insert(server::events::AsText(row[0]));
  EXPECT_THAT(stored, Not(IsEmpty()));
  // An interval, and the time that storing a batch takes on a busy machine.
  Clock::duration oldest_lost{0};
  for (const auto& [id, at] : answered) {
    if (stored.count(id) == 0) oldest_lost = std::max(oldest_lost, killed - at);
  }
  EXPECT_LT(oldest_lost, std::chrono::milliseconds(200 + 800));
}

}  // namespace
}  // namespace kbsearch::testing
