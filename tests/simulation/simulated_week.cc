// simulated_week SAMPLE_CORPUS SESSIONS [LOCATION]
//
// Customers in five languages search the sample corpus, click, write tickets
// and submit them, through a week of the simulation's clock, against a server
// in this process over real gRPC. LOCATION: the events' database; default: a
// file in a temporary folder. Prints every figure of GetInsights that is not
// what the simulation counted, and exits 1 if there is any.
#include <grpcpp/grpcpp.h>
#include <kbsearch/v1/admin_service.grpc.pb.h>
#include <kbsearch/v1/search_service.grpc.pb.h>
#include <spdlog/spdlog.h>
#include <stdlib.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "server/server.h"
#include "server/token_table.h"
#include "tests/relevance/sample_corpus.h"
#include "tests/simulation/expected_counts.h"

namespace kbsearch::simulation {
namespace {

namespace fs = std::filesystem;

// Monday, 5 January 2026, 00:00 UTC; sessions begin within a week of it, so
// that some end in the next one.
constexpr int64_t kBegin = 1767571200000;
constexpr int64_t kWeekMs = int64_t{7} * 24 * 3600 * 1000;

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "simulated_week: %s\n", why.c_str());
  std::exit(2);
}

template <class T>
T OrDie(absl::StatusOr<T> value) {
  if (!value.ok()) Die(std::string(value.status().message()));
  return *std::move(value);
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    if (mkdtemp(name_.data()) == nullptr) Die("no temporary folder");
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(name_, ignored);
  }
  const std::string& name() const { return name_; }

 private:
  std::string name_ = "/tmp/kbsearch-simulation-XXXXXX";
};

// The server, and calls to it at a time of the simulation.
class Site {
 public:
  Site(const std::string& data, const std::string& location) : data_(data) {
    options_.listen = "127.0.0.1:0";
    options_.data_dir = data;
    // Whatever else the machine does.
    options_.max_request_time = std::chrono::minutes(10);
    options_.token_file = data + "/tokens.yaml";
    std::string file;
    for (const server::Role role :
         {server::Role::kPortal, server::Role::kOperator}) {
      const auto made =
          OrDie(server::MakeToken(std::string(server::RoleName(role)), role));
      (role == server::Role::kPortal ? portal_ : operator_) =
          "Bearer " + made.token;
      file += made.yaml_entry;
    }
    if (!WriteFileAtomically(options_.token_file, file).ok()) Die("no tokens");
    options_.events.location = location;
    options_.events.key_file = data + "/events.key";
    options_.events.keep_text = true;
    options_.events.retention_days = 0;
    options_.events.now = [this] { return now_.load(); };
    registry_ = OrDie(analyzers::Registry::Load());
    // Suggestions are recorded as a second server that shares the database
    // would record them.
    other_server_ = OrDie(server::events::EventRecorder::Start(
        options_.events, registry_, metrics_));
    Start();
  }

  const analyzers::Registry& registry() const { return *registry_; }
  void SetTime(int64_t at) { now_ = at; }

  v1::SearchResponse Search(const v1::SearchRequest& request) {
    return Call<v1::SearchResponse>(*search_, &v1::SearchService::Stub::Search,
                                    request, portal_);
  }
  void Record(const v1::RecordEventRequest& request) {
    Call<v1::RecordEventResponse>(
        *search_, &v1::SearchService::Stub::RecordEvent, request, portal_);
  }
  void Suggest(const v1::SuggestArticlesRequest& request,
               const v1::SuggestArticlesResponse& response) {
    other_server_->Observe({}, request, response);
  }
  v1::GetInsightsResponse Insights(const v1::GetInsightsRequest& request) {
    return Call<v1::GetInsightsResponse>(
        *admin_, &v1::AdminService::Stub::GetInsights, request, operator_);
  }

  // Ends and starts the servers: what they had is stored.
  void Restart() {
    other_server_.reset();
    server_.reset();
    Start();
  }

