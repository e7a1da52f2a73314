// Rebuilds of a real corpus under load: KBSEARCH_SOAK_SOURCE names its
// articles, KBSEARCH_SOAK_QUERIES a file of queries as `kbsearch eval` reads
// them, KBSEARCH_SOAK_BUILDS how many rebuilds (default 20), and
// KBSEARCH_SOAK_PAUSE how many milliseconds a client waits between two searches
// (default 20). Idle times and rebuilds alternate, so that what else the
// machine does is in both figures. Prints figures; `make soak` runs it when
// these are set.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>

#include "tests/integration/operations_fixture.h"

namespace kbsearch::testing {
namespace {

using Clock = std::chrono::steady_clock;
using server::Role;

constexpr int kClients = 4;
constexpr std::chrono::seconds kIdleTime{5};
constexpr int kUpserts = 2000;
constexpr int kDeletes = 500;

double Milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

// Latencies of one phase, from several threads.
class Latencies {
 public:
  void Add(double milliseconds) {
    const std::lock_guard lock(mutex_);
    all_.push_back(milliseconds);
  }
  void Print(const std::string& phase) {
    std::cout << phase << ": " << Count() << " searches, p50 " << At(0.5)
              << " ms, p99 " << At(0.99) << " ms, most " << At(1) << " ms\n";
  }
  double At(double share) {
    const std::lock_guard lock(mutex_);
    if (all_.empty()) return 0;
    std::sort(all_.begin(), all_.end());
    return all_[static_cast<size_t>(share *
                                    static_cast<double>(all_.size() - 1))];
  }

 private:
  size_t Count() {
    const std::lock_guard lock(mutex_);
    return all_.size();
  }

  std::mutex mutex_;
  std::vector<double> all_;
};

class SoakTest : public OperationsFixture {
 protected:
  struct Query {
    std::string language;
    std::string text;
  };

  static std::vector<Query> ReadQueries(const std::string& path) {
    std::vector<Query> queries;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      const auto parsed = nlohmann::json::parse(line);
      queries.push_back({parsed.at("lang"), parsed.at("text")});
    }
    return queries;
  }

  // One client, until `stop`; every search must succeed.
  void Client(size_t first, const std::vector<Query>& queries,
              const std::atomic<bool>& stop,
              const std::atomic<Latencies*>& phase) {
    const char* const pause = getenv("KBSEARCH_SOAK_PAUSE");
    const std::chrono::milliseconds wait(pause != nullptr ? atoi(pause) : 20);
    for (size_t i = first; !stop; i += kClients) {
      std::this_thread::sleep_for(wait);
      const Query& query = queries[i % queries.size()];
      v1::SearchRequest request = SearchRequest(query.text);
      request.set_language_code(query.language);
      v1::SearchResponse response;
      const Clock::time_point begin = Clock::now();
      const grpc::Status status =
          Search(request, &response, tokens_[Role::kPortal]);
      phase.load()->Add(Milliseconds(Clock::now() - begin));
      ASSERT_TRUE(status.ok()) << status.error_message();
      ASSERT_GT(response.generation(), 0);
    }
  }

  // Puts kUpserts articles, then deletes the first kDeletes of them.
  void Change() {
    for (int i = 0; i < kUpserts; i += 50) {
      std::vector<v1::Article> articles;
      for (int n = i; n < i + 50; ++n) {
        articles.push_back(Article("soak" + std::to_string(n), "en",
                                   "Zyxwvut number " + std::to_string(n)));
      }
      v1::UpsertArticlesResponse response;
      const grpc::Status status = Upsert(articles, &response);
      ASSERT_TRUE(status.ok()) << status.error_message();
    }
    v1::DeleteArticlesRequest request;
    request.set_corpus("helpdesk");
    for (int n = 0; n < kDeletes; ++n) {
      request.add_articles()->set_article_id("soak" + std::to_string(n));
    }
    v1::DeleteArticlesResponse deleted;
    const grpc::Status status =
        Call(&v1::AdminService::Stub::DeleteArticles, request, &deleted);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(deleted.deleted(), kDeletes);
  }
};

TEST_F(SoakTest, RebuildsUnderLoad) {
  const char* const source = getenv("KBSEARCH_SOAK_SOURCE");
  const char* const queries_path = getenv("KBSEARCH_SOAK_QUERIES");
  if (source == nullptr || queries_path == nullptr) {
    GTEST_SKIP() << "KBSEARCH_SOAK_SOURCE and KBSEARCH_SOAK_QUERIES not set";
  }
  const char* const builds = getenv("KBSEARCH_SOAK_BUILDS");
  Indexer({"build", "--source", source});
  options_.reindexing.merge_after = 0;
  StartReal();
  const std::vector<Query> queries = ReadQueries(queries_path);
  ASSERT_FALSE(queries.empty());
  Latencies idle;
  Latencies changing;
  Latencies building;
  std::atomic<Latencies*> phase{&idle};
  std::atomic<bool> stop{false};
  std::vector<std::thread> clients;
  for (size_t i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] { Client(i, queries, stop, phase); });
  }
  std::this_thread::sleep_for(std::chrono::seconds(15));

  phase = &changing;
  v1::UpsertArticlesResponse taken;
  double slowest = 0;
  for (int i = 0; i < 20; ++i) {
    const std::string word = "Qwzx" + std::to_string(i);
    ASSERT_TRUE(Upsert({Article("one", "en", word)}, &taken).ok());
    const Clock::time_point begin = Clock::now();
    ASSERT_TRUE(Eventually([&] { return Ids(word, "en").size() == 1; }));
    slowest = std::max(slowest, Milliseconds(Clock::now() - begin));
  }
  std::cout << "20 articles put: found after at most " << slowest << " ms\n";

  for (int i = 0; i < (builds != nullptr ? atoi(builds) : 20); ++i) {
    phase = &idle;
    std::this_thread::sleep_for(kIdleTime);
    phase = &building;
    const Clock::time_point begin = Clock::now();
    const v1::Reindex started = Start();
    if (i == 0) Change();
    const v1::Reindex ended = End(started);
    ASSERT_EQ(ended.state(), v1::Reindex::STATE_SUCCEEDED) << ended.error();
    std::cout << "rebuild " << i + 1 << ": " << ended.done() << " articles, "
              << Milliseconds(Clock::now() - begin) / 1000 << " s\n";
    if (i > 0) continue;
    EXPECT_TRUE(Eventually([&] { return Corpus().pending_changes() == 0; }));
    v1::SearchRequest request = SearchRequest("zyxwvut");
    request.add_languages("en");
    request.add_facets("kind");  // its counts are exact
    v1::SearchResponse response;
    ASSERT_TRUE(Search(request, &response, tokens_[Role::kPortal]).ok());
    ASSERT_EQ(response.facets_size(), 1);
    EXPECT_TRUE(response.facets(0).exact());
    int64_t there = 0;
    for (const auto& kind : response.facets(0).values()) there += kind.count();
    EXPECT_EQ(there, kUpserts - kDeletes);
  }
  stop = true;
  for (std::thread& client : clients) client.join();
  idle.Print("idle");
  changing.Print("changes");
  building.Print("rebuilding");
  std::cout << "p99 rebuilding / idle: " << building.At(0.99) / idle.At(0.99)
            << "\n";
  server_.reset();
  Indexer({"verify"});
}

}  // namespace
}  // namespace kbsearch::testing
