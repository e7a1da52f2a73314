#include "cli/eval/evaluation.h"

#include <algorithm>
#include <set>

#include "cli/eval/parallel_calls.h"

namespace kbsearch::cli {
namespace {

constexpr int kPageSize = 100;
constexpr int kMaxRelated = 50;  // the API's

// Adds documents that are not there yet, up to the depth asked for.
class Ranking {
 public:
  Ranking(const JudgedQuery& query, const EvaluationOptions& options,
          std::vector<RankedDocument>* documents)
      : query_(query),
        depth_(static_cast<size_t>(options.depth)),
        documents_(documents) {}

  bool full() const { return documents_->size() >= depth_; }

  void Add(const kbsearch::v1::Hit& hit) {
    std::string document =
        DocumentOfHit(query_, hit.article_id(), hit.language_code());
    if (full() || !seen_.insert(document).second) return;
    documents_->push_back({std::move(document), hit.score()});
  }

 private:
  const JudgedQuery& query_;
  const size_t depth_;
  std::vector<RankedDocument>* const documents_;
  std::set<std::string> seen_;
};

grpc::Status RankRelated(const Connection& connection,
                         const EvaluationOptions& options,
                         const JudgedQuery& query, Ranking* ranking) {
  kbsearch::v1::RelatedArticlesRequest request;
  request.set_corpus(options.corpus);
  request.set_article_id(query.text);
  request.set_language_code(query.language);
  request.set_page_size(std::min(options.depth, kMaxRelated));
  kbsearch::v1::RelatedArticlesResponse response;
  const grpc::Status status = CallWhileOverloaded([&] {
    const auto context = connection.NewContext();
    return connection.search().RelatedArticles(context.get(), request,
                                               &response);
  });
  for (const auto& hit : response.hits()) ranking->Add(hit);
  return status;
}

// Pages on until `depth` different documents are there or the hits end.
grpc::Status RankFound(const Connection& connection,
                       const EvaluationOptions& options,
                       const JudgedQuery& query, Ranking* ranking) {
  kbsearch::v1::SearchRequest request;
  request.set_corpus(options.corpus);
  request.set_query(query.text);
  request.set_language_code(query.language);
  request.add_languages(query.language);
  request.set_page_size(kPageSize);
  while (!ranking->full()) {
    kbsearch::v1::SearchResponse response;
    const grpc::Status status = CallWhileOverloaded([&] {
      const auto context = connection.NewContext();
      return connection.search().Search(context.get(), request, &response);
    });
    if (!status.ok()) return status;
    for (const auto& hit : response.hits()) ranking->Add(hit);
    // A page without hits could never end.
    if (response.next_page_token().empty() || response.hits().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  return grpc::Status::OK;
}

}  // namespace

Evaluation RunQueries(const Connection& connection,
                      const std::vector<JudgedQuery>& queries,
                      const EvaluationOptions& options) {
  Evaluation evaluation;
  evaluation.results.resize(queries.size());
  const CallFailure failure = CallInParallel(
      queries.size(), options.concurrency, options.progress, [&](size_t i) {
        QueryResult& result = evaluation.results[i];
        Ranking ranking(queries[i], options, &result.ranking);
        const auto rank =
            options.mode == EvaluationMode::kRelated ? RankRelated : RankFound;
        const grpc::Status status =
            rank(connection, options, queries[i], &ranking);
        if (status.error_code() != grpc::StatusCode::INVALID_ARGUMENT) {
          return status;
        }
        result.refused = true;
        result.refusal = status;
        result.ranking.clear();
        return grpc::Status::OK;
      });
  if (!failure.status.ok()) {
    evaluation.failure = failure.status;
    evaluation.failed_query_id = queries[failure.index].id;
  }
  return evaluation;
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