 private:
  void Start() {
    server_ = OrDie(server::Server::Start(
        options_, {registry_, [this] {
                     return engine::Library::Open(data_, registry_);
                   }}));
    const auto channel =
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", server_->grpc_port()),
                            grpc::InsecureChannelCredentials());
    search_ = v1::SearchService::NewStub(channel);
    admin_ = v1::AdminService::NewStub(channel);
  }

  template <class Response, class Stub, class Method, class Request>
  Response Call(Stub& stub, Method method, const Request& request,
                const std::string& token) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", token);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) Die(status.error_message());
    return response;
  }

  const std::string data_;
  server::Server::Options options_;
  std::atomic<int64_t> now_{kBegin};
  std::string portal_;
  std::string operator_;
  std::shared_ptr<const analyzers::Registry> registry_;
  prometheus::Registry metrics_;
  std::unique_ptr<server::Server> server_;
  std::unique_ptr<server::events::EventRecorder> other_server_;
  std::unique_ptr<v1::SearchService::Stub> search_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

class Customers {
 public:
  Customers(Site& site, std::vector<relevance::SampleQuery> queries)
      : site_(site), queries_(std::move(queries)) {}

  // One session, from its first search to its ticket or its end.
  DoneSession Live(int number) {
    session_ = absl::StrCat("session-", number);
    now_ = kBegin + Below(kWeekMs);
    DoneSession done;
    const bool searches = Chance(0.75);
    std::string last_search;
    if (searches) {
      for (int i = 1 + Below(3); i > 0; --i) {
        done.searches.push_back(Search(&last_search));
      }
    }
    std::string last_suggestion;
    if (!searches || Chance(0.4)) WriteTicket(&done, &last_suggestion);
    if (Chance(0.3)) {
      Record(v1::RecordEventRequest::TYPE_TICKET_SUBMITTED, last_search,
             last_suggestion, "", 0);
      done.submitted = true;
      done.submitted_at = now_;
    }
    return done;
  }

 private:
  int Below(int64_t limit) {
    return static_cast<int>(
        std::uniform_int_distribution<int64_t>(0, limit - 1)(random_));
  }
  bool Chance(double share) {
    return std::bernoulli_distribution(share)(random_);
  }

  void Pass() {
    now_ += 1000 + Below(60000);
    site_.SetTime(now_);
  }

  DoneSearch Search(std::string* search_id) {
    Pass();
    const auto& sample = queries_[static_cast<size_t>(
        Below(static_cast<int64_t>(queries_.size())))];
    v1::SearchRequest request;
    request.set_corpus(relevance::kCorpusName);
    request.set_query(Chance(0.1) ? absl::StrCat("qzxv", Below(20), "wqk")
                                  : sample.judged.text);
    request.set_language_code(sample.judged.language);
    request.set_session_id(session_);
    request.set_verbatim(Chance(0.1));
    const v1::SearchResponse response = site_.Search(request);
    *search_id = response.search_id();
    DoneSearch done;
    done.query = request.query();
    done.language = server::events::QueryLanguage(
        site_.registry().identifier(), done.query, request.language_code(),
        response.interpretation().language_code());
    done.at = now_;
    done.has_results = response.hits_size() > 0;
    for (const auto& rewrite : response.interpretation().rewrites()) {
      done.rescued = done.rescued || rewrite.applied();
    }
    if (done.has_results && Chance(0.6)) {
      const int place = Below(response.hits_size());
      Record(v1::RecordEventRequest::TYPE_CLICK, *search_id, "",
             response.hits(place).article_id(), place + 1);
      done.clicked_positions.push_back(place + 1);
    }
    return done;
  }

  // Suggestions while writing and at the end, and what the customer does then.
  void WriteTicket(DoneSession* done, std::string* suggestion_id) {
    const auto& sample = queries_[static_cast<size_t>(
        Below(static_cast<int64_t>(queries_.size())))];
    DoneSuggestion list;
    for (int drafts = Below(4); drafts >= 0; --drafts) {
      Pass();
      list = Suggest(sample, drafts > 0 || Chance(0.5), suggestion_id);
    }
    done->suggestions.push_back(list);
    if (list.article_ids.empty()) return;
    if (Chance(0.4)) {
      const int place = Below(static_cast<int64_t>(list.article_ids.size()));
      const std::string& id = list.article_ids[static_cast<size_t>(place)];
      Record(v1::RecordEventRequest::TYPE_CLICK, "", *suggestion_id, id,
             place + 1);
      done->clicked_suggestions.insert(id);
    }
    if (Chance(0.2)) {
      Record(v1::RecordEventRequest::TYPE_SOLVED, "", *suggestion_id, "", 0);
      done->solved = true;
    }
  }

