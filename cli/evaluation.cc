#include "cli/evaluation.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>

namespace kbsearch::cli {
namespace {

constexpr int kPageSize = 100;
constexpr int kMaxTries = 8;
constexpr std::chrono::milliseconds kFirstPause{25};

grpc::Status SearchPage(const Connection& connection,
                        const kbsearch::v1::SearchRequest& request,
                        kbsearch::v1::SearchResponse* response) {
  std::chrono::milliseconds pause = kFirstPause;
  for (int attempt = 1;; ++attempt) {
    const auto context = connection.NewContext();
    const grpc::Status status =
        connection.search().Search(context.get(), request, response);
    if (status.error_code() != grpc::StatusCode::RESOURCE_EXHAUSTED ||
        attempt == kMaxTries) {
      return status;
    }
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

// Pages on until `depth` different documents are there or the hits end.
grpc::Status RankDocuments(const Connection& connection,
                           const EvaluationOptions& options,
                           const JudgedQuery& query,
                           std::vector<RankedDocument>* ranking) {
  kbsearch::v1::SearchRequest request;
  request.set_corpus(options.corpus);
  request.set_query(query.text);
  request.set_language_code(query.language);
  request.add_languages(query.language);
  request.set_page_size(kPageSize);
  std::set<std::string> seen;
  const auto depth = static_cast<size_t>(options.depth);
  while (ranking->size() < depth) {
    kbsearch::v1::SearchResponse response;
    const grpc::Status status = SearchPage(connection, request, &response);
    if (!status.ok()) return status;
    for (const auto& hit : response.hits()) {
      std::string document =
          DocumentOfHit(query, hit.article_id(), hit.language_code());
      if (ranking->size() == depth || !seen.insert(document).second) continue;
      ranking->push_back({std::move(document), hit.score()});
    }
    // A page without hits could never end.
    if (response.next_page_token().empty() || response.hits().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  return grpc::Status::OK;
}

// Hands out queries to the threads and keeps the first failure.
class Run {
 public:
  Run(const Connection& connection, const std::vector<JudgedQuery>& queries,
      const EvaluationOptions& options)
      : connection_(connection), queries_(queries), options_(options) {
    evaluation_.results.resize(queries.size());
  }

  void Work() {
    for (size_t i = next_++; i < queries_.size() && !stop_; i = next_++) {
      QueryResult& result = evaluation_.results[i];
      const grpc::Status status =
          RankDocuments(connection_, options_, queries_[i], &result.ranking);
      if (status.error_code() == grpc::StatusCode::INVALID_ARGUMENT) {
        result.refused = true;
        result.refusal = status;
        result.ranking.clear();
      } else if (!status.ok()) {
        Fail(queries_[i].id, status);
      }
      ReportDone();
    }
  }

  Evaluation Take() { return std::move(evaluation_); }

 private:
  void Fail(const std::string& query_id, const grpc::Status& status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
    if (!evaluation_.failure.ok()) return;
    evaluation_.failure = status;
    evaluation_.failed_query_id = query_id;
  }

  void ReportDone() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++done_;
    if (options_.progress) options_.progress(done_);
  }

  const Connection& connection_;
  const std::vector<JudgedQuery>& queries_;
  const EvaluationOptions& options_;
  std::atomic<size_t> next_ = 0;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;
  size_t done_ = 0;        // guarded by mutex_
  Evaluation evaluation_;  // failure guarded by mutex_; results by index
};

}  // namespace

Evaluation RunQueries(const Connection& connection,
                      const std::vector<JudgedQuery>& queries,
                      const EvaluationOptions& options) {
  Run run(connection, queries, options);
  std::vector<std::thread> threads;
  for (int i = 0; i < options.concurrency; ++i) {
    threads.emplace_back([&run] { run.Work(); });
  }
  for (std::thread& thread : threads) thread.join();
  return run.Take();
}

LanguageScores Score(const std::vector<JudgedQuery>& queries,
                     const std::vector<QueryResult>& results) {
  LanguageScores scores;
  for (size_t i = 0; i < queries.size(); ++i) {
    std::vector<std::string> documents;
    for (const RankedDocument& ranked : results[i].ranking) {
      documents.push_back(ranked.document);
    }
    scores.Add(queries[i].language,
               ScoreRanking(documents, queries[i].relevant));
  }
  return scores;
}

}  // namespace kbsearch::cli
