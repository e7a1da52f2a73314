// simulated_week SAMPLE_CORPUS SESSIONS [LOCATION]
//
// Customers in five languages search the sample corpus, click, write tickets
// and submit them, through a week of the simulation's clock, over real gRPC
// against two servers in this process, each with a copy of the corpus, that
// share the events' database. LOCATION: that database; "postgresql": one of a
// PostgreSQL server started for it; default: a file in a temporary folder.
// Prints every figure of GetInsights that is not what the simulation counted,
// and exits 1 if there is any.
#include <grpcpp/grpcpp.h>
#include <kbsearch/v1/admin_service.grpc.pb.h>
#include <kbsearch/v1/search_service.grpc.pb.h>
#include <spdlog/spdlog.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/file.h"
#include "cli/eval/ticket_judgements.h"
#include "server/events/mask.h"
#include "server/server.h"
#include "server/token_table.h"
#include "tests/relevance/sample_corpus.h"
#include "tests/simulation/expected_counts.h"
#include "tests/unit/server/events/postgres_server.h"

namespace kbsearch::simulation {
namespace {

namespace fs = std::filesystem;

// Monday, 5 January 2026, 00:00 UTC; sessions begin within a week of it, so
// that some end in the next one.
constexpr int64_t kBegin = 1767571200000;
constexpr int64_t kWeekMs = int64_t{7} * 24 * 3600 * 1000;

// Each with a clock of its own, which its customers live by.
constexpr int kServers = 2;

// Half of the customers are shown more than the server would by itself.
constexpr double kLowConfidence = 0.1;

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

// One server, and calls to it at a time of the simulation.
class Site {
 public:
  Site(const std::string& data, const std::string& location,
       const std::string& key_file,
       std::shared_ptr<const analyzers::Registry> registry)
      : data_(data), registry_(std::move(registry)) {
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
    options_.events.key_file = key_file;
    options_.events.keep_text = true;
    options_.events.retention_days = 0;
    options_.events.now = [this] { return now_.load(); };
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
  v1::SuggestArticlesResponse Suggest(
      const v1::SuggestArticlesRequest& request) {
    return Call<v1::SuggestArticlesResponse>(
        *search_, &v1::SearchService::Stub::SuggestArticles, request, portal_);
  }
  v1::GetInsightsResponse Insights(const v1::GetInsightsRequest& request) {
    return Call<v1::GetInsightsResponse>(
        *admin_, &v1::AdminService::Stub::GetInsights, request, operator_);
  }

  // Ends the server: what it had is stored.
  void Stop() { server_.reset(); }
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

 private:
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
  const std::shared_ptr<const analyzers::Registry> registry_;
  server::Server::Options options_;
  std::atomic<int64_t> now_{kBegin};
  std::string portal_;
  std::string operator_;
  std::unique_ptr<server::Server> server_;
  std::unique_ptr<v1::SearchService::Stub> search_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

class Customers {
 public:
  // Those of the `lane`th server.
  Customers(int lane, Site& site, std::vector<relevance::SampleQuery> queries,
            std::vector<cli::JudgedTicket> tickets)
      : lane_(lane),
        site_(site),
        queries_(std::move(queries)),
        tickets_(std::move(tickets)),
        random_(20260105 + static_cast<uint64_t>(lane)) {}

  // One session, from its first search to its ticket or its end.
  DoneSession Live(int number) {
    session_ = absl::StrCat("session-", lane_, "-", number);
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
    const cli::JudgedTicket& ticket = tickets_[static_cast<size_t>(
        Below(static_cast<int64_t>(tickets_.size())))];
    v1::SuggestArticlesRequest request;
    request.set_corpus(relevance::kCorpusName);
    request.set_language_code(ticket.judged.language);
    request.set_session_id(session_);
    if (Chance(0.5)) request.set_min_confidence(kLowConfidence);
    request.set_subject(ticket.subject);
    DoneSuggestion list;
    for (int drafts = Below(4); drafts >= 0; --drafts) {
      Pass();
      if (drafts == 0) request.set_body(ticket.body);
      request.set_draft(drafts > 0 || Chance(0.5));
      list = Suggest(request, suggestion_id);
      ++done->lists;
    }
    done->suggestions.push_back(list);
    if (list.articles.empty()) return;
    if (Chance(0.4)) {
      const int place = Below(static_cast<int64_t>(list.articles.size()));
      const std::string& id = list.articles[static_cast<size_t>(place)].first;
      Record(v1::RecordEventRequest::TYPE_CLICK, "", *suggestion_id, id,
             place + 1);
      done->clicked_suggestions.insert(id);
    }
    if (Chance(0.2)) {
      Record(v1::RecordEventRequest::TYPE_SOLVED, "", *suggestion_id, "", 0);
      done->solved = true;
    }
  }

  DoneSuggestion Suggest(const v1::SuggestArticlesRequest& request,
                         std::string* suggestion_id) {
    const v1::SuggestArticlesResponse response = site_.Suggest(request);
    *suggestion_id = response.suggestion_id();
    DoneSuggestion done;
    done.subject = server::events::MaskPersonalData(request.subject());
    done.language = response.language_codes_size() == 0
                        ? request.language_code()
                        : response.language_codes(0);
    done.at = now_;
    for (const v1::Suggestion& suggestion : response.suggestions()) {
      done.articles.emplace_back(suggestion.hit().article_id(),
                                 suggestion.hit().language_code());
    }
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

  const int lane_;
  Site& site_;
  const std::vector<relevance::SampleQuery> queries_;
  const std::vector<cli::JudgedTicket> tickets_;
  std::mt19937_64 random_;
  std::string session_;
  int64_t now_ = 0;
};

std::vector<cli::JudgedTicket> ReadTickets(const std::string& path) {
  std::ifstream file(path);
  cli::TicketJudgements read = cli::ReadTickets(file);
  if (read.tickets.empty() || !read.bad_lines.empty()) Die(path);
  // A ticket without a subject is counted by its first line.
  std::erase_if(read.tickets, [](const cli::JudgedTicket& ticket) {
    return ticket.subject.empty();
  });
  return std::move(read.tickets);
}

std::string LocationOf(const std::string& wanted, const std::string& folder) {
  if (wanted.empty()) return folder + "/events.sqlite";
  if (wanted != "postgresql") return wanted;
  auto* const postgres = testing::PostgresServer::Get();
  if (postgres == nullptr) Die("Debian's package postgresql is not installed");
  return postgres->NewDatabase();
}

// Servers, each with the corpus in a folder of its own.
std::vector<std::unique_ptr<Site>> StartSites(const std::string& corpus,
                                              const std::string& folder,
                                              const std::string& location) {
  const std::shared_ptr<const analyzers::Registry> registry =
      OrDie(analyzers::Registry::Load());
  std::vector<std::unique_ptr<Site>> sites;
  std::string first;
  for (int lane = 0; lane < kServers; ++lane) {
    const std::string data = absl::StrCat(folder, "/", lane);
    if (lane == 0) {
      first = data;
      fs::create_directory(data);
      OrDie(relevance::IndexSampleCorpus(corpus + "/content", data));
    } else {
      fs::copy(first, data, fs::copy_options::recursive);
    }
  }
  for (int lane = 0; lane < kServers; ++lane) {
    sites.push_back(std::make_unique<Site>(absl::StrCat(folder, "/", lane),
                                           location, folder + "/events.key",
                                           registry));
  }
  return sites;
}

// All sessions, each server's customers in a thread of their own.
ExpectedCounts LiveAll(const std::string& corpus, int sessions,
                       std::vector<std::unique_ptr<Site>>& sites) {
  const auto queries =
      OrDie(relevance::ReadSampleQueries(corpus + "/judged/queries.jsonl"));
  const auto tickets = ReadTickets(corpus + "/judged/tickets.jsonl");
  std::vector<std::vector<DoneSession>> done(sites.size());
  std::vector<std::thread> threads;
  for (size_t lane = 0; lane < sites.size(); ++lane) {
    threads.emplace_back([&, lane] {
      Customers customers(static_cast<int>(lane), *sites[lane], queries,
                          tickets);
      for (int i = static_cast<int>(lane); i < sessions; i += kServers) {
        done[lane].push_back(customers.Live(i));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ExpectedCounts expected;
  for (const std::vector<DoneSession>& of_lane : done) {
    for (const DoneSession& session : of_lane) {
      if (session.searches.empty() && session.suggestions.empty()) continue;
      expected.Add(session);
    }
  }
  return expected;
}

double SecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
      .count();
}

int Run(const std::string& corpus, int sessions, const std::string& wanted) {
  spdlog::set_level(spdlog::level::warn);
  const TemporaryFolder folder;
  auto sites =
      StartSites(corpus, folder.name(), LocationOf(wanted, folder.name()));
  auto begin = std::chrono::steady_clock::now();
  const ExpectedCounts expected = LiveAll(corpus, sessions, sites);
  for (auto& site : sites) site->Stop();
  std::cout << "lived in " << SecondsSince(begin) << " s\n";
  sites.front()->Start();
  v1::GetInsightsRequest request;
  request.set_corpus(relevance::kCorpusName);
  request.mutable_since()->set_seconds(kBegin / 1000);
  request.mutable_until()->set_seconds((kBegin + 2 * kWeekMs) / 1000);
  begin = std::chrono::steady_clock::now();
  sites.front()->Insights(request);
  std::cout << "insights as a page asks for them in " << SecondsSince(begin)
            << " s\n";
  request.set_max_rows(1000);
  const v1::GetInsightsResponse insights = sites.front()->Insights(request);
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