  DoneSuggestion Suggest(const relevance::SampleQuery& sample, bool draft,
                         std::string* suggestion_id) {
    v1::SuggestArticlesRequest request;
    request.set_corpus(relevance::kCorpusName);
    request.set_subject(sample.judged.text);
    request.set_session_id(session_);
    request.set_draft(draft);
    v1::SuggestArticlesResponse response;
    *suggestion_id = absl::StrCat("suggestion-", ++suggestions_);
    response.set_suggestion_id(*suggestion_id);
    response.add_language_codes(sample.judged.language);
    DoneSuggestion done{sample.judged.text, sample.judged.language, now_, {}};
    const int first = Below(40);
    for (int i = Below(4); i > 0; --i) {
      auto* suggestion = response.add_suggestions();
      done.article_ids.push_back(absl::StrCat("article-", first + i));
      suggestion->mutable_hit()->set_article_id(done.article_ids.back());
      // One version of each article, so that its figures are one row.
      suggestion->mutable_hit()->set_language_code("en");
      suggestion->set_confidence(0.5);
    }
    site_.Suggest(request, response);
    return done;
  }

  void Record(v1::RecordEventRequest::Type type, const std::string& search_id,
              const std::string& suggestion_id, const std::string& article_id,
              int position) {
    Pass();
    v1::RecordEventRequest request;
    request.set_corpus(relevance::kCorpusName);
    request.set_type(type);
    request.set_search_id(search_id);
    request.set_suggestion_id(suggestion_id);
    request.set_article_id(article_id);
    request.set_position(position);
    // Portals may leave it out; the list tells.
    if (Chance(0.5)) request.set_session_id(session_);
    site_.Record(request);
  }

  Site& site_;
  const std::vector<relevance::SampleQuery> queries_;
  std::mt19937_64 random_{20260105};
  std::string session_;
  int64_t now_ = 0;
  int suggestions_ = 0;
};

int Run(const std::string& corpus, int sessions, std::string location) {
  spdlog::set_level(spdlog::level::warn);
  const TemporaryFolder data;
  OrDie(relevance::IndexSampleCorpus(corpus + "/content", data.name()));
  if (location.empty()) location = data.name() + "/events.sqlite";
  Site site(data.name(), location);
  Customers customers(
      site,
      OrDie(relevance::ReadSampleQueries(corpus + "/judged/queries.jsonl")));
  ExpectedCounts expected;
  for (int i = 0; i < sessions; ++i) {
    const DoneSession done = customers.Live(i);
    if (!done.searches.empty() || !done.suggestions.empty()) expected.Add(done);
  }
  site.Restart();
  v1::GetInsightsRequest request;
  request.set_corpus(relevance::kCorpusName);
  request.mutable_since()->set_seconds(kBegin / 1000);
  request.mutable_until()->set_seconds((kBegin + 2 * kWeekMs) / 1000);
  request.set_max_rows(1000);
  const v1::GetInsightsResponse insights = site.Insights(request);
  const std::vector<std::string> differences = expected.Compare(insights);
  for (const std::string& line : differences) std::cout << line << "\n";
  std::cout << sessions << " sessions, " << insights.searches() << " searches, "
            << insights.tickets() << " tickets: " << differences.size()
            << " figures differ\n";
  return differences.empty() ? 0 : 1;
}

}  // namespace
}  // namespace kbsearch::simulation

int main(int argc, char** argv) {
  int sessions = 0;
  if (argc < 3 || argc > 4 || !absl::SimpleAtoi(argv[2], &sessions) ||
      sessions < 1) {
    std::fprintf(stderr,
                 "usage: simulated_week SAMPLE_CORPUS SESSIONS [LOCATION]\n");
    return 2;
  }
  return kbsearch::simulation::Run(argv[1], sessions, argc > 3 ? argv[3] : "");
}
