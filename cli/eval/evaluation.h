// Asks a server the queries of a judged set and scores its rankings.
#ifndef KBSEARCH_CLI_EVAL_EVALUATION_H_
#define KBSEARCH_CLI_EVAL_EVALUATION_H_

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "cli/eval/judgements.h"
#include "cli/eval/metrics.h"
#include "cli/eval/run_file.h"

namespace kbsearch::cli {

enum class EvaluationMode : uint8_t {
  kSearch,
  kRelated,  // the queries' texts are ids of articles
};

struct EvaluationOptions {
  EvaluationMode mode = EvaluationMode::kSearch;
  std::string corpus;
  // Documents a query, at most.
  int depth = kDeepCutoff;
  // Calls at the same time.
  int concurrency = 4;
  // Told now and then how many queries are done, one call at a time; may be
  // empty.
  std::function<void(size_t)> progress;
};

struct QueryResult {
  std::vector<RankedDocument> ranking;
  // The server refused the query (INVALID_ARGUMENT); it counts as not found.
  bool refused = false;
  grpc::Status refusal;
};

struct Evaluation {
  // In the order of the queries.
  std::vector<QueryResult> results;
  // Set when a call failed for a reason that has nothing to do with its query;
  // `results` are then incomplete.
  grpc::Status failure;
  // The query that met the failure.
  std::string failed_query_id;
};

// Restricts each query to its language. Calls that an overloaded server
// refuses are tried again a few times.
Evaluation RunQueries(const Connection& connection,
                      const std::vector<JudgedQuery>& queries,
                      const EvaluationOptions& options);

// REQUIRES: as many results as queries.
LanguageScores Score(const std::vector<JudgedQuery>& queries,
                     const std::vector<QueryResult>& results);

}  // namespace kbsearch::cli

#endif  // KBSEARCH_CLI_EVAL_EVALUATION_H_
